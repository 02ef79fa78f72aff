package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;

/**
 * Which instant a local time is. A time that the clocks skip is the instant at which they skip it. Of a time that they show
 * twice, what begins then begins with the first, and what ends then ends when they show nothing before it any more: a window is
 * never shorter than the clock on the wall says.
 */
final class LocalTimes {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu 'at' HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private LocalTimes() {}

    static Instant begin(LocalDateTime local, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        return offsets.isEmpty() ? rules.getTransition(local).getInstant() : local.toInstant(offsets.get(0));
    }

    static Instant end(LocalDateTime local, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.isEmpty()) {
            return rules.getTransition(local).getInstant();
        }
        // Set back to just this time, the clocks show nothing before it again.
        boolean over = offsets.size() == 1 || local.equals(rules.getTransition(local).getDateTimeAfter());
        return local.toInstant(offsets.get(over ? 0 : 1));
    }

    /** {@code Monday 23 November 2026 at 09:00 (America/New_York)}. */
    static String day(Instant instant, ZoneId zone) {
        return DAY.format(instant.atZone(zone)) + " (" + zone + ")";
    }

    /** {@code 17:00 (America/New_York)}. */
    static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone)) + " (" + zone + ")";
    }
}
