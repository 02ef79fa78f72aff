package io.jenkins.plugins.approvalgate.pages;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.OpenGates;
import io.jenkins.plugins.approvalgate.engine.rest.Caller;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many gates wait for each user, for every page of Jenkins to show: so it is remembered for as long as no gate changes.
 * Time, groups and permissions may change it too, and those show a few seconds later. Thread-safe.
 */
final class WaitingCounts {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MOST_USERS = 1_000;

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(long changes, Instant at, long count) {
        boolean holds(long present, Instant now) {
            return changes == present && Duration.between(at, now).abs().compareTo(LONGEST) < 0;
        }
    }

    /** How many open gates the caller could decide now; 0 for the anonymous user, and where there is no engine. */
    long of(Caller caller) {
        Optional<GateKeeper> keeper = ApprovalGates.get().keeper();
        if (keeper.isEmpty() || caller.user().isEmpty()) {
            return 0;
        }
        OpenGates gates = keeper.get().openGates();
        if (gates.size() == 0) {
            return 0;
        }
        long changes = gates.changes();
        Instant now = keeper.get().now();
        Answer known = answers.get(caller.user().get());
        if (known == null || !known.holds(changes, now)) {
            known = new Answer(changes, now, count(caller));
            if (answers.size() >= MOST_USERS) {
                answers.clear();
            }
            answers.put(caller.user().get(), known);
        }
        return known.count();
    }

    private static long count(Caller caller) {
        return ApprovalGates.get().api().map(api -> api.waitingFor(caller)).orElse(0L);
    }
}
