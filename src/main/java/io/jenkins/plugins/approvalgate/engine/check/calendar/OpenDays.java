package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The days on which a window of business hours begins. */
record OpenDays(Weekdays weekdays, List<Holidays> holidays, List<ClosedDates> closed) {

    private static final int MOST_SHOWN = 5;

    /** In 28 years, the first of them a leap year, each date has met each day of the week. */
    private static final LocalDate CYCLE = LocalDate.of(2000, 1, 1);

    static OpenDays read(Options options) {
        OpenDays days = new OpenDays(
                Weekdays.read(options),
                options.texts("holidays").stream().map(text -> Holidays.of(options, text)).toList(),
                options.texts("closedDates").stream().map(text -> ClosedDates.of(options, text)).toList());
        if (days.neverOpen()) {
            throw options.wrong("closedDates", "no day is left in any year on which it would be open");
        }
        return days;
    }

    private boolean neverOpen() {
        List<ClosedDates> yearly = closed.stream().filter(ClosedDates.Yearly.class::isInstance).toList();
        return CYCLE.datesUntil(CYCLE.plusYears(28))
                .filter(date -> weekdays.contains(date.getDayOfWeek()))
                .allMatch(date -> yearly.stream().anyMatch(dates -> dates.contains(date)));
    }

    boolean contains(LocalDate date) {
        return weekdays.contains(date.getDayOfWeek())
                && closed.stream().noneMatch(dates -> dates.contains(date))
                && holidays.stream().noneMatch(dates -> dates.contains(date));
    }

    /** {@code , not on holidays of US nor on 2026-12-24}, or nothing. */
    String exceptions() {
        Stream<String> exceptions = Stream.of(
                holidays.isEmpty() ? "" : "on holidays of " + some(holidays), closed.isEmpty() ? "" : "on " + some(closed));
        List<String> given = exceptions.filter(text -> !text.isEmpty()).toList();
        return given.isEmpty() ? "" : ", not " + String.join(" nor ", given);
    }

    private static String some(List<?> items) {
        String first = items.stream().limit(MOST_SHOWN).map(Object::toString).collect(Collectors.joining(", "));
        return items.size() > MOST_SHOWN ? first + " and " + (items.size() - MOST_SHOWN) + " more" : first;
    }
}
