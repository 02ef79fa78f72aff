package io.jenkins.plugins.approvalgate.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Divides the text of a {@link Condition} into words. */
final class ConditionWords {

    private static final Pattern WORD = Pattern.compile("(?<number>" + Numbers.FORM + ")(?![A-Za-z0-9_.\"])"
            + "|(?<name>[A-Za-z_][A-Za-z0-9_.-]*+)"
            + "|\"(?<quoted>[^\"\\\\]*+(?:\\\\[\"\\\\][^\"\\\\]*+)*+)\""
            + "|(?<operator><=|>=|==|!=|<|>)"
            + "|(?<sign>&&|\\|\\||[!()])");

    private static final Pattern STRANGE = Pattern.compile("[\\w.+-]++|.", Pattern.DOTALL);

    private ConditionWords() {}

    enum Kind {
        NUMBER,
        NAME,
        OPERATOR,
        SIGN,
        /** What is no word of a condition. */
        STRANGE,
        END
    }

    /**
     * @param text of a quoted name without the quotes
     * @param column where it begins, counted from 1 in characters as one sees them
     */
    record Word(Kind kind, String text, int column) {

        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        /** To end a sentence that begins with what was expected. */
        String found() {
            return kind == Kind.END ? "the end" : "\"" + Shown.text(text, 20) + "\"";
        }
    }

    /** The words, up to the first that is none; the last one is an end or a strange one. */
    static List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        int at = afterSpace(text, 0);
        while (at < text.length()) {
            int column = text.codePointCount(0, at) + 1;
            if (!matcher.region(at, text.length()).lookingAt()) {
                words.add(strange(text, at, column));
                return words;
            }
            words.add(word(matcher, column));
            at = afterSpace(text, matcher.end());
        }
        words.add(new Word(Kind.END, "", text.codePointCount(0, text.length()) + 1));
        return words;
    }

    private static int afterSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static Word strange(String text, int at, int column) {
        Matcher matcher = STRANGE.matcher(text).region(at, text.length());
        return new Word(Kind.STRANGE, matcher.lookingAt() ? matcher.group() : "", column);
    }

    private static Word word(Matcher matcher, int column) {
        if (matcher.group("number") != null) {
            return new Word(Kind.NUMBER, matcher.group("number"), column);
        }
        if (matcher.group("name") != null) {
            return new Word(Kind.NAME, matcher.group("name"), column);
        }
        if (matcher.group("quoted") != null) {
            return new Word(Kind.NAME, matcher.group("quoted").replaceAll("\\\\(.)", "$1"), column);
        }
        return matcher.group("operator") != null
                ? new Word(Kind.OPERATOR, matcher.group("operator"), column)
                : new Word(Kind.SIGN, matcher.group("sign"), column);
    }
}
