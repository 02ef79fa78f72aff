package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One window a day, on some days. A window belongs to the day on which it begins: one that goes across midnight goes on
 * into a day that is closed, and none begins on a day that is closed. Immutable.
 *
 * @param overnight whether {@code to} is on the day after; with {@code to} equal to {@code from} the window has 24 hours
 */
record OpenHours(OpenDays days, LocalTime from, LocalTime to, boolean overnight, ZoneId zone) {

    private static final int DAYS_AHEAD = 731;
    private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");
    private static final Pattern NUMBER = Pattern.compile("\\d{2,4}");

    /**
     * How it is at an instant.
     *
     * @param until the first instant at which it is otherwise; empty if that is more than two years away
     */
    record Stretch(boolean open, Optional<Instant> until) {}

    static OpenHours read(Options options) {
        LocalTime from = time(options, "from", options.text("from"));
        String to = options.text("to");
        boolean midnight = to.equals("24:00");
        LocalTime end = midnight ? LocalTime.MIDNIGHT : time(options, "to", to);
        return new OpenHours(OpenDays.read(options), from, end, midnight || !end.isAfter(from), Zones.read(options));
    }

    private static LocalTime time(Options options, String name, String text) {
        Matcher matcher = TIME.matcher(text);
        if (matcher.matches()) {
            return LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
        throw options.wrong(name, "\"" + text + "\" is no time of day; write it as \"09:00\"" + quoted(text));
    }

    /** YAML 1.1 reads 17:00 without quotes as a number to the base of 60. */
    private static String quoted(String text) {
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > 24 * 60) {
            return "";
        }
        int minutes = Integer.parseInt(text);
        return String.format(", in quotes: YAML makes %s of %d:%02d without them", text, minutes / 60, minutes % 60);
    }

    Stretch at(Instant now) {
        LocalDate first = LocalDate.ofInstant(now, zone).minusDays(2);
        LocalDate last = first.plusDays(DAYS_AHEAD + 2);
        Instant end = null;
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            if (!days.contains(day) || !exists(day)) {
                continue;
            }
            Instant begin = begin(day);
            Instant close = end(day);
            if (end != null && begin.isAfter(end)) {
                break;
            } else if (close.isAfter(now) && begin.isBefore(close)) {
                if (end == null && begin.isAfter(now)) {
                    return new Stretch(false, Optional.of(begin));
                }
                end = close;
            }
        }
        // A window of the last day may be joined by one of the next.
        Instant known = begin(last.plusDays(1));
        return new Stretch(end != null, Optional.ofNullable(end).filter(instant -> instant.isBefore(known)));
    }

    /** Samoa went without Friday, 30 December 2011. */
    private boolean exists(LocalDate day) {
        ZoneOffsetTransition skipped = zone.getRules().getTransition(day.atStartOfDay());
        return skipped == null || skipped.isOverlap() || skipped.getDateTimeAfter().toLocalDate().equals(day);
    }

    private Instant begin(LocalDate day) {
        return LocalTimes.begin(day.atTime(from), zone.getRules());
    }

    private Instant end(LocalDate day) {
        return LocalTimes.end((overnight ? day.plusDays(1) : day).atTime(to), zone.getRules());
    }

    /** {@code Monday to Friday, 09:00–17:00 America/New_York, not on holidays of US}. */
    String words() {
        boolean allDay = overnight && from.equals(LocalTime.MIDNIGHT) && to.equals(LocalTime.MIDNIGHT);
        String end = overnight && to.equals(LocalTime.MIDNIGHT) ? "24:00" : to + (overnight ? " of the day after" : "");
        return days.weekdays().words() + ", " + (allDay ? "all day" : from + "–" + end) + " " + zone + days.exceptions();
    }
}
