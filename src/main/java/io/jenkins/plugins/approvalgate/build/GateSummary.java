package io.jenkins.plugins.approvalgate.build;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.util.Date;

/** A gate as the build page's summary shows it. */
public final class GateSummary {

    private final Gate gate;

    GateSummary(Gate gate) {
        this.gate = gate;
    }

    public String getId() {
        return gate.id();
    }

    public String getEnvironment() {
        return gate.request().environment();
    }

    public boolean isOpen() {
        return gate.isOpen();
    }

    /** How it ended, in a word or three; "waiting" while it has not. */
    public String getStatus() {
        return gate.closed().map(closed -> closed.outcome().words()).orElse("waiting");
    }

    /** One sentence: how it ended, or what it waits for. */
    public String getSentence() {
        return gate.closed()
                .map(GateEvent.Closed::reason)
                .orElseGet(() -> "Needs " + String.join(", and ", gate.tally().missing()) + ".");
    }

    /** By when somebody should have decided; {@code null} where nobody said so. */
    public Date getDue() {
        return gate.requested().slaDue().map(Date::from).orElse(null);
    }

    /** When it times out. */
    public Date getDeadline() {
        return Date.from(gate.requested().deadline());
    }
}
