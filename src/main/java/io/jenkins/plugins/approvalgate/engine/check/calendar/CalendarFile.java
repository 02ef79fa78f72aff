package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An iCalendar file (RFC 5545), each event of which is a freeze unless it is cancelled or transparent. What cannot be
 * understood is refused, not left out: it could be a freeze. Immutable.
 */
final class CalendarFile {

    private static final long MOST_STEPS = 2_000_000;

    private final List<CalendarPart> calendars;

    private CalendarFile(List<CalendarPart> calendars) {
        this.calendars = calendars;
    }

    /** @throws IllegalArgumentException if it is none; the message says why */
    static CalendarFile read(String text) {
        return new CalendarFile(CalendarPart.calendars(text.startsWith("\uFEFF") ? text.substring(1) : text));
    }

    /** The zone that the calendar says is its own. */
    Optional<ZoneId> zone() {
        return calendars.stream().flatMap(calendar -> calendar.value("X-WR-TIMEZONE").stream()).findFirst().flatMap(name -> {
            try {
                return Optional.of(ZoneId.of(name));
            } catch (DateTimeException unknown) {
                return Optional.empty();
            }
        });
    }

    /**
     * As {@link FreezeSource}.
     *
     * @param zone of whole days and of times without a zone
     */
    List<Freeze> between(Instant from, Instant to, ZoneId zone) {
        Effort effort = new Effort(MOST_STEPS);
        LocalDateTime end = LocalDateTime.ofInstant(to, ZoneOffset.UTC).plusYears(1);
        List<CalendarEvent> events = new ArrayList<>();
        try {
            for (CalendarPart calendar : calendars) {
                CalendarTimes times = new CalendarTimes(new CalendarZones(calendar, end, effort), zone.getRules());
                calendar.parts("VEVENT").map(event -> CalendarEvent.read(event, times)).forEach(events::add);
            }
            return freezes(events, from, to, effort);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw new IllegalArgumentException("a time in it is none: " + Lines.one(String.valueOf(outOfRange.getMessage())), outOfRange);
        }
    }

    private static List<Freeze> freezes(List<CalendarEvent> events, Instant from, Instant to, Effort effort) {
        Map<String, Map<Instant, CalendarEvent>> instead = new HashMap<>();
        events.stream()
                .filter(event -> event.replaces().isPresent())
                .sorted(Comparator.comparingInt(CalendarEvent::sequence))
                .forEach(event -> instead.computeIfAbsent(event.uid(), any -> new LinkedHashMap<>())
                        .put(event.replaces().get(), event));
        List<Freeze> freezes = new ArrayList<>();
        for (CalendarEvent event : events) {
            if (event.replaces().isEmpty() && event.freezes()) {
                Set<Instant> replaced = instead.getOrDefault(event.uid(), Map.of()).keySet();
                freezes.addAll(event.between(from, to, replaced, effort));
            }
        }
        instead.values().stream()
                .flatMap(byInstant -> byInstant.values().stream())
                .filter(CalendarEvent::freezes)
                .forEach(event -> freezes.addAll(event.between(from, to, new HashSet<>(), effort)));
        return freezes;
    }
}
