package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The freezes that stand in the settings: {@code windows} and {@code recurring}, in the time of {@code timeZone}. */
record ConfiguredFreezes(List<Once> windows, List<Recurring> recurring, ZoneId zone) implements FreezeSource {

    private static final long MOST_STEPS = 1_000_000;

    /** @param to the first local time that is free again */
    record Once(LocalDateTime from, LocalDateTime to, String reason) {
        String words() {
            return reason.isEmpty() ? from + " to " + to : reason;
        }
    }

    /** @param duration whole days are days on the wall's clock, whatever it is set to; anything else is exact */
    record Recurring(LocalDateTime start, Duration duration, Recurrence rule, String reason) {
        String words() {
            return reason.isEmpty() ? rule.toString() : reason;
        }

        boolean wholeDays() {
            return duration.equals(Duration.ofDays(duration.toDays()));
        }
    }

    /** Reads {@code windows, recurring}. */
    static ConfiguredFreezes read(Options options, ZoneId zone) {
        return new ConfiguredFreezes(
                options.list("windows").stream().map(ConfiguredFreezes::once).toList(),
                options.list("recurring").stream().map(ConfiguredFreezes::recurring).toList(),
                zone);
    }

    private static Once once(Options options) {
        LocalDateTime from = time(options, "from", options.text("from"), 0);
        // A date is the whole day.
        LocalDateTime to = time(options, "to", options.text("to"), 1);
        if (!from.isBefore(to)) {
            throw options.wrong("to", "the freeze ends before it begins");
        }
        Once once = new Once(from, to, reason(options));
        options.end();
        return once;
    }

    private static Recurring recurring(Options options) {
        LocalDateTime start = time(options, "start", options.text("start"), 0);
        Duration duration = options.spanIfGiven("duration").orElseThrow(() -> options.wrong("duration", "is missing"));
        String text = options.text("rule");
        Recurrence rule;
        try {
            rule = Recurrence.of(text.replaceFirst("(?i)^RRULE:", ""));
            rule.requireInstance(start);
        } catch (IllegalArgumentException wrong) {
            throw options.wrong("rule", wrong.getMessage());
        }
        Recurring recurring = new Recurring(start, duration, rule, reason(options));
        options.end();
        return recurring;
    }

    private static String reason(Options options) {
        return Lines.one(options.text("reason", ""));
    }

    private static LocalDateTime time(Options options, String name, String text, int daysAfterDate) {
        try {
            return text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).plusDays(daysAfterDate).atStartOfDay();
        } catch (DateTimeException wrong) {
            throw options.wrong(name, "\"" + text + "\" is no local time; write 2026-12-20T18:00, or 2026-12-20");
        }
    }

    boolean isEmpty() {
        return windows.isEmpty() && recurring.isEmpty();
    }

    /** What the freezes are called. */
    Stream<String> words() {
        return Stream.concat(windows.stream().map(Once::words), recurring.stream().map(Recurring::words));
    }

    @Override
    public List<Freeze> between(Instant from, Instant to) {
        List<Freeze> freezes = new ArrayList<>();
        for (Once once : windows) {
            freezes.add(new Freeze(
                    LocalTimes.begin(once.from(), zone.getRules()), LocalTimes.end(once.to(), zone.getRules()), once.reason()));
        }
        Effort effort = new Effort(MOST_STEPS);
        for (Recurring each : recurring) {
            // With a day more at either end, whatever the zone.
            LocalDateTime first = LocalDateTime.ofInstant(from.minus(each.duration()), ZoneOffset.UTC).minusDays(2);
            LocalDateTime last = LocalDateTime.ofInstant(to, ZoneOffset.UTC).plusDays(2);
            each.rule().each(each.start(), first, last, zone.getRules(), effort, start -> freezes.add(freeze(each, start)));
        }
        freezes.removeIf(freeze -> !freeze.touches(from, to));
        return freezes;
    }

    private Freeze freeze(Recurring each, LocalDateTime start) {
        Instant begin = LocalTimes.begin(start, zone.getRules());
        Instant end = each.wholeDays()
                ? LocalTimes.end(start.plus(each.duration()), zone.getRules())
                : begin.plus(each.duration());
        return new Freeze(begin, end, each.reason());
    }
}
