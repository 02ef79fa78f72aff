package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Decision;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stands around a gate at a moment, apart from people: its checks and its environment's lock. Asks the rules so that at
 * most one gate ever gets a lock. Thread-safe; waits for nothing.
 */
final class Situation {

    private final Checks checks;
    private final Locks locks;
    private final Function<String, Optional<Gate>> gates;

    /** @param gates finds the open ones by their ids */
    Situation(Checks checks, Locks locks, Function<String, Optional<Gate>> gates) {
        this.checks = checks;
        this.locks = locks;
        this.gates = gates;
    }

    /** For those who look: with the lock in the hands of whoever has it. */
    Conditions seen(Gate gate, Instant now) {
        Conditions conditions = apartFromLock(gate, now);
        return isElsewhere(gate) ? conditions.held(held(gate)) : conditions;
    }

    private boolean isElsewhere(Gate gate) {
        return gate.isOpen()
                && gate.wantsLock()
                && !gate.holdsLock()
                && locks.isHeldByAnotherBuild(gate);
    }

    /** Names nobody: who reads this may not know the job that holds it. */
    private static String held(Gate gate) {
        return "Another build holds the lock of " + gate.request().environment() + ".";
    }

    private Conditions apartFromLock(Gate gate, Instant now) {
        Optional<String> superseded = gate.isOpen()
                ? locks.newer(gate).map(build -> "Superseded by " + gate.request().job() + " #" + build
                        + ", which asked for " + gate.request().environment() + " too.")
                : Optional.empty();
        return new Conditions(checks.look(gate, now), Optional.empty(), superseded);
    }

    /** What is due without anybody acting. A gate that would open but for the lock takes its place in the queue. */
    Decision settle(Gate gate, Instant now) {
        Decision decision = ask(gate, conditions -> GateRules.settle(gate, conditions, now), now);
        if (gate.isOpen() && gate.wantsLock() && !waitsForLockOnly(gate, now)) {
            locks.leave(gate);
        }
        return decision;
    }

    /**
     * What {@code rule} says, given the situation. If it would open the gate, the lock is claimed for it; whoever cannot
     * record that gives it back by {@link Locks#unclaim}.
     */
    Decision ask(Gate gate, Function<Conditions, Decision> rule, Instant now) {
        Conditions conditions = apartFromLock(gate, now);
        Decision ifFree = rule.apply(conditions);
        boolean held = gate.isOpen() && gate.wantsLock() && opens(ifFree) ? !claim(gate, now) : isElsewhere(gate);
        return held ? rule.apply(conditions.held(held(gate))) : ifFree;
    }

    private boolean claim(Gate gate, Instant now) {
        letOlderEnter(gate, now);
        return locks.claim(gate);
    }

    /** Gates that the same moment made ready, as the beginning of business hours does, may not have been looked at yet. */
    private void letOlderEnter(Gate gate, Instant now) {
        for (String older : locks.before(gate)) {
            gates.apply(older)
                    .filter(Gate::isOpen)
                    .filter(other -> waitsForLockOnly(other, now))
                    .ifPresent(locks::enter);
        }
    }

    /** Whether the gate would open now, if the lock were free. */
    boolean waitsForLockOnly(Gate gate, Instant now) {
        return opens(GateRules.settle(gate, apartFromLock(gate, now), now));
    }

    private static boolean opens(Decision decision) {
        return decision instanceof Decision.Accepted accepted
                && accepted.events().stream()
                        .anyMatch(event -> event instanceof GateEvent.Closed closed && closed.outcome().opens());
    }
}
