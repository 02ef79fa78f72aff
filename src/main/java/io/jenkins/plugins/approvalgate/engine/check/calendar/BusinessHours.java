package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.time.Duration;
import java.time.Instant;

/** Opens in business hours only. Outside, approvals are taken and the gate opens later, or they are refused. */
public final class BusinessHours implements Check.OfTime {

    /** How long a look ahead that found no end is not repeated. */
    private static final Duration ENDLESS = Duration.ofHours(1);

    private final OpenHours hours;
    private final boolean refusing;
    private volatile Known known = new Known(Instant.MAX, Instant.MIN, CheckResult.pass(""));

    /** A result and the instants for which it holds, the second excluded. */
    private record Known(Instant from, Instant until, CheckResult result) {
        boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    private BusinessHours(OpenHours hours, boolean refusing) {
        this.hours = hours;
        this.refusing = refusing;
    }

    /** Reads {@code days, from, to, timeZone, holidays, closedDates, outside}. */
    public static BusinessHours of(Options options) {
        return new BusinessHours(
                OpenHours.read(options), options.word("outside", "defer", "refuse").equals("refuse"));
    }

    @Override
    public String summary() {
        return hours.words() + "; outside, approvals are " + (refusing ? "refused" : "kept until it opens");
    }

    @Override
    public CheckResult evaluate(Subject subject, Instant now) {
        Known last = known;
        if (!last.holds(now)) {
            CheckResult result = look(now);
            last = new Known(now, result.until().orElse(now.plus(ENDLESS)), result);
            known = last;
        }
        return last.result();
    }

    private CheckResult look(Instant now) {
        OpenHours.Stretch stretch = hours.at(now);
        CheckResult result = stretch.open()
                ? CheckResult.pass("Within business hours" + stretch.until().map(this::closing).orElse("") + ".")
                : CheckResult.waiting("Outside business hours: " + stretch.until().map(this::opening)
                        .orElse("the settings leave no day in the next two years on which they open") + ".");
        result = stretch.until().map(result::until).orElse(result);
        return stretch.open() || !refusing ? result : result.barringApprovals();
    }

    /** With the day if it can be another one, always: what it says must not change at midnight. */
    private String closing(Instant end) {
        return " until "
                + (hours.overnight() ? LocalTimes.day(end, hours.zone()) : LocalTimes.time(end, hours.zone()));
    }

    private String opening(Instant begin) {
        return "opens on " + LocalTimes.day(begin, hours.zone());
    }
}
