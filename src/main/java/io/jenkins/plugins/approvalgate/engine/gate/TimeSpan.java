package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as administrators write them: a whole number and a unit ({@code 90m}, {@code 4h}, {@code 7d}), or ISO-8601
 * ({@code PT1H30M}). Units: {@code s}, {@code m}inutes, {@code h}, {@code d}ays of 24 hours, {@code w}eeks.
 */
public final class TimeSpan {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*([a-zA-Z]+)");

    /** Ten years: far above what anybody waits for, far below what overflows. */
    private static final Duration LONGEST = Duration.ofDays(3_653);

    private TimeSpan() {}

    /**
     * Reads a time span.
     *
     * @throws IllegalArgumentException if {@code text} is none, is not longer than nothing or is above ten years; the
     *     message says which
     */
    public static Duration parse(String text) {
        String trimmed = text.strip();
        Duration span = trimmed.toUpperCase(Locale.ROOT).startsWith("P") ? iso(trimmed) : shortForm(trimmed);
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException("\"" + text + "\" is not longer than nothing");
        }
        if (span.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is longer than ten years");
        }
        return span;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException notIso) {
            throw unreadable(text);
        }
    }

    private static Duration shortForm(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            throw unreadable(text);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            case "w" -> Duration.ofDays(Math.multiplyExact(7, amount));
            default -> throw new IllegalArgumentException(
                    "\"" + matcher.group(2) + "\" is not a unit of time: use s, m, h, d or w, as in 90m, 4h, 7d");
        };
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a time span: write 90m, 4h, 7d, or ISO-8601 as in PT1H30M");
    }

    /** The shortest way to write {@code span}, read back by {@link #parse} as the same duration. */
    public static String format(Duration span) {
        long seconds = span.toSeconds();
        if (span.toNanosPart() != 0 || seconds <= 0) {
            return span.toString();
        }
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
