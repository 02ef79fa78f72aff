package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.UnknownEnvironmentException;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes a run one move further. Every move can be made again after a crash: a gate is asked for under the same key, and
 * what became of it is the journal's to say.
 */
final class Progress {

    private final GateKeeper keeper;

    Progress(GateKeeper keeper) {
        this.keeper = keeper;
    }

    /**
     * The run after its next move; empty if it waits for people, or has ended.
     *
     * @throws Refusal if the journal cannot be asked now
     */
    Optional<Run> next(Run run) throws Refusal {
        Optional<Step> current = run.current();
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Step step = current.get();
        Instant now = keeper.now();
        return switch (step.status()) {
            case NOT_BUILT -> Optional.of(step.environment().isPresent() ? ask(run, step, now) : build(run, step, now));
            case WAITING -> lookAtGate(run, step, now);
            case RUNNING -> Optional.of(build(run, step, now));
            case SUCCESS, FAILURE, ABORTED -> Optional.empty();
        };
    }

    private Run ask(Run run, Step step, Instant now) throws Refusal {
        try {
            Gate gate = keeper.request(Pipeline.request(run, step));
            return run.with(step.waitingAt(gate.id()))
                    .saying(
                            step.stage() + ": waiting at " + gate.request().environment() + ", /approvals/gates/"
                                    + gate.id() + "/",
                            now);
        } catch (UnknownEnvironmentException unknown) {
            return run.with(step.with(Step.Status.FAILURE)).saying(step.stage() + ": " + unknown.getMessage(), now);
        }
    }

    private Optional<Run> lookAtGate(Run run, Step step, Instant now) throws Refusal {
        Optional<Gate> gate = keeper.find(step.gate().orElseThrow());
        if (gate.isEmpty()) {
            return Optional.of(run.with(Step.notBegun(step.stage(), step.environment()))
                    .saying(step.stage() + ": the journal does not know the gate any more, asking again", now));
        }
        return gate.get().closed().map(closed -> afterGate(run, step, closed, now));
    }

    private static Run afterGate(Run run, Step step, GateEvent.Closed closed, Instant now) {
        Step.Status next = closed.outcome().opens()
                ? Step.Status.RUNNING
                : closed.outcome() == Outcome.CANCELLED ? Step.Status.ABORTED : Step.Status.FAILURE;
        return run.with(step.with(next)).saying(step.stage() + ": " + closed.reason(), now);
    }

    private static Run build(Run run, Step step, Instant now) {
        return run.with(step.with(Step.Status.SUCCESS)).saying(step.stage() + ": done", now);
    }
}
