package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands between {@code BEGIN} and {@code END} in an iCalendar file: its own lines, and the parts in it.
 *
 * @param name in capitals
 */
record CalendarPart(String name, List<ContentLine> lines, List<CalendarPart> parts) {

    private static final int DEEPEST = 10;

    /**
     * The calendars of a file.
     *
     * @throws IllegalArgumentException if it holds anything else, or was cut off
     */
    static List<CalendarPart> calendars(String text) {
        CalendarPart root = new CalendarPart("", new ArrayList<>(), new ArrayList<>());
        Deque<CalendarPart> open = new ArrayDeque<>(List.of(root));
        for (ContentLine line : ContentLine.read(text)) {
            switch (line.name()) {
                case "BEGIN" -> begin(open, line.value().strip().toUpperCase(Locale.ROOT));
                case "END" -> end(open, line.value().strip().toUpperCase(Locale.ROOT));
                default -> open.peek().lines().add(line);
            }
        }
        if (open.size() > 1) {
            throw new IllegalArgumentException("it ends inside a " + open.peek().name() + ", so a part of it is missing");
        }
        if (root.parts().isEmpty() || !root.lines().isEmpty() || !root.parts().stream().allMatch(part -> part.name().equals("VCALENDAR"))) {
            throw new IllegalArgumentException("it is no VCALENDAR from begin to end");
        }
        return root.parts();
    }

    private static void begin(Deque<CalendarPart> open, String name) {
        if (open.size() > DEEPEST) {
            throw new IllegalArgumentException("its parts are nested too deeply");
        }
        CalendarPart part = new CalendarPart(name, new ArrayList<>(), new ArrayList<>());
        open.peek().parts().add(part);
        open.push(part);
    }

    private static void end(Deque<CalendarPart> open, String name) {
        if (open.size() == 1 || !open.pop().name().equals(name)) {
            throw new IllegalArgumentException("END:" + Lines.one(name) + " ends nothing that began");
        }
    }

    Stream<CalendarPart> parts(String name) {
        return parts.stream().filter(part -> part.name().equals(name));
    }

    Stream<ContentLine> all(String name) {
        return lines.stream().filter(line -> line.name().equals(name));
    }

    Optional<ContentLine> line(String name) {
        return all(name).findFirst();
    }

    Optional<String> value(String name) {
        return line(name).map(line -> line.value().strip());
    }
}
