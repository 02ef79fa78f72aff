package io.jenkins.plugins.approvalgate.step;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.approvalgate.build.GateRecords;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.UnknownEnvironmentException;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.BuildFacts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * One step that waits. Holds no thread and no state but the gate's id: what became of the gate is asked of the engine, so a
 * decision taken while this build was not loaded counts all the same.
 *
 * <p>{@link #start}, {@link #onResume} and {@link #stop} are called on the pipeline's own thread and only hand over to
 * {@link #later}; everything else runs there, one thing after the other.
 */
final class ApprovalGateExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ApprovalGateExecution.class.getName());

    private final ApprovalGateStep step;
    /** {@code null} until the gate's request is on disk; read by other threads for display. */
    private volatile String gateId;
    /** Whether the pipeline has been told how this ended; anew after each restart. */
    private transient boolean told;
    /** How much of the gate's history the build's log has; on the lane only. */
    private transient int logged;
    /** Guarded by this. */
    private transient Executor lane;

    ApprovalGateExecution(ApprovalGateStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    /** Does {@code task} on a thread that may wait, after all that was handed in before. */
    void later(Runnable task) {
        Executor executor;
        synchronized (this) {
            if (lane == null) {
                lane = ApprovalGates.get().lane();
            }
            executor = lane;
        }
        try {
            executor.execute(task);
        } catch (RejectedExecutionException goingDown) {
            LOGGER.log(Level.FINE, goingDown, () -> "Gate " + gateId + ": left for the next start");
        }
    }

    @Override
    public boolean start() {
        later(this::ask);
        return false;
    }

    @Override
    public void onResume() {
        later(gateId == null ? this::ask : this::findAgain);
    }

    /** Asks for the gate. Asked again after a crash, the same node of the same build gets the same gate. */
    private void ask() {
        if (told) {
            return;
        }
        try {
            GateKeeper keeper = ApprovalGates.get().keeperOrExplain();
            Gate gate = keeper.request(request());
            gateId = gate.id();
            getContext().saveState();
            ConsoleLines.requested(listener(), gate);
            if (getContext().get(Computer.class) != null) {
                ConsoleLines.executorHeld(listener());
            }
            getContext().get(FlowNode.class).addAction(new PauseAction(Messages.ApprovalGateStep_Paused()));
            await(gate, 1);
        } catch (UnknownEnvironmentException | Refusal | IllegalArgumentException | IOException failed) {
            fail(new AbortException("approvalGate: " + failed.getMessage()));
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
        }
    }

    private GateRequest request() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        FlowNode node = getContext().get(FlowNode.class);
        String message = Util.fixNull(step.getMessage());
        if (message.length() > ScriptValues.LONGEST_MESSAGE) {
            throw new AbortException("message is longer than " + ScriptValues.LONGEST_MESSAGE + " characters");
        }
        // The name and number of a deleted build may be given again, and must not inherit its approval: its time is its own.
        String key = run.getTimeInMillis() + "/" + node.getId();
        return BuildFacts.of(run, node)
                .request(
                        key,
                        step.getEnvironment(),
                        message,
                        step.metrics(),
                        ScriptValues.asLinks(step.links()),
                        ScriptValues.inputs(step.parameters()));
    }

    /** After a restart: what the journal says; where it does not know the gate any more, what the build had kept. */
    private void findAgain() {
        try {
            GateKeeper keeper = ApprovalGates.get().keeperOrExplain();
            Optional<Gate> known = keeper.find(gateId);
            if (known.isPresent()) {
                await(known.get(), known.get().history().size());
            } else {
                Gate lost = GateRecords.gate(getContext().get(Run.class), gateId);
                await(keeper.restore(lost), lost.history().size());
            }
        } catch (Refusal | IOException notNow) {
            // Neither open nor closed: the build goes on waiting, and the next start asks again.
            LOGGER.log(Level.SEVERE, notNow, () -> "Gate " + gateId + ": its build cannot go on");
            ConsoleLines.problem(listener(), notNow);
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * First listens, then looks: what happens in between is neither missed nor told twice.
     *
     * @param known how much of the gate's history the build's log has already
     */
    private void await(Gate gate, int known) throws IOException, Refusal {
        logged = known;
        WaitingSteps.add(gate.id(), this);
        changed(ApprovalGates.get().keeperOrExplain().find(gate.id()).orElse(gate));
    }

    /** Tells the build's log what happened to the gate since it was told last; the gate may have ended. */
    void changed(Gate gate) {
        List<Recorded> history = gate.history();
        if (told) {
            return;
        }
        for (; logged < history.size(); logged++) {
            ConsoleLines.happened(listener(), gate, history.get(logged).event());
        }
        if (!gate.isOpen()) {
            finish(gate);
        }
    }

    /** Tells the pipeline how the gate ended, once. */
    private void finish(Gate gate) {
        WaitingSteps.remove(gate.id(), this);
        if (told) {
            return;
        }
        told = true;
        endPause();
        GateEvent.Closed closed = gate.closed().orElseThrow();
        ConsoleLines.ended(listener(), gate);
        if (closed.outcome().opens() || !step.isFailOnRejection() && closed.outcome() != Outcome.CANCELLED) {
            getContext().onSuccess(new GateResult(gate));
        } else {
            getContext().onFailure(new AbortException(ConsoleLines.oneLine("The gate of "
                    + gate.request().environment() + " was " + closed.outcome().words() + ". " + closed.reason())));
        }
    }

    private void fail(Throwable cause) {
        if (!told) {
            told = true;
            getContext().onFailure(cause);
        }
    }

    private void endPause() {
        try {
            PauseAction.endCurrentPause(getContext().get(FlowNode.class));
        } catch (IOException | InterruptedException onlyShown) {
            LOGGER.log(Level.FINE, onlyShown, () -> "Gate " + gateId + ": the end of its pause could not be noted");
        }
    }

    @Override
    public void stop(Throwable cause) {
        later(() -> {
            WaitingSteps.remove(gateId, this);
            callOff(whoStopped(cause));
            endPause();
            fail(cause);
        });
    }

    /** First the journal, then the pipeline: a build that goes on being aborted has no gate that could still open. */
    private void callOff(Optional<String> actor) {
        String id = gateId;
        if (id != null) {
            ApprovalGates.get().cancelAll(gate -> gate.id().equals(id), actor, "The build was aborted.");
        }
    }

    private static Optional<String> whoStopped(Throwable cause) {
        if (cause instanceof FlowInterruptedException interrupted) {
            for (CauseOfInterruption reason : interrupted.getCauses()) {
                if (reason instanceof CauseOfInterruption.UserInterruption user) {
                    return Optional.of(user.getUserId());
                }
            }
        }
        return Optional.empty();
    }

    private TaskListener listener() {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            return listener == null ? TaskListener.NULL : listener;
        } catch (IOException | InterruptedException noLog) {
            LOGGER.log(Level.FINE, noLog, () -> "Gate " + gateId + ": the build's log cannot be written");
            return TaskListener.NULL;
        }
    }

    @Override
    public String getStatus() {
        return gateId == null ? "asking for the gate" : "waiting at gate " + gateId + " of " + step.getEnvironment();
    }
}
