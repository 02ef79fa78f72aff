package io.jenkins.plugins.approvalgate.engine.audit;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text's words, as they are searched for: without regard to case, nor to how a letter is put together (Unicode's NFKC).
 * What stands between letters and digits parts words.
 */
public final class Words {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");
    /** What a longer word is cut to, in UTF-16 units; so are those that are searched for. */
    public static final int LONGEST = 60;
    private static final int MOST = 1_000;

    private Words() {}

    /** The words, each once, in their order; of an endless text the first. */
    public static Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        Matcher word = WORD.matcher(folded(text));
        while (words.size() < MOST && word.find()) {
            words.add(cut(word.group(), LONGEST));
        }
        return words;
    }

    /** A text in which those that differ in case alone are the same. */
    public static String folded(String text) {
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }

    /** At most {@code length} UTF-16 units, with no character halved. */
    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    /** The first text, by code, that comes after all that begin with {@code prefix}. */
    public static String after(String prefix) {
        int last = prefix.codePointBefore(prefix.length());
        return prefix.substring(0, prefix.length() - Character.charCount(last)) + Character.toString(last + 1);
    }
}
