package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the checks of a gate say at a moment. Those that look at the request or the time are evaluated here and now; of those
 * that ask others, the last answer counts as long as it holds. Thread-safe; waits for nothing.
 */
final class Checks {

    private static final Logger LOGGER = Logger.getLogger(Checks.class.getName());
    private static final int MOST_KEPT = 1_000;

    /** An answer that this process got. */
    record Answer(Instant at, CheckResult result) {}

    private record Key(String gate, int check) {}

    private final Supplier<CheckTypes> types;
    private final Map<CheckSpec, Check> made = new ConcurrentHashMap<>();
    private final Set<CheckSpec> unusable = ConcurrentHashMap.newKeySet();
    private final Map<Key, Answer> answers = new ConcurrentHashMap<>();

    /** @param types as they are now; others may come with the host's extensions */
    Checks(Supplier<CheckTypes> types) {
        this.types = types;
    }

    /** What each check of {@code gate} says, in their order; of a closed gate, what was recorded last. */
    List<CheckResult> look(Gate gate, Instant now) {
        List<CheckResult> results = new ArrayList<>();
        for (int i = 0; i < gate.requested().checks().size(); i++) {
            results.add(gate.isOpen() ? open(gate, i, now) : recorded(gate, i).orElse(CheckResult.NOT_ASKED));
        }
        return results;
    }

    private CheckResult open(Gate gate, int index, Instant now) {
        CheckSpec spec = gate.requested().checks().get(index);
        Optional<Check> check = check(spec);
        if (check.isEmpty()) {
            return unusable(spec);
        }
        if (check.get() instanceof Check.Asking asking) {
            return answered(gate, index, asking, now);
        }
        // The request never changes. But that a check could not be evaluated says nothing about the request.
        Optional<CheckResult> before = recorded(gate, index).filter(result -> result.verdict() != Verdict.WAIT);
        if (check.get() instanceof Check.OfRequest && before.isPresent()) {
            return before.get();
        }
        return evaluate(check.get(), subject(gate, index), now).orElse(CheckResult.NOT_ASKED);
    }

    static CheckResult unusable(CheckSpec spec) {
        return CheckResult.waiting("The check " + spec.kind()
                + " cannot be evaluated: its settings or the plugin that brought it are not usable now.");
    }

    /** What a check that asks nobody says; empty for one that asks. */
    static Optional<CheckResult> evaluate(Check check, Subject subject, Instant now) {
        try {
            if (check instanceof Check.OfRequest ofRequest) {
                return Optional.of(ofRequest.evaluate(subject));
            }
            return check instanceof Check.OfTime ofTime ? Optional.of(ofTime.evaluate(subject, now)) : Optional.empty();
        } catch (RuntimeException | LinkageError | StackOverflowError bug) {
            LOGGER.log(Level.SEVERE, bug, () -> "Gate " + subject.gate() + ": check " + subject.index() + " failed");
            return Optional.of(CheckResult.waiting("The check itself failed; the log of the controller says how."));
        }
    }

    private CheckResult answered(Gate gate, int index, Check.Asking check, Instant now) {
        Optional<Answer> here = lastAnswer(gate, index);
        Optional<CheckResult> last = here.map(Answer::result).or(() -> recorded(gate, index));
        if (last.isEmpty()) {
            return CheckResult.NOT_ASKED;
        }
        boolean lets = last.get().verdict().lets();
        boolean expired = last.get().until().filter(until -> !now.isBefore(until)).isPresent();
        // What can change back may have done so while this process was not there to see it.
        boolean unseen = check.watches() && here.isEmpty();
        return lets && (expired || unseen) ? CheckResult.waiting("It is being asked again.") : last.get();
    }

    private static Optional<CheckResult> recorded(Gate gate, int index) {
        return gate.check(index).map(GateEvent.CheckEvaluated::result);
    }

    /** The check that {@code spec} means; empty if it cannot be used now, with the reason in the log. */
    Optional<Check> check(CheckSpec spec) {
        Check known = made.get(spec);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            Check check = types.get().create(spec);
            if (made.size() >= MOST_KEPT) {
                made.clear();
            }
            made.put(spec, check);
            unusable.remove(spec);
            return Optional.of(check);
        } catch (RuntimeException | LinkageError | StackOverflowError wrong) {
            // Told once: it is asked for whenever somebody looks at a gate.
            LOGGER.log(unusable.add(spec) ? Level.WARNING : Level.FINE, wrong, () -> "A check cannot be used");
            return Optional.empty();
        }
    }

    static Subject subject(Gate gate, int index) {
        return new Subject(
                gate.id(), gate.request(), gate.requested().at(), gate.requested().deadline(), index);
    }

    /** Keeps an answer until the gate ends. */
    void answer(Gate gate, int index, Answer answer) {
        answers.put(new Key(gate.id(), index), answer);
    }

    /** Takes an answer back that did not come to be recorded. */
    void takeBack(Gate gate, int index, Answer answer, Optional<Answer> before) {
        Key key = new Key(gate.id(), index);
        answers.computeIfPresent(key, (k, last) -> last == answer ? before.orElse(null) : last);
    }

    /** The last answer that this process got; empty if none. */
    Optional<Answer> lastAnswer(Gate gate, int index) {
        return Optional.ofNullable(answers.get(new Key(gate.id(), index)));
    }

    void forget(Gate gate) {
        for (int i = 0; i < gate.requested().checks().size(); i++) {
            answers.remove(new Key(gate.id(), i));
        }
    }
}
