package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What stands around a gate at one moment and is no person's doing: what each of its checks says, and how its environment's
 * lock is. The facts that {@link GateRules} are given beside the gate.
 *
 * @param checks one for each check of the gate, in its order
 * @param held who holds the lock that the gate wants, in a sentence; empty if it may have it, or wants none
 * @param superseded by which newer build the gate is superseded, in a sentence; empty if by none
 */
public record Conditions(List<CheckResult> checks, Optional<String> held, Optional<String> superseded) {

    /** Nothing stands against it. */
    public static final Conditions NONE = new Conditions(List.of(), Optional.empty(), Optional.empty());

    public Conditions {
        checks = List.copyOf(checks);
    }

    /** The same, with the lock in the hands of another. */
    public Conditions held(String by) {
        return new Conditions(checks, Optional.of(by), superseded);
    }

    /** A sentence that keeps the gate shut, with what it comes from. */
    public record Obstacle(String kind, String reason, Optional<Instant> until) {}

    /** What, apart from the approvals, {@code gate} still waits for. */
    public List<Obstacle> obstacles(Gate gate) {
        List<Obstacle> obstacles = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            CheckResult result = checks.get(i);
            if (!result.verdict().lets()) {
                obstacles.add(new Obstacle(gate.requested().checks().get(i).kind(), result.reason(), result.until()));
            }
        }
        held.ifPresent(by -> obstacles.add(new Obstacle("lock", by, Optional.empty())));
        return obstacles;
    }

    /** When, after {@code now}, the first of the checks may say something else by itself. */
    public Optional<Instant> changeAfter(Instant now) {
        return checks.stream()
                .flatMap(result -> result.until().stream())
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /** Whether every check lets the gate open. */
    boolean allLet() {
        return checks.stream().allMatch(result -> result.verdict().lets());
    }

    /** The index of the first check that says {@code verdict}; empty if none does. */
    Optional<Integer> first(CheckResult.Verdict verdict) {
        return IntStream.range(0, checks.size())
                .filter(i -> checks.get(i).verdict() == verdict)
                .boxed()
                .findFirst();
    }

    /** Why nobody may approve now; empty if they may. */
    Optional<String> bar() {
        return checks.stream()
                .filter(result -> !result.verdict().lets() && result.barsApprovals())
                .map(CheckResult::reason)
                .findFirst();
    }
}
