package io.jenkins.plugins.approvalgate.engine.gate;

/** How a gate ended. A gate has exactly one outcome, ever, whatever races for it. */
public enum Outcome {
    /** The policy's people approved. */
    APPROVED("approved"),
    /** A check approved in the people's place. */
    AUTO_APPROVED("approved automatically"),
    /** Somebody with the permission to do so opened the gate past its rules, giving a reason. */
    BYPASSED("bypassed"),
    /** An approver rejected. */
    REJECTED("rejected"),
    /** A check failed. */
    CHECK_FAILED("closed by a failed check"),
    /** Nobody opened the gate in time. */
    TIMED_OUT("timed out"),
    /** The build was aborted or deleted, or somebody who may do so called the request off. */
    CANCELLED("cancelled"),
    /** A newer build asked for the same environment. */
    SUPERSEDED("superseded");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** As it stands in a sentence after "was". */
    public String words() {
        return words;
    }

    /** Whether the pipeline may go on. */
    public boolean opens() {
        return switch (this) {
            case APPROVED, AUTO_APPROVED, BYPASSED -> true;
            case REJECTED, CHECK_FAILED, TIMED_OUT, CANCELLED, SUPERSEDED -> false;
        };
    }
}
