package io.jenkins.plugins.approvalgate.engine.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** Reads times as {@link Instant#toString} writes them; it is asked for several in each line. */
final class Times {

    private static final int SECONDS_LENGTH = "2026-03-01T09:00:00Z".length();
    private static final int MILLIS_LENGTH = "2026-03-01T09:00:00.000Z".length();
    private static final int NANOS_A_MILLI = 1_000_000;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int SECONDS_AN_HOUR = 3_600;
    private static final int SECONDS_A_DAY = 86_400;

    private Times() {}

    /** @throws DateTimeException if {@code text} is no time */
    static Instant parse(String text) {
        int length = text.length();
        boolean millis = length == MILLIS_LENGTH && text.charAt(SECONDS_LENGTH - 1) == '.';
        if (!millis && length != SECONDS_LENGTH || !isLaidOut(text)) {
            return Instant.parse(text);
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 2);
        int day = number(text, 8, 2);
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        int milli = millis ? number(text, SECONDS_LENGTH, 3) : 0;
        boolean odd = year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0 || milli < 0
                || hour > 23 || minute > 59 || second > 59;
        if (odd) {
            return Instant.parse(text);
        }
        int secondOfDay = hour * SECONDS_AN_HOUR + minute * SECONDS_A_MINUTE + second;
        return Instant.ofEpochSecond(
                LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + secondOfDay, (long) milli * NANOS_A_MILLI);
    }

    private static boolean isLaidOut(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(text.length() - 1) == 'Z';
    }

    /** -1 if these are not all digits. */
    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
