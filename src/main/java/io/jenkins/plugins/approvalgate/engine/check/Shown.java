package io.jenkins.plugins.approvalgate.engine.check;

import java.util.Collection;
import java.util.stream.Collectors;

/** Texts of others inside our sentences: on one line, not too long, and with nothing that a reader cannot see. */
final class Shown {

    private static final int LONGEST = 80;
    private static final int MOST = 10;

    private Shown() {}

    /** At most 80 characters of {@code text}. */
    static String text(String text) {
        return text(text, LONGEST);
    }

    /** At most {@code longest} characters of {@code text}; those that cannot be seen as {@code <U+200B>}. */
    static String text(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(longest).forEach(point -> append(shown, point));
        return text.codePointCount(0, text.length()) > longest ? shown + "…" : shown.toString();
    }

    private static void append(StringBuilder shown, int point) {
        switch (Character.getType(point)) {
            // A lone surrogate cannot be written as UTF-8; formats turn the direction of what follows, or hide.
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> shown.append(String.format("<U+%04X>", point));
            default -> shown.appendCodePoint(point);
        }
    }

    /** {@code main, release/*}; of many the first ten, and how many there are besides. */
    static String list(Collection<?> items) {
        return phrases(items.stream().map(item -> text(item.toString())).toList());
    }

    /** The same of phrases that are fit to be shown. */
    static String phrases(Collection<String> phrases) {
        return first(phrases, ", ", " and ", " more");
    }

    /** The same of whole sentences. */
    static String sentences(Collection<String> sentences) {
        return first(sentences, " ", " There are ", " more.");
    }

    private static String first(Collection<String> items, String between, String before, String after) {
        String first = items.stream().limit(MOST).collect(Collectors.joining(between));
        return items.size() > MOST ? first + before + (items.size() - MOST) + after : first;
    }

    /** With a capital, as a sentence begins. */
    static String sentence(String words) {
        int first = words.codePointAt(0);
        return Character.toString(Character.toUpperCase(first)) + words.substring(Character.charCount(first));
    }
}
