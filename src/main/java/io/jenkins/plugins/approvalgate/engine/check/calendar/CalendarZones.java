package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time zones of a calendar: those of the tz database by their names there, and those that the calendar brings along
 * ({@code VTIMEZONE}, RFC 5545, 3.6.5). For one thread.
 */
final class CalendarZones {

    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{2})(\\d{2})(\\d{2})?");

    private static final int MOST_PREFIXES = 6;

    private final Map<String, CalendarPart> own = new HashMap<>();
    private final Map<String, ZoneRules> known = new HashMap<>();
    private final LocalDateTime end;
    private final Effort effort;

    /** @param end how far the rules of its own zones are followed */
    CalendarZones(CalendarPart calendar, LocalDateTime end, Effort effort) {
        this.end = end;
        this.effort = effort;
        calendar.parts("VTIMEZONE").forEach(zone -> zone.value("TZID").ifPresent(id -> own.put(id, zone)));
    }

    /** @throws IllegalArgumentException if nobody knows a zone of this name */
    ZoneRules rules(String id) {
        return known.computeIfAbsent(id.strip(), this::find);
    }

    private ZoneRules find(String id) {
        if (own.containsKey(id) && !id.contains("/")) {
            return read(own.get(id));
        }
        // Europe/Berlin is the same everywhere, and better known to us; also as /citadel.org/20210210_1/Europe/Berlin.
        String name = id;
        for (int i = 0; i < MOST_PREFIXES; i++) {
            Optional<ZoneRules> database = database(name);
            if (database.isPresent()) {
                return database.get();
            }
            name = name.substring(name.indexOf('/') + 1);
        }
        if (own.containsKey(id)) {
            return read(own.get(id));
        }
        throw new IllegalArgumentException("it names the time zone \"" + Lines.one(id) + "\" and does not say what that is");
    }

    private static Optional<ZoneRules> database(String id) {
        try {
            return Optional.of(ZoneId.of(id).getRules());
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private ZoneRules read(CalendarPart zone) {
        // From the instant on, the offset.
        TreeMap<Instant, ZoneOffset> changes = new TreeMap<>();
        Map<LocalDateTime, ZoneOffset> starts = new TreeMap<>();
        zone.parts().stream()
                .filter(part -> part.name().equals("STANDARD") || part.name().equals("DAYLIGHT"))
                .forEach(part -> addChanges(part, changes, starts));
        if (starts.isEmpty()) {
            throw new IllegalArgumentException("its time zone \"" + Lines.one(zone.value("TZID").orElse("")) + "\" has no offset");
        }
        ZoneOffset first = starts.values().iterator().next();
        return ZoneRules.of(first, first, List.of(), transitions(first, changes), List.of());
    }

    private void addChanges(CalendarPart part, Map<Instant, ZoneOffset> changes, Map<LocalDateTime, ZoneOffset> starts) {
        ZoneOffset before = offset(part, "TZOFFSETFROM");
        ZoneOffset after = offset(part, "TZOFFSETTO");
        LocalDateTime start = CalendarTimes.local(
                part.value("DTSTART").orElseThrow(() -> new IllegalArgumentException("a time zone has no DTSTART")));
        starts.put(start, before);
        changes.put(start.toInstant(before), after);
        part.all("RRULE").forEach(rule -> Recurrence.of(rule.value())
                .each(start, start, end, before.getRules(), effort, next -> changes.put(next.toInstant(before), after)));
        part.all("RDATE").forEach(line -> {
            for (String date : line.value().split(",")) {
                changes.put(CalendarTimes.local(date).toInstant(before), after);
            }
        });
    }

    private static List<ZoneOffsetTransition> transitions(ZoneOffset first, TreeMap<Instant, ZoneOffset> changes) {
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffset before = first;
        for (Map.Entry<Instant, ZoneOffset> change : changes.entrySet()) {
            ZoneOffset after = change.getValue();
            if (!after.equals(before)) {
                transitions.add(ZoneOffsetTransition.of(LocalDateTime.ofInstant(change.getKey(), before), before, after));
                before = after;
            }
        }
        return transitions;
    }

    private static ZoneOffset offset(CalendarPart part, String name) {
        Matcher matcher = OFFSET.matcher(part.value(name).orElse(""));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a time zone has no " + name);
        }
        int sign = matcher.group(1).equals("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutesSeconds(
                sign * Integer.parseInt(matcher.group(2)),
                sign * Integer.parseInt(matcher.group(3)),
                matcher.group(4) == null ? 0 : sign * Integer.parseInt(matcher.group(4)));
    }
}
