package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When the people of a gate that has ended had said all that was asked of them. */
public final class Answered {

    private Answered() {}

    /**
     * When a person rejected or bypassed the gate, or gave the last approval that it needed, counting those that stood in the
     * end; empty if people did neither. A gate that opens later than that waited for checks, for a deferral or for its lock,
     * not for an answer.
     */
    public static Optional<Instant> at(Gate gate) {
        return gate.closed().flatMap(closed -> switch (closed.outcome()) {
            case REJECTED -> Optional.of(closed.at());
            case BYPASSED -> Optional.of(bypassed(gate).orElse(closed.at()));
            case APPROVED, AUTO_APPROVED, CHECK_FAILED, TIMED_OUT, CANCELLED, SUPERSEDED -> lastNeeded(gate);
        });
    }

    /** Whether it was people who ended it. */
    public static boolean decided(Gate gate) {
        return gate.closed()
                .map(GateEvent.Closed::outcome)
                .filter(outcome -> outcome == Outcome.APPROVED || outcome == Outcome.REJECTED || outcome == Outcome.BYPASSED)
                .flatMap(outcome -> at(gate))
                .isPresent();
    }

    /** A gate that is bypassed may yet wait for its lock. */
    private static Optional<Instant> bypassed(Gate gate) {
        return gate.history().stream()
                .map(Recorded::event)
                .filter(GateEvent.Bypassed.class::isInstance)
                .map(GateEvent::at)
                .findFirst();
    }

    private static Optional<Instant> lastNeeded(Gate gate) {
        List<GateEvent.Approving> standing = gate.standing();
        List<Approval> approvals = gate.approvals();
        for (int n = 1; n <= approvals.size(); n++) {
            if (Tally.of(gate.policy(), approvals.subList(0, n)).complete()) {
                return Optional.of(standing.get(n - 1).at());
            }
        }
        return Optional.empty();
    }
}
