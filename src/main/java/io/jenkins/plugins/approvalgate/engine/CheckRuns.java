package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.CheckPool;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Asks the checks that ask others, for every open gate: at once, again when their answer says to wait or expires, and less
 * and less often while there is none. What they answer goes to {@link Checks}; what follows from it, the keeper decides.
 *
 * <p>Thread-safe; no method waits for a check.
 */
final class CheckRuns implements Closeable {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 20;
    /** What others are spared of impatience. */
    private static final Duration BETWEEN_RECHECKS = Duration.ofSeconds(10);

    private record Key(String gate, int check) {}

    /** @param failures how many attempts in a row had no answer */
    private record Turn(long number, Instant due, int failures) {}

    /** What the runs need of the keeper. */
    interface Keeper extends Callbacks {
        /** The gate as it is; empty if it is not open. */
        Optional<Gate> stillOpen(String gateId);

        /** A check has answered; see what follows. May wait for the disk. */
        void answered(String gateId);
    }

    private final Checks checks;
    private final Timers timers;
    private final Workers workers;
    private final Supplier<Instant> clock;
    private final Keeper keeper;
    private final CheckPool pool = new CheckPool();
    /** The next turn of each check that has one. */
    private final Map<Key, Turn> turns = new ConcurrentHashMap<>();
    /** By gate: when somebody last wanted all of its checks asked again. */
    private final Map<String, Instant> rechecked = new ConcurrentHashMap<>();

    CheckRuns(Checks checks, Timers timers, Workers workers, Supplier<Instant> clock, Keeper keeper) {
        this.checks = checks;
        this.timers = timers;
        this.workers = workers;
        this.clock = clock;
        this.keeper = keeper;
    }

    /** Begins to ask for a gate that is new, or was found at the start. */
    void begin(Gate gate) {
        for (int i = 0; i < gate.requested().checks().size(); i++) {
            Optional<Check.Asking> check = asking(gate, i);
            if (check.isPresent()) {
                int index = i;
                Optional<CheckResult> recorded = gate.check(i).map(GateEvent.CheckEvaluated::result);
                recorded.ifPresentOrElse(
                        result -> resume(gate, index, check.get(), result), () -> plan(gate, index, clock.get(), 0));
            }
        }
    }

    /** What was answered before the restart holds as long as it says; what may have changed meanwhile is asked anew. */
    private void resume(Gate gate, int index, Check.Asking check, CheckResult result) {
        if (result.verdict().lets() && !check.watches() && result.until().isEmpty()) {
            return;
        }
        boolean holds = !check.watches() && result.until().isPresent();
        plan(gate, index, holds ? result.until().get() : clock.get(), 0);
    }

    /**
     * Asks all of a gate's checks again, whatever they said and whenever their turn would be.
     *
     * @return whether it does; not so soon after the last time
     */
    boolean again(Gate gate) {
        Instant now = clock.get();
        Instant last = rechecked.get(gate.id());
        if (last != null && !last.isAfter(now) && now.isBefore(last.plus(BETWEEN_RECHECKS))) {
            return false;
        }
        if (!(last == null ? rechecked.putIfAbsent(gate.id(), now) == null : rechecked.replace(gate.id(), last, now))) {
            return false;
        }
        for (int i = 0; i < gate.requested().checks().size(); i++) {
            if (asking(gate, i).isPresent()) {
                plan(gate, i, now, 0);
            }
        }
        return true;
    }

    private Optional<Check.Asking> asking(Gate gate, int index) {
        CheckSpec spec = gate.requested().checks().get(index);
        return checks.check(spec).filter(Check.Asking.class::isInstance).map(Check.Asking.class::cast);
    }

    private void plan(Gate gate, int index, Instant due, int failures) {
        Key key = new Key(gate.id(), index);
        Turn turn = turns.merge(
                key, new Turn(0, due, failures), (before, next) -> new Turn(before.number() + 1, due, failures));
        timers.at(due, () -> ask(key, turn));
    }

    private void ask(Key key, Turn turn) {
        // Planned anew meanwhile, or the clock was set back: then another timer comes.
        if (!turn.equals(turns.get(key))) {
            return;
        }
        Optional<Gate> gate = keeper.stillOpen(key.gate());
        Optional<Check.Asking> check = gate.flatMap(open -> asking(open, key.check()));
        if (check.isEmpty()) {
            turns.remove(key, turn);
            return;
        }
        Object place = gate.get().requested().checks().get(key.check());
        pool.ask(
                place,
                check.get().timeLimit(),
                () -> check.get().ask(Checks.subject(gate.get(), key.check()), clock.get(), keeper),
                answer -> workers.commands().execute(() -> take(gate.get(), key, turn, check.get(), answer)));
    }

    private void take(Gate gate, Key key, Turn turn, Check.Asking check, CheckPool.Answer<CheckResult> answer) {
        if (!turn.equals(turns.get(key))) {
            return;
        }
        Instant now = clock.get();
        boolean failed = answer.failure() != null;
        CheckResult result = resultOf(answer);
        checks.answer(gate, key.check(), new Checks.Answer(now, result));
        planNext(gate, key, check, result, failed ? turn.failures() + 1 : 0, now);
        follow(gate);
    }

    private void follow(Gate gate) {
        keeper.answered(gate.id());
        if (keeper.stillOpen(gate.id()).isEmpty()) {
            end(gate);
        }
    }

    private void planNext(Gate gate, Key key, Check.Asking check, CheckResult result, int failures, Instant now) {
        Optional<Instant> until = result.until().filter(now::isBefore);
        Instant inTurn = now.plus(check.interval());
        if (failures > 0) {
            plan(gate, key.check(), now.plus(pause(check, failures)), failures);
        } else if (check.watches()) {
            plan(gate, key.check(), until.filter(inTurn::isAfter).orElse(inTurn), 0);
        } else if (!result.verdict().lets() || until.isPresent()) {
            plan(gate, key.check(), until.orElse(inTurn), 0);
        } else {
            turns.remove(key);
        }
    }

    /** Ten seconds, twenty, forty, …, never longer than from one answer to the next. */
    private static Duration pause(Check.Asking check, int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration longest = check.interval();
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    /** An answer that came by itself counts like one that was asked for. */
    void answered(Gate gate, int index, CheckResult result) {
        Instant now = clock.get();
        checks.answer(gate, index, new Checks.Answer(now, result));
        asking(gate, index)
                .ifPresent(check -> planNext(gate, new Key(gate.id(), index), check, result, 0, now));
        follow(gate);
    }

    /** The gate has ended. */
    void end(Gate gate) {
        for (int i = 0; i < gate.requested().checks().size(); i++) {
            turns.remove(new Key(gate.id(), i));
        }
        rechecked.remove(gate.id());
        checks.forget(gate);
    }

    /** Asks once, for a gate that somebody imagines, and leaves no trace. */
    Future<CheckResult> askOnce(CheckSpec spec, Check.Asking check, Subject subject, Instant now) {
        CompletableFuture<CheckResult> result = new CompletableFuture<>();
        Callbacks none = (about, expires) -> {
            throw new IOException("nobody can call back an explanation");
        };
        pool.ask(
                spec,
                check.timeLimit(),
                () -> check.ask(subject, now, none),
                answer -> result.complete(resultOf(answer)));
        return result;
    }

    private static CheckResult resultOf(CheckPool.Answer<CheckResult> answer) {
        return answer.failure() == null
                ? answer.value()
                : CheckResult.waiting("No answer yet: " + answer.failure() + ".");
    }

    @Override
    public void close() {
        pool.close();
    }
}
