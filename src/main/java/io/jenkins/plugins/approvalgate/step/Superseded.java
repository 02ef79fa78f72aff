package io.jenkins.plugins.approvalgate.step;

import jenkins.model.CauseOfInterruption;

/** Why a build stopped at a gate where only the newest build counts. */
final class Superseded extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason the sentence that says by what */
    Superseded(String reason) {
        this.reason = reason;
    }

    @Override
    public String getShortDescription() {
        return reason;
    }
}
