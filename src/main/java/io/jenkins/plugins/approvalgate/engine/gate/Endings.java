package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What ends a gate, and how. Pure. */
final class Endings {

    private Endings() {}

    /** What closes {@code gate} now although nobody acts; nothing if nothing does. */
    static List<GateEvent> due(Gate gate, Conditions conditions, Instant now) {
        if (gate.history().get(gate.history().size() - 1).event() instanceof GateEvent.Rejected rejected) {
            return List.of(rejected(rejected, now));
        }
        Optional<Integer> failed = conditions.first(CheckResult.Verdict.FAIL);
        if (failed.isPresent() && !gate.isBypassed()) {
            return List.of(new GateEvent.Closed(
                    now, Optional.empty(), Outcome.CHECK_FAILED, conditions.checks().get(failed.get()).reason()));
        }
        if (conditions.superseded().isPresent()) {
            return List.of(new GateEvent.Closed(
                    now, Optional.empty(), Outcome.SUPERSEDED, conditions.superseded().get()));
        }
        List<GateEvent> opening = opening(gate, conditions, now);
        boolean late = Objections.isDue(gate, now) && (opening.isEmpty() || !onlyLostItsLine(gate));
        return late ? List.of(timeout(gate, conditions, now)) : opening;
    }

    /** What has the lock, or was complete and waited for nothing else, only lost its closing line with the power. */
    private static boolean onlyLostItsLine(Gate gate) {
        if (gate.holdsLock() || gate.wantsLock()) {
            return gate.holdsLock();
        }
        boolean deferred = gate.approvals().stream().anyMatch(approval -> approval.from().isPresent());
        return gate.isBypassed() || gate.requested().checks().isEmpty() && !deferred;
    }

    private static GateEvent.Closed timeout(Gate gate, Conditions conditions, Instant now) {
        String waited = TimeSpan.format(Duration.between(
                gate.requested().at(), gate.requested().deadline()));
        List<String> missing = gate.missing();
        String still = missing.isEmpty()
                ? ". " + Objections.obstacles(gate, conditions)
                : "; it still needed " + String.join(", and ", missing) + ".";
        return new GateEvent.Closed(
                now,
                Optional.empty(),
                Outcome.TIMED_OUT,
                ("Timed out: nobody opened it within " + waited + still).strip());
    }

    /** What opens the gate, if it has all that it needs, or somebody waived it, and the lock is free for it. */
    static List<GateEvent> opening(Gate gate, Conditions conditions, Instant now) {
        if (conditions.held().isPresent() || conditions.superseded().isPresent()) {
            return List.of();
        }
        return opened(gate, conditions, now)
                .map(closed -> gate.wantsLock() && !gate.holdsLock()
                        ? List.<GateEvent>of(new GateEvent.Locked(now), closed)
                        : List.<GateEvent>of(closed))
                .orElse(List.of());
    }

    private static Optional<GateEvent.Closed> opened(Gate gate, Conditions conditions, Instant now) {
        if (gate.bypassed().isPresent()) {
            return gate.bypassed().map(bypassed -> bypassed(bypassed, now));
        }
        if (!conditions.allLet()) {
            return Optional.empty();
        }
        if (gate.tally(now).complete()) {
            return Optional.of(approved(gate.approvals(now), now));
        }
        return conditions
                .first(CheckResult.Verdict.APPROVE)
                .map(check -> new GateEvent.Closed(
                        now, Optional.empty(), Outcome.AUTO_APPROVED, conditions.checks().get(check).reason()));
    }

    private static GateEvent.Closed approved(List<Approval> approvals, Instant now) {
        List<String> people = approvals.stream().map(Approval::approver).toList();
        return new GateEvent.Closed(
                now,
                Optional.of(people.get(people.size() - 1)),
                Outcome.APPROVED,
                "Approved by " + String.join(", ", people) + ".");
    }

    private static GateEvent.Closed bypassed(GateEvent.Bypassed bypassed, Instant now) {
        return new GateEvent.Closed(
                now,
                Optional.of(bypassed.by()),
                Outcome.BYPASSED,
                "Bypassed by " + bypassed.by() + ": " + bypassed.reason());
    }

    static GateEvent.Closed rejected(GateEvent.Rejected rejected, Instant now) {
        return new GateEvent.Closed(
                now,
                Optional.of(rejected.approver()),
                Outcome.REJECTED,
                "Rejected by " + rejected.approver() + ": " + rejected.comment());
    }
}
