package io.jenkins.plugins.approvalgate.build;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.time.Instant;
import java.util.Optional;

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

    /** The outcome's name; {@code WAITING} while there is none. */
    public String getStatus() {
        return gate.closed().map(closed -> closed.outcome().name()).orElse("WAITING");
    }

    /** One sentence: how it ended, or what it waits for. */
    public String getSentence() {
        return gate.closed()
                .map(GateEvent.Closed::reason)
                .orElseGet(() -> "Needs " + String.join(", and ", gate.tally().missing()) + ".");
    }

    /** When it ended, or by when somebody should have decided, or else when it times out: ISO-8601, UTC. */
    public String getTime() {
        Optional<Instant> ended = gate.closed().map(GateEvent.Closed::at);
        return ended.or(() -> gate.requested().slaDue())
                .orElse(gate.requested().deadline())
                .toString();
    }

    /** Whether the SLA is what {@link #getTime} tells of. */
    public boolean isSla() {
        return gate.isOpen() && gate.requested().slaDue().isPresent();
    }
}
