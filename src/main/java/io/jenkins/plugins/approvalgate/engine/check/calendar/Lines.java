package io.jenkins.plugins.approvalgate.engine.check.calendar;

/** Makes texts of others fit for one line of ours. */
final class Lines {

    private static final int LONGEST = 100;

    private Lines() {}

    /** On one line, without what cannot be seen or turns the direction of what follows, and not too long. */
    static String one(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().map(point -> Character.isWhitespace(point) ? ' ' : point).filter(Lines::seen).forEach(line::appendCodePoint);
        String whole = line.toString().strip().replaceAll(" {2,}", " ");
        return whole.codePointCount(0, whole.length()) <= LONGEST
                ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, LONGEST - 1)).strip() + "…";
    }

    private static boolean seen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
