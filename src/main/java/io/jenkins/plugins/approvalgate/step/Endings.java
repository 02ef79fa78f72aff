package io.jenkins.plugins.approvalgate.step;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.util.Optional;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The ways in which a step ends that may not go on. */
final class Endings {

    private Endings() {}

    /** What the step of a gate fails with that ended without opening. Being overtaken by a newer build is no failure. */
    static Exception of(Gate gate) {
        GateEvent.Closed closed = gate.closed().orElseThrow();
        return closed.outcome() == Outcome.SUPERSEDED
                ? new FlowInterruptedException(Result.NOT_BUILT, new Superseded(ConsoleLines.oneLine(closed.reason())))
                : new AbortException(ConsoleLines.oneLine("The gate of " + gate.request().environment() + " was "
                        + closed.outcome().words() + ". " + closed.reason()));
    }

    /** The id of the user who stopped the build; empty where none did. */
    static Optional<String> whoStopped(Throwable cause) {
        if (cause instanceof FlowInterruptedException interrupted) {
            for (CauseOfInterruption reason : interrupted.getCauses()) {
                if (reason instanceof CauseOfInterruption.UserInterruption user) {
                    return Optional.of(user.getUserId());
                }
            }
        }
        return Optional.empty();
    }
}
