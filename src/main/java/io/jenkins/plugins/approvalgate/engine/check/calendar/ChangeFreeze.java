package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens outside of change freezes only: those in the settings, and those in a calendar that somebody else keeps. */
public final class ChangeFreeze implements Check.OfTime {

    private static final int MOST_SHOWN = 5;

    private final ConfiguredFreezes freezes;
    private final boolean refusing;
    private volatile Optional<FreezeTimeline> known = Optional.empty();

    private ChangeFreeze(ConfiguredFreezes freezes, boolean refusing) {
        this.freezes = freezes;
        this.refusing = refusing;
    }

    /**
     * Reads {@code windows, recurring, timeZone, calendar, refresh, credentials, approvals}. With a calendar it is a check
     * that asks, without one a check of the time.
     */
    public static Check of(Options options, Calendars calendars) {
        Optional<ZoneId> zone = options.textIfGiven("timeZone").map(name -> Zones.of(options, name));
        ConfiguredFreezes freezes = ConfiguredFreezes.read(options, zone.orElse(ZoneOffset.UTC));
        boolean refusing = options.word("approvals", "defer", "refuse").equals("refuse");
        if (!freezes.isEmpty() && zone.isEmpty()) {
            throw options.wrong("timeZone", "is missing; windows and recurring are in local time");
        }
        Optional<CalendarFreeze> calendar = CalendarFreeze.read(options, calendars, freezes, zone, refusing);
        if (freezes.isEmpty() && calendar.isEmpty()) {
            throw options.wrong("windows", "is missing; there has to be at least one of windows, recurring, calendar");
        }
        return calendar.isPresent() ? calendar.get() : new ChangeFreeze(freezes, refusing);
    }

    @Override
    public String summary() {
        return summary(freezes.words().toList(), Optional.of(freezes.zone()), Optional.empty(), refusing);
    }

    static String summary(List<String> names, Optional<ZoneId> zone, Optional<String> calendar, boolean refusing) {
        String own = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
                + (names.size() > MOST_SHOWN ? " and " + (names.size() - MOST_SHOWN) + " more" : "")
                + zone.map(id -> " (" + id + ")").orElse("");
        return "not in a change freeze: "
                + Stream.concat(names.isEmpty() ? Stream.empty() : Stream.of(own), calendar.map(host -> "the calendar of " + host).stream())
                        .collect(Collectors.joining(", or one of "))
                + "; meanwhile, approvals are " + (refusing ? "refused" : "kept until it ends");
    }

    @Override
    public CheckResult evaluate(Subject subject, Instant now) {
        Optional<FreezeTimeline> last = known.filter(timeline -> timeline.serves(now));
        try {
            FreezeTimeline timeline = last.orElseGet(() -> FreezeTimeline.around(now, freezes));
            known = Optional.of(timeline);
            return new FreezeAnswer(refusing, freezes.zone()).at(now, timeline);
        } catch (IllegalArgumentException uncomputable) {
            return CheckResult.waiting("The change freezes cannot be computed: " + uncomputable.getMessage() + ".");
        }
    }
}
