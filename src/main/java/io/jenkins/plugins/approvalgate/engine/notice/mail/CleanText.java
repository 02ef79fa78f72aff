package io.jenkins.plugins.approvalgate.engine.notice.mail;

import java.util.List;
import java.util.regex.Pattern;

/** Takes from texts of others what could make a mail say something else than it does. */
final class CleanText {

    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_TEXT = 4_000;
    private static final int MOST_LINES = 100;
    private static final Pattern LINE_ENDS = Pattern.compile("\\R");
    /** Controls, and what turns the direction of writing or cannot be seen. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private CleanText() {}

    /** In one line, fit for a header. */
    static String line(String text) {
        return shorten(SPACES.matcher(UNSEEN.matcher(text).replaceAll(" ")).replaceAll(" ").strip(), LONGEST_LINE);
    }

    /** Line by line; what is longer than a mail should be is cut, and shows that it is. */
    static List<String> lines(String text) {
        List<String> lines = LINE_ENDS.splitAsStream(shorten(text.strip(), LONGEST_TEXT))
                .limit(MOST_LINES)
                .map(line -> UNSEEN.matcher(line).replaceAll(" ").stripTrailing())
                .toList();
        return lines.equals(List.of("")) ? List.of() : lines;
    }

    private static String shorten(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }
}
