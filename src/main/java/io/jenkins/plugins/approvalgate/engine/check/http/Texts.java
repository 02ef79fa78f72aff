package io.jenkins.plugins.approvalgate.engine.check.http;

import java.util.Collection;
import java.util.stream.Collectors;

/** Makes what others sent fit to be shown and recorded. */
final class Texts {

    private static final int REPLACEMENT = 0xFFFD;
    private static final String MORE = "…";
    private static final int MOST = 10;

    private Texts() {}

    /** On one line: without control, format and half characters, and without spaces around it. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(c -> Character.isWhitespace(c) ? ' ' : c).filter(c -> !odd(c)).forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    /** Its lines and tabs kept; every other control, format and half character replaced by U+FFFD. */
    static String lines(String text) {
        StringBuilder lines = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .codePoints()
                .map(c -> c != '\n' && c != '\t' && odd(c) ? REPLACEMENT : c)
                .forEach(lines::appendCodePoint);
        return lines.toString();
    }

    // Format characters can turn the direction of the text after them around, so that a page shows what nobody sent.
    private static boolean odd(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** At most {@code most} characters of {@code text}, whole ones, the last of them an ellipsis where something was cut. */
    static String atMost(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - MORE.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + MORE;
    }

    /** The first ten of {@code items}, and how many there are besides. */
    static String first(Collection<String> items, String between) {
        String first = items.stream().limit(MOST).collect(Collectors.joining(between));
        return items.size() > MOST ? first + " and " + (items.size() - MOST) + " more" : first;
    }
}
