package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.regex.Pattern;

/** Dates of one's own on which nothing opens: one day or a range, once ({@code 2026-12-24}) or every year ({@code 12-24}). */
sealed interface ClosedDates {

    boolean contains(LocalDate date);

    /** Both ends included. */
    record Once(String text, LocalDate first, LocalDate last) implements ClosedDates {
        @Override
        public boolean contains(LocalDate date) {
            return !date.isBefore(first) && !date.isAfter(last);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Both ends included; a range may go over the end of the year. */
    record Yearly(String text, MonthDay first, MonthDay last) implements ClosedDates {
        @Override
        public boolean contains(LocalDate date) {
            MonthDay day = MonthDay.from(date);
            return first.isAfter(last)
                    ? !day.isBefore(first) || !day.isAfter(last)
                    : !day.isBefore(first) && !day.isAfter(last);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    Pattern MONTH_DAY = Pattern.compile("\\d{2}-\\d{2}");

    /** Reads one item of {@code closedDates}. */
    static ClosedDates of(Options options, String text) {
        String[] ends = text.split("\\.\\.", -1);
        String first = ends[0].strip();
        String last = ends[ends.length - 1].strip();
        try {
            if (ends.length <= 2 && MONTH_DAY.matcher(first).matches() && MONTH_DAY.matcher(last).matches()) {
                return new Yearly(text, MonthDay.parse("--" + first), MonthDay.parse("--" + last));
            }
            if (ends.length <= 2) {
                return once(options, text, LocalDate.parse(first), LocalDate.parse(last));
            }
        } catch (DateTimeException noDate) {
            // Told below.
        }
        throw options.wrong(
                "closedDates",
                "\"" + text + "\" is no date; write 2026-12-24, 12-24 for every year, or a range with two dots:"
                        + " 2026-12-24..2027-01-03");
    }

    private static ClosedDates once(Options options, String text, LocalDate first, LocalDate last) {
        if (last.isBefore(first)) {
            throw options.wrong("closedDates", "\"" + text + "\" ends before it begins");
        }
        return new Once(text, first, last);
    }
}
