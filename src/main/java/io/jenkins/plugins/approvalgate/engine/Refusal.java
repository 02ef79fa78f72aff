package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.Decision;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.util.Optional;

/** A command that was not carried out; nothing changed. The message is for the person who gave it. */
public class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kinds of refusal, as far as a caller does different things about them. */
    public enum Kind {
        INVALID,
        NOT_YOURS,
        CLOSED,
        UNKNOWN_GATE,
        /** Wanted again too soon. */
        TOO_SOON,
        /** It may succeed later: the disk is full, or the controller goes down. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final Outcome outcome;

    Refusal(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.outcome = null;
    }

    Refusal(Decision.Refused refused) {
        super(refused.message());
        kind = switch (refused.why()) {
            case INVALID -> Kind.INVALID;
            case NOT_YOURS -> Kind.NOT_YOURS;
            case CLOSED -> Kind.CLOSED;
        };
        outcome = refused.outcome().orElse(null);
    }

    public Kind kind() {
        return kind;
    }

    /** How the gate ended, where that is why. */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }
}
