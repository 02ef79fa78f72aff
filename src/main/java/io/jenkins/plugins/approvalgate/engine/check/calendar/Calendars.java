package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import io.jenkins.plugins.approvalgate.engine.check.http.HttpCalls;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The calendars of others, each fetched once for all the checks that look at it. Thread-safe. */
public final class Calendars {

    private final Surroundings surroundings;
    private final HttpCalls calls;
    private final Map<String, KeptCalendar> known = new ConcurrentHashMap<>();

    public Calendars(Surroundings surroundings, HttpCalls calls) {
        this.surroundings = surroundings;
        this.calls = calls;
    }

    KeptCalendar at(CalendarAddress address) {
        return known.computeIfAbsent(
                address.key(),
                key -> new KeptCalendar(
                        new CalendarFetch(calls, address), surroundings.cache().resolve("calendar-" + key + ".ics")));
    }
}
