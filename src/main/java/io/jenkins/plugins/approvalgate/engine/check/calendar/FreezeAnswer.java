package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a change freeze says of an instant. */
record FreezeAnswer(boolean refusing, ZoneId zone) {

    private static final int MOST_REASONS = 3;

    CheckResult at(Instant now, FreezeTimeline timeline) {
        return timeline.at(now).map(run -> frozen(run, timeline.end(run))).orElseGet(() -> free(timeline.next(now)));
    }

    private CheckResult frozen(FreezeTimeline.Run run, Optional<Instant> end) {
        String until = end.map(instant -> "until " + LocalTimes.day(instant, zone)).orElse("whose end is not in sight");
        CheckResult result = CheckResult.waiting("In a change freeze " + until + names(run.reasons()) + ".");
        result = end.map(result::until).orElse(result);
        return refusing ? result.barringApprovals() : result;
    }

    private static String names(Set<String> reasons) {
        if (reasons.isEmpty()) {
            return "";
        }
        String first = reasons.stream().limit(MOST_REASONS).collect(Collectors.joining("; "));
        return ": " + first + (reasons.size() > MOST_REASONS ? " and " + (reasons.size() - MOST_REASONS) + " more" : "");
    }

    private CheckResult free(Optional<Instant> next) {
        return next.map(begin -> CheckResult.pass("No change freeze until " + LocalTimes.day(begin, zone) + ".").until(begin))
                .orElseGet(() -> CheckResult.pass("No change freeze within a year."));
    }
}
