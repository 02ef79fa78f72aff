package io.jenkins.plugins.approvalgate.preview.migrate;

/** What others wrote, for a sentence of ours. */
final class Words {

    private static final int LONGEST = 80;

    private Words() {}

    /** One short line without what a terminal would take for a command. */
    static String shown(String text) {
        StringBuilder line = new StringBuilder();
        text.strip()
                .codePoints()
                .limit(LONGEST + 1L)
                .map(point -> isPlain(point) ? point : ' ')
                .forEach(line::appendCodePoint);
        return line.codePointCount(0, line.length()) > LONGEST
                ? line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…"
                : line.toString();
    }

    /** In quotes. */
    static String quoted(String text) {
        return "\"" + shown(text) + "\"";
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
