package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/** A change freeze by a calendar that somebody else keeps, and by what stands in the settings. */
final class CalendarFreeze implements Check.Asking {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Calendars calendars;
    private final CalendarAddress address;
    private final ConfiguredFreezes own;
    private final Optional<ZoneId> zone;
    private final Duration refresh;
    private final boolean refusing;
    private volatile Optional<Known> known = Optional.empty();

    /** The freezes of one copy. */
    private record Known(CalendarFile calendar, FreezeTimeline timeline) {}

    private CalendarFreeze(
            Calendars calendars,
            CalendarAddress address,
            ConfiguredFreezes own,
            Optional<ZoneId> zone,
            Duration refresh,
            boolean refusing) {
        this.calendars = calendars;
        this.address = address;
        this.own = own;
        this.zone = zone;
        this.refresh = refresh;
        this.refusing = refusing;
    }

    /** Reads {@code calendar, refresh, credentials}; empty without a calendar. */
    static Optional<CalendarFreeze> read(
            Options options, Calendars calendars, ConfiguredFreezes own, Optional<ZoneId> zone, boolean refusing) {
        Optional<CalendarAddress> address = CalendarAddress.read(options);
        Optional<Duration> given = options.spanIfGiven("refresh");
        if (address.isEmpty() && given.isPresent()) {
            throw options.wrong("refresh", "is for the calendar, which is missing");
        }
        Duration refresh = given.orElse(Duration.ofHours(1));
        if (refresh.compareTo(SHORTEST) < 0 || refresh.compareTo(LONGEST) > 0) {
            throw options.wrong("refresh", "has to be between " + TimeSpan.format(SHORTEST) + " and " + TimeSpan.format(LONGEST));
        }
        return address.map(where -> new CalendarFreeze(calendars, where, own, zone, refresh, refusing));
    }

    @Override
    public String summary() {
        return ChangeFreeze.summary(own.words().toList(), zone, Optional.of(address.host()), refusing);
    }

    @Override
    public CheckResult ask(Subject subject, Instant now, Callbacks callbacks) throws IOException, InterruptedException {
        KeptCalendar.State calendar = calendars.at(address).get(now, refresh);
        try {
            FreezeTimeline timeline = timeline(calendar, now);
            return new FreezeAnswer(refusing, calendar.zone(zone)).at(now, timeline).detailed(calendar.detail());
        } catch (IllegalArgumentException uncomputable) {
            throw new IOException("the change freezes cannot be computed: " + uncomputable.getMessage(), uncomputable);
        }
    }

    private FreezeTimeline timeline(KeptCalendar.State calendar, Instant now) {
        Optional<Known> last = known.filter(made -> made.calendar() == calendar.calendar() && made.timeline().serves(now));
        if (last.isPresent()) {
            return last.get().timeline();
        }
        FreezeTimeline timeline = FreezeTimeline.around(now, (from, to) -> Stream.concat(
                        own.between(from, to).stream(), calendar.between(from, to, zone).stream())
                .toList());
        known = Optional.of(new Known(calendar.calendar(), timeline));
        return timeline;
    }

    @Override
    public Duration timeLimit() {
        return CalendarFetch.LIMITS.timeLimit();
    }

    @Override
    public Duration interval() {
        return refresh;
    }

    @Override
    public boolean watches() {
        return true;
    }
}
