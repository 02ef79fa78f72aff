package io.jenkins.plugins.approvalgate.step;

import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The block behind a gate that has opened, and how far it is. Kept with the pipeline's own state: what it says after a
 * restart is what was true of the block when that state was written, whatever has happened since.
 *
 * <p>The callbacks are called on the pipeline's thread and do no more than take note.
 */
final class GuardedBody extends BodyExecutionCallback {
    private static final long serialVersionUID = 1L;

    private final ApprovalGateExecution step;
    private final GateResult result;
    /** {@code null} until it was asked to begin. */
    private volatile BodyExecution body;

    private volatile boolean begun;
    private volatile boolean ended;
    /** {@code null} for a block that succeeded. */
    private volatile Throwable failure;

    /** @param result what the step gives back if the block succeeds */
    GuardedBody(ApprovalGateExecution step, GateResult result) {
        this.step = step;
        this.result = result;
    }

    /** Has the block run, soon. Called again after a restart, if it had not {@linkplain #hasBegun() begun}. */
    void begin(StepContext context) {
        body = context.newBodyInvoker().withCallback(this).start();
    }

    @Override
    public void onStart(StepContext context) {
        begun = true;
    }

    @Override
    public void onSuccess(StepContext context, Object ignored) {
        ended = true;
        step.later(step::giveBack);
    }

    @Override
    public void onFailure(StepContext context, Throwable cause) {
        failure = cause;
        ended = true;
        step.later(step::giveBack);
    }

    boolean hasBegun() {
        return begun;
    }

    boolean hasEnded() {
        return ended;
    }

    /** The id of the user who stopped the block; empty where none did. */
    Optional<String> whoStopped() {
        return Endings.whoStopped(failure);
    }

    /** Stops the block, which then ends like any other; {@code false} if there is none to stop any more. */
    boolean stop(Throwable cause) {
        return body != null && !ended && body.cancel(cause);
    }

    /** Tells the pipeline how the block ended: the block's failure is the step's. */
    void tell(StepContext context) {
        if (failure == null) {
            context.onSuccess(result);
        } else {
            context.onFailure(failure);
        }
    }
}
