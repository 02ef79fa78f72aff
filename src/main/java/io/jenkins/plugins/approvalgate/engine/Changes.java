package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Decision;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.engine.gate.Reminders;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * How an open gate changes: one after the other, first what is due by itself, then what somebody wants, then what follows
 * from that; and afterwards somebody is told to look again in time. Thread-safe; waits for the disk.
 */
final class Changes {

    private static final Logger LOGGER = Logger.getLogger(Changes.class.getName());

    private final GateBook book;
    private final Ledger ledger;
    private final Situation situation;
    private final Function<Gate, Notifications> notifications;
    private final Locks locks;
    private final CheckRuns runs;
    private final Timers timers;
    private final Workers workers;
    private final Supplier<Instant> clock;

    /** @param notifications of a gate's environment, as they are configured now */
    Changes(
            GateBook book,
            Ledger ledger,
            Situation situation,
            Function<Gate, Notifications> notifications,
            Locks locks,
            CheckRuns runs,
            Timers timers,
            Workers workers,
            Supplier<Instant> clock) {
        this.book = book;
        this.ledger = ledger;
        this.situation = situation;
        this.notifications = notifications;
        this.locks = locks;
        this.runs = runs;
        this.timers = timers;
        this.workers = workers;
        this.clock = clock;
    }

    /** What a rule says of a gate, given what stands around it. */
    interface Rule {
        Decision decide(Gate gate, Conditions conditions);
    }

    /**
     * A gate that begins with {@code event}. What its checks say at once is part of that: the same write, or none of it.
     *
     * @throws Refusal if it could not be written
     */
    Gate begin(String id, GateEvent event) throws Refusal {
        Instant since = clock.get();
        Gate imagined = Gate.open(id, new Recorded(0, event));
        List<GateEvent> events = new ArrayList<>(List.of(event));
        Gate gate;
        try {
            if (situation.settle(imagined, clock.get()) instanceof Decision.Accepted accepted) {
                events.addAll(accepted.events());
            }
            gate = ledger.begin(id, events);
        } catch (Refusal notWritten) {
            locks.unclaim(imagined);
            locks.leave(imagined);
            hurryNextLater(imagined);
            throw notWritten;
        }
        follow(gate, since);
        return gate;
    }

    /**
     * Sees to what comes by itself for a gate that is in the book from now on.
     *
     * @param since no later than the time as of which the gate is as it is
     */
    void follow(Gate gate, Instant since) {
        if (gate.isOpen()) {
            runs.begin(gate);
        }
        after(gate, since);
    }

    /**
     * What becomes of an open gate by {@code rule}; of one that ended meanwhile, what the rule says of that.
     *
     * @param slot of a gate that was open
     * @throws Refusal if the rule refuses, or it could not be written
     */
    Gate change(GateBook.Slot slot, Rule rule) throws Refusal {
        Instant since = clock.get();
        slot.lock.lock();
        boolean written = true;
        try {
            Gate settled = settle(slot.gate());
            Gate changed = carryOut(settled, conditions -> rule.decide(settled, conditions));
            return changed == settled ? settled : whatFollows(changed);
        } catch (Refusal refusal) {
            written = refusal.kind() != Refusal.Kind.UNAVAILABLE;
            throw refusal;
        } finally {
            slot.lock.unlock();
            if (written) {
                after(slot.gate(), since);
            } else {
                hurryNextLater(slot.gate());
            }
        }
    }

    /** What a rule says of a gate that has ended, which changes nothing. */
    Gate refuse(Gate ended, Rule rule) throws Refusal {
        return carryOut(ended, conditions -> rule.decide(ended, conditions));
    }

    private Gate settle(Gate gate) throws Refusal {
        Gate settled = write(gate, situation.settle(gate, clock.get()));
        return ledger.add(settled, Reminders.due(settled, notifications.apply(settled), clock.get()));
    }

    /** Settles a gate that was just changed. That this cannot be written does not undo the change, which is. */
    private Gate whatFollows(Gate changed) {
        try {
            return settle(changed);
        } catch (Refusal later) {
            tryAgain(changed.id(), later);
            return changed;
        }
    }

    private Gate carryOut(Gate gate, Function<Conditions, Decision> rule) throws Refusal {
        return write(gate, situation.ask(gate, rule, clock.get()));
    }

    private Gate write(Gate gate, Decision decision) throws Refusal {
        if (decision instanceof Decision.Refused refused) {
            throw new Refusal(refused);
        }
        try {
            return ledger.add(gate, ((Decision.Accepted) decision).events());
        } catch (Refusal notWritten) {
            locks.unclaim(gate);
            throw notWritten;
        }
    }

    /** Does what is due; comes again when something else will be. */
    void settle(String gateId) {
        Optional<GateBook.Slot> slot = book.openSlot(gateId);
        if (slot.isEmpty()) {
            return;
        }
        try {
            change(slot.get(), (gate, conditions) -> new Decision.Accepted(List.of()));
        } catch (Refusal refusal) {
            tryAgain(gateId, refusal);
        }
    }

    private void tryAgain(String gateId, Refusal refusal) {
        LOGGER.log(Level.WARNING, refusal, () -> "Gate " + gateId + ": will be tried again in a minute");
        timers.at(inAMinute(), () -> settle(gateId));
    }

    private Instant inAMinute() {
        return clock.get().plus(1, ChronoUnit.MINUTES);
    }

    /** The same, soon. */
    void settleLater(String gateId) {
        workers.commands().execute(() -> settle(gateId));
    }

    /** Whoever changed a gate sees to what comes next: when to look again, and whose turn it is. */
    private void after(Gate gate, Instant since) {
        if (gate.isOpen()) {
            watch(gate, since);
        } else {
            runs.end(gate);
        }
        if (gate.wantsLock()) {
            hurryNext(gate.request().environment());
        }
    }

    /** Lets the gate that is the next to have a free lock have it. */
    void hurryNext(String environment) {
        locks.next(environment).ifPresent(this::settleLater);
    }

    /** The same, when the disk may be back: somebody else may have been sent to wait for a lock that was not taken then. */
    private void hurryNextLater(Gate gate) {
        if (gate.wantsLock()) {
            timers.at(inAMinute(), () -> hurryNext(gate.request().environment()));
        }
    }

    /**
     * Looks at the gate again when its time is up, when the first of its checks may say something else, when an approval
     * takes effect, or when somebody is to be reminded. What became due while the gate was being looked at is due at once.
     *
     * @param since when that look began
     */
    private void watch(Gate gate, Instant since) {
        Instant deadline = gate.requested().deadline();
        Instant next = Stream.of(
                        situation.seen(gate, since).changeAfter(since),
                        gate.nextEffect(since),
                        Reminders.next(gate, notifications.apply(gate), since))
                .flatMap(Optional::stream)
                .filter(change -> change.isBefore(deadline))
                .min(Instant::compareTo)
                .orElse(deadline);
        book.openSlot(gate.id())
                .filter(slot -> slot.needsAlarm(next))
                .ifPresent(slot -> timers.at(next, () -> {
                    slot.alarmRang(next);
                    settle(gate.id());
                }));
    }
}
