package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.calendar.CalendarTimes.Span;
import io.jenkins.plugins.approvalgate.engine.check.calendar.CalendarTimes.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An event of a calendar ({@code VEVENT}, RFC 5545, 3.6.1), with its instances.
 *
 * @param replaces which instance of the event with the same {@code uid} this one is instead of
 * @param freezes whether it takes time: neither cancelled nor transparent
 * @param span how long it is on the wall's clock
 * @param exact how long by a stop-watch, where an end was given; else nothing
 */
record CalendarEvent(
        String uid,
        Optional<Instant> replaces,
        int sequence,
        boolean freezes,
        Time start,
        Span span,
        Duration exact,
        List<Recurrence> rules,
        List<Time> more,
        Set<Instant> without,
        Set<LocalDate> withoutDays,
        String summary) {

    /** @throws IllegalArgumentException if it cannot be read */
    static CalendarEvent read(CalendarPart part, CalendarTimes times) {
        Time start = times.time(part.line("DTSTART").orElseThrow(() -> new IllegalArgumentException("an event has no DTSTART")));
        Optional<Time> end = part.line("DTEND").map(times::time);
        Set<Instant> without = new HashSet<>();
        Set<LocalDate> withoutDays = new HashSet<>();
        part.all("EXDATE").flatMap(line -> times.times(line).stream()).forEach(time -> {
            if (time.wholeDay()) {
                withoutDays.add(time.local().toLocalDate());
            } else {
                without.add(begin(time));
            }
        });
        Optional<ContentLine> replaced = part.line("RECURRENCE-ID");
        if (replaced.flatMap(line -> line.parameter("RANGE")).isPresent()) {
            throw new IllegalArgumentException("an event has a RECURRENCE-ID with a RANGE, which is not understood");
        }
        return new CalendarEvent(
                part.value("UID").orElse(""),
                replaced.map(times::time).map(CalendarEvent::begin),
                part.value("SEQUENCE").filter(text -> text.matches("\\d{1,9}")).map(Integer::parseInt).orElse(0),
                part.all("STATUS").noneMatch(line -> line.is("STATUS", "CANCELLED"))
                        && part.all("TRANSP").noneMatch(line -> line.is("TRANSP", "TRANSPARENT")),
                start,
                span(part, end, start),
                exact(end, start),
                part.all("RRULE").map(line -> Recurrence.of(line.value())).toList(),
                part.all("RDATE").flatMap(line -> dates(times, line)).toList(),
                without,
                withoutDays,
                Lines.one(part.value("SUMMARY").map(CalendarEvent::unescaped).orElse("")));
    }

    private static Stream<Time> dates(CalendarTimes times, ContentLine line) {
        if (line.value().contains("/")) {
            throw new IllegalArgumentException("an event has an RDATE with periods, which is not understood");
        }
        return times.times(line).stream();
    }

    private static Instant begin(Time time) {
        return LocalTimes.begin(time.local(), time.rules());
    }

    private static Span span(CalendarPart part, Optional<Time> end, Time start) {
        if (end.isEmpty()) {
            return part.value("DURATION").map(CalendarTimes::span).orElse(new Span(start.wholeDay() ? 1 : 0, Duration.ZERO));
        }
        Duration wall = Duration.between(start.local(), inZone(end.get(), start.rules()));
        Duration watch = exact(end, start);
        if (watch.isNegative() || start.wholeDay() && wall.isNegative()) {
            throw new IllegalArgumentException("an event ends before it begins");
        }
        Duration span = wall.isNegative() ? watch : wall;
        return span.isZero() && start.wholeDay()
                ? new Span(1, Duration.ZERO)
                : new Span(span.toDays(), span.minusDays(span.toDays()));
    }

    private static LocalDateTime inZone(Time time, ZoneRules zone) {
        return time.wholeDay() || time.rules().equals(zone)
                ? time.local()
                : LocalDateTime.ofInstant(begin(time), zone.getOffset(begin(time)));
    }

    /** From {@code DTSTART} to {@code DTEND} by a stop-watch; nothing for whole days, and where there is no end. */
    private static Duration exact(Optional<Time> end, Time start) {
        return end.filter(time -> !start.wholeDay())
                .map(time -> Duration.between(begin(start), LocalTimes.end(time.local(), time.rules())))
                .orElse(Duration.ZERO);
    }

    /** RFC 5545, 3.3.11. */
    private static String unescaped(String text) {
        return text.replaceAll("\\\\[nN]", " ").replaceAll("\\\\(.)", "$1");
    }

    /**
     * The times at which it begins, with {@code DTSTART} whatever the rules say, from {@code from} on and before {@code to}.
     */
    private Set<LocalDateTime> starts(LocalDateTime from, LocalDateTime to, Effort effort) {
        Set<LocalDateTime> starts = new TreeSet<>();
        starts.add(start.local());
        rules.forEach(rule -> rule.each(start.local(), from, to, start.rules(), effort, starts::add));
        return starts;
    }

    /**
     * The freezes that it means.
     *
     * @param replaced instances that other events stand for
     */
    List<Freeze> between(Instant from, Instant to, Set<Instant> replaced, Effort effort) {
        List<Freeze> found = new ArrayList<>();
        Duration longest = exact.plusDays(span.days() + 3).plus(span.time());
        LocalDateTime first = LocalDateTime.ofInstant(from.minus(longest), ZoneOffset.UTC);
        LocalDateTime last = LocalDateTime.ofInstant(to, ZoneOffset.UTC).plusDays(2);
        starts(first, last, effort).forEach(local -> add(found, local, start.rules(), replaced));
        more.forEach(time -> add(found, time.local(), time.rules(), replaced));
        effort.spend(found.size());
        found.removeIf(freeze -> !freeze.touches(from, to));
        return found;
    }

    private void add(List<Freeze> found, LocalDateTime local, ZoneRules zone, Set<Instant> replaced) {
        Instant begin = LocalTimes.begin(local, zone);
        Instant end = end(local, begin, zone);
        if (end.isAfter(begin)
                && !replaced.contains(begin)
                && !without.contains(begin)
                && !withoutDays.contains(local.toLocalDate())) {
            found.add(new Freeze(begin, end, summary));
        }
    }

    /**
     * By the wall's clock, as calendars show it, and not before what the stop-watch says, as RFC 5545, 3.8.5.3 has it: the
     * two differ when clocks are changed meanwhile, and a freeze must not end too early.
     */
    private Instant end(LocalDateTime local, Instant begin, ZoneRules zone) {
        if (span.isNothing()) {
            return begin;
        }
        if (exact.isZero()) {
            return (span.days() == 0 ? begin : LocalTimes.end(local.plusDays(span.days()), zone)).plus(span.time());
        }
        Instant wall = LocalTimes.end(local.plusDays(span.days()).plus(span.time()), zone);
        Instant watch = begin.plus(exact);
        return wall.isAfter(watch) ? wall : watch;
    }
}
