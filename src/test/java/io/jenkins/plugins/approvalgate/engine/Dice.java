package io.jenkins.plugins.approvalgate.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Throws what {@link Fuzz} makes inputs of: choices, odd characters and numbers, and sound texts with something done to them. */
public final class Dice {

    /** So that one input stays cheap; a bound that readers have lies below. */
    private static final int LONGEST = 20_000;
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** What readers trip over: ends of all kinds, halves of characters, other scripts' digits, letters that change their case. */
    private static final List<String> ODD = List.of(
            "\0", "\n", "\r\n", "\r", "\t", "\u0085", "\u2028", "\uFEFF", "\u200B", "\u202E", "\uD800", "\uDC00", "\uD83D\uDE00",
            "\u0130", "\u212A", "ß", "ﬁ", "e\u0301", "１", "٣", "\u00A0", "\u001B[31m", "\uFFFF", "\uDBFF\uDFFF", " ", "\"", "'",
            "\\", "\\u", "/", "..", "%00", "%2e", "%", "+", "=", "-", "<b>", "${", "}", "$${", "{", "[", "]", "(", ")", "*", "**",
            "?", "&", "&&", "||", ";", ":", ",", "#", "|", "!", "@", "~", "`", "^", "null", "true", "NaN", "Infinity", "__proto__");

    private static final List<String> NUMBERS = List.of(
            "0", "-0", "-1", "1", "00", "07", "60", "99", "2147483647", "2147483648", "-2147483649", "4294967296",
            "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e5", "1e400", "-1e400",
            "1e-400", "1e999999999", "1e2147483648", "1" + "0".repeat(400), "0.1", ".5", "5.", "0x10", "1_000", "99999999999999999999999999999999");

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** From 0 to below {@code bound}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean oneIn(int times) {
        return below(times) == 0;
    }

    @SafeVarargs
    public final <T> T of(T... choices) {
        return choices[below(choices.length)];
    }

    public <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    public String odd() {
        return of(ODD);
    }

    /** A number that fits nowhere, or just so. */
    public String number() {
        return oneIn(2) ? of(NUMBERS) : Integer.toString(below(1_000));
    }

    /** Letters, digits and what is odd, at most so many of them. */
    public String text(int most) {
        return IntStream.range(0, below(most + 1))
                .mapToObj(i -> oneIn(5) ? odd() : String.valueOf((char) ('a' + below(26))))
                .collect(Collectors.joining());
    }

    /** So many of {@code words}, or less, one after the other. */
    public String row(int most, List<String> words) {
        return IntStream.range(0, below(most + 1))
                .mapToObj(i -> oneIn(20) ? odd() : of(words))
                .collect(Collectors.joining());
    }

    /**
     * One of {@code sound}, changed once or several times.
     *
     * @param words of the language, put in here and there
     */
    public String mutated(List<String> sound, List<String> words) {
        String text = of(sound);
        do {
            text = changed(text, sound, words);
        } while (oneIn(2));
        return text.substring(0, Math.min(text.length(), LONGEST));
    }

    private String changed(String text, List<String> sound, List<String> words) {
        int from = below(text.length() + 1);
        int to = from + below(Math.min(text.length() - from, 30) + 1);
        String before = text.substring(0, from);
        String slice = text.substring(from, to);
        String after = text.substring(to);
        return switch (below(11)) {
            case 0 -> before + after;
            case 1 -> before + slice + of(words) + after;
            case 2 -> before + odd() + after;
            case 3 -> before + odd() + slice + after;
            case 4 -> before + slice.repeat(repeats(slice.length())) + after;
            case 5 -> after + slice + before;
            case 6 -> before;
            case 7 -> NUMBER.matcher(text).replaceAll(this::perhapsAnother);
            case 8 -> before + slice.toUpperCase(Locale.ROOT) + after;
            case 9 -> before + new StringBuilder(slice).reverse() + after;
            default -> {
                String other = of(sound);
                yield before + other.substring(below(other.length() + 1));
            }
        };
    }

    /** Few, and seldom as many as it takes for what is slow to show. */
    private int repeats(int length) {
        return oneIn(20) ? LONGEST / Math.max(1, length) : below(8);
    }

    private String perhapsAnother(MatchResult number) {
        return oneIn(2) ? number.group() : number();
    }

    /** {@code sound} with bits, bytes or whole stretches that are others. */
    public byte[] mutated(byte[] sound) {
        byte[] bytes = sound.clone();
        do {
            bytes = changed(bytes);
        } while (oneIn(2));
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return odd().getBytes(StandardCharsets.UTF_8);
        }
        int from = below(bytes.length);
        int to = from + below(Math.min(bytes.length - from, 200) + 1);
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(bytes, 0, from);
        switch (below(6)) {
            case 0 -> changed.write(bytes[from] ^ 1 << below(8));
            case 1 -> changed.write(below(256));
            case 2 -> changed.writeBytes((oneIn(2) ? odd() : number()).getBytes(StandardCharsets.UTF_8));
            case 3 -> {
                changed.write(bytes, from, to - from);
                changed.write(bytes, from, to - from);
            }
            case 4 -> {
                return Arrays.copyOf(bytes, from);
            }
            default -> changed.write('\n');
        }
        int rest = Math.min(bytes.length, oneIn(2) ? to : from + 1);
        changed.write(bytes, rest, bytes.length - rest);
        return changed.toByteArray();
    }
}
