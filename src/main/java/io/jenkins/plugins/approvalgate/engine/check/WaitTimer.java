package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Not before some time after the build asked: time to notice, and to stop it. Approvals are taken meanwhile. */
record WaitTimer(Duration duration) implements Check.OfTime {

    static WaitTimer of(Options options) {
        return new WaitTimer(options.spanIfGiven("duration").orElseThrow(() -> options.wrong("duration", "is missing")));
    }

    @Override
    public String summary() {
        return "not before " + TimeSpan.format(duration) + " after the request";
    }

    @Override
    public CheckResult evaluate(Subject subject, Instant now) {
        Instant over = subject.requestedAt().plus(duration);
        return now.isBefore(over)
                ? CheckResult.waiting("Not before " + over.truncatedTo(ChronoUnit.SECONDS) + ", " + TimeSpan.format(duration) + " after the request.").until(over)
                : CheckResult.pass("The " + TimeSpan.format(duration) + " after the request are over.");
    }
}
