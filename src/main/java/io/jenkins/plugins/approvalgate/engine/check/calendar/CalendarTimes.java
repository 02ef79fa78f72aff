package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of an iCalendar file that are times (RFC 5545, 3.3.4–3.3.6). */
record CalendarTimes(CalendarZones zones, ZoneRules floating) {

    private static final Pattern TIME = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:T(\\d{2})(\\d{2})(\\d{2})(Z?))?");
    private static final Pattern SPAN = Pattern.compile(
            "\\+?P(?:(\\d{1,5})W)?(?:(\\d{1,5})D)?(?:T(?:(\\d{1,6})H)?(?:(\\d{1,8})M)?(?:(\\d{1,9})S)?)?");

    /**
     * A time.
     *
     * @param wholeDay whether only a date was given
     */
    record Time(LocalDateTime local, ZoneRules rules, boolean wholeDay) {}

    /** Days on the wall's clock, and then a time that passes. */
    record Span(long days, Duration time) {
        boolean isNothing() {
            return days == 0 && time.isZero();
        }
    }

    /** The only value of {@code line}. */
    Time time(ContentLine line) {
        return time(line, line.value().strip());
    }

    /** All values of {@code line}. */
    List<Time> times(ContentLine line) {
        return Arrays.stream(line.value().split(",")).map(value -> time(line, value.strip())).toList();
    }

    /** One value of {@code line}, which says in which zone. */
    Time time(ContentLine line, String value) {
        Matcher matcher = matcher(value);
        boolean wholeDay = matcher.group(4) == null;
        if (wholeDay) {
            return new Time(local(matcher), floating, true);
        }
        ZoneRules rules = matcher.group(7).isEmpty()
                ? line.parameter("TZID").map(zones::rules).orElse(floating)
                : ZoneOffset.UTC.getRules();
        return new Time(local(matcher), rules, false);
    }

    /** A local time, or the begin of a date. */
    static LocalDateTime local(String value) {
        return local(matcher(value.strip()));
    }

    private static Matcher matcher(String value) {
        Matcher matcher = TIME.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + Lines.one(value) + "\" is no time");
        }
        return matcher;
    }

    private static LocalDateTime local(Matcher matcher) {
        LocalDate date = LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
        if (matcher.group(4) == null) {
            return date.atStartOfDay();
        }
        // A leap second is none here.
        return date.atTime(LocalTime.of(number(matcher, 4), number(matcher, 5), Math.min(59, number(matcher, 6))));
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** A {@code DURATION}, not negative. */
    static Span span(String value) {
        Matcher matcher = SPAN.matcher(value.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + Lines.one(value) + "\" is no duration");
        }
        return new Span(
                7L * number(matcher, 1) + number(matcher, 2),
                Duration.ofHours(number(matcher, 3)).plusMinutes(number(matcher, 4)).plusSeconds(number(matcher, 5)));
    }
}
