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
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.BuildFacts;
import io.jenkins.plugins.approvalgate.host.Builds;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * One step that waits, and then runs its block, if it has one. Holds no thread and no state but the gate's id and how far the
 * block is: what became of the gate is asked of the engine, so a decision taken while this build was not loaded counts all the
 * same.
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
    /** {@code null} until the gate has opened, and for a step without a block. */
    private volatile GuardedBody body;
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
        later(gateId == null ? this::ask : this::goOn);
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
            if (gate.isOpen()) {
                ConsoleLines.requested(listener(), gate);
                if (getContext().get(Computer.class) != null) {
                    ConsoleLines.executorHeld(listener());
                }
            }
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
        return BuildFacts.of(run, node)
                .request(
                        BuildFacts.key(run, node),
                        step.getEnvironment(),
                        message,
                        step.metrics(),
                        ScriptValues.asLinks(step.links()),
                        ScriptValues.inputs(step.parameters()));
    }

    /** After a restart. */
    private void goOn() {
        // Of a gate that has opened meanwhile, findAgain() begins the block, and once is enough.
        GuardedBody before = body;
        try {
            findAgain();
        } catch (Refusal | IOException notNow) {
            // Neither open nor closed: the build goes on waiting, and the next start asks again.
            LOGGER.log(Level.SEVERE, notNow, () -> "Gate " + gateId + ": its build cannot go on");
            ConsoleLines.problem(listener(), notNow);
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
        }
        if (before != null && before.hasEnded()) {
            giveBack();
        } else if (before != null && !before.hasBegun()) {
            before.begin(getContext());
        }
    }

    /** What the journal says; where it does not know the gate any more, what the build had kept. */
    private void findAgain() throws IOException, Refusal, InterruptedException {
        GateKeeper keeper = ApprovalGates.get().keeperOrExplain();
        Optional<Gate> known = keeper.find(gateId);
        if (known.isPresent()) {
            requireOurs(known.get());
            await(known.get(), known.get().history().size());
        } else {
            Gate lost = GateRecords.gate(getContext().get(Run.class), gateId);
            await(keeper.restore(lost), lost.history().size());
        }
    }

    /** What this step kept of itself is a file on the disk, and could name the gate of another build. */
    private void requireOurs(Gate gate) throws IOException, InterruptedException {
        if (!Builds.isOf(getContext().get(Run.class), gate.request())) {
            throw new IOException("gate " + gate.id() + " is of another build, " + gate.request().buildName());
        }
    }

    /**
     * First listens, then looks: what happens in between is neither missed nor told twice.
     *
     * @param known how much of the gate's history the build's log has already
     */
    private void await(Gate gate, int known) throws IOException, Refusal, InterruptedException {
        if (gate.isOpen()) {
            beginPause();
        }
        logged = known;
        WaitingSteps.add(gate.id(), this);
        changed(ApprovalGates.get().keeperOrExplain().find(gate.id()).orElse(gate));
    }

    /** Tells the build's log what happened to the gate since it was told last; the gate may have ended. */
    void changed(Gate gate) {
        if (told) {
            return;
        }
        for (; logged < gate.history().size(); logged++) {
            ConsoleLines.happened(listener(), gate, logged);
        }
        if (!gate.isOpen() && body == null) {
            finish(gate);
        }
    }

    /** Lets the block run, where there is one and it may; else tells the pipeline how the gate ended. */
    private void finish(Gate gate) {
        endPause();
        Outcome outcome = gate.closed().orElseThrow().outcome();
        boolean goesOn = outcome.opens() || !step.isFailOnRejection() && outcome != Outcome.CANCELLED;
        ConsoleLines.ended(listener(), gate, goesOn);
        if (outcome.opens() && getContext().hasBody()) {
            body = new GuardedBody(this, new GateResult(gate));
            body.begin(getContext());
        } else if (goesOn) {
            end(() -> getContext().onSuccess(new GateResult(gate)));
        } else {
            fail(Endings.of(gate));
        }
    }

    /** The block has ended: first the journal, then the pipeline, so that no build goes on that still keeps others out. */
    void giveBack() {
        if (told) {
            return;
        }
        try {
            GateKeeper keeper = ApprovalGates.get().keeperOrExplain();
            keeper.release(gateId, new Command.Release(body.whoStopped(), "Its block ended."));
            keeper.find(gateId).ifPresent(this::changed);
            end(() -> body.tell(getContext()));
        } catch (Refusal | IOException notNow) {
            LOGGER.log(Level.WARNING, notNow, () -> "Gate " + gateId + ": its lock cannot be given back now");
            ConsoleLines.keepsLock(listener(), notNow);
            Timer.get().schedule(() -> later(this::giveBack), 1, TimeUnit.MINUTES);
        }
    }

    private void fail(Throwable cause) {
        end(() -> getContext().onFailure(cause));
    }

    /** Tells the pipeline, once. */
    private void end(Runnable telling) {
        WaitingSteps.remove(gateId, this);
        if (!told) {
            told = true;
            telling.run();
        }
    }

    /** Stage views show the step as waiting; once, also where a crash came between the gate's request and this. */
    private void beginPause() throws IOException, InterruptedException {
        FlowNode node = getContext().get(FlowNode.class);
        if (!PauseAction.isPaused(node)) {
            node.addAction(new PauseAction(Messages.ApprovalGateStep_Paused()));
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
            if (body != null && body.stop(cause)) {
                return;
            }
            callOff(Endings.whoStopped(cause));
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
        if (gateId == null) {
            return "asking for the gate";
        }
        return (body == null ? "waiting at gate " : "behind gate ") + gateId + " of " + step.getEnvironment();
    }
}
