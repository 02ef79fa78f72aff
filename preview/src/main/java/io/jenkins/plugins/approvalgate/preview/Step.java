package io.jenkins.plugins.approvalgate.preview;

import java.util.Optional;

/**
 * A stage of a run, and how far it is.
 *
 * @param environment at which the run asks before the stage
 * @param gate the id of the gate that it got there
 */
record Step(String stage, Optional<String> environment, Optional<String> gate, Status status) {

    /** The words of the API. */
    enum Status {
        NOT_BUILT,
        WAITING,
        RUNNING,
        SUCCESS,
        FAILURE,
        ABORTED;

        boolean isEnd() {
            return switch (this) {
                case SUCCESS, FAILURE, ABORTED -> true;
                case NOT_BUILT, WAITING, RUNNING -> false;
            };
        }
    }

    static Step notBegun(String stage, Optional<String> environment) {
        return new Step(stage, environment, Optional.empty(), Status.NOT_BUILT);
    }

    Step with(Status next) {
        return new Step(stage, environment, gate, next);
    }

    Step waitingAt(String gateId) {
        return new Step(stage, environment, Optional.of(gateId), Status.WAITING);
    }
}
