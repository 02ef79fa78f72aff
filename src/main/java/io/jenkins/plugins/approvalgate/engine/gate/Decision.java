package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.List;
import java.util.Optional;

/** What {@link GateRules} answers to a {@link Command}. */
public sealed interface Decision {

    /** It may be: these events are to be recorded, together or not at all. */
    record Accepted(List<GateEvent> events) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /**
     * It may not be, and nothing changes.
     *
     * @param message tells the person why, and where there is a way, what to do
     * @param outcome how the gate ended, where that is why
     */
    record Refused(Why why, String message, Optional<Outcome> outcome) implements Decision {}

    /** The kinds of refusal. */
    enum Why {
        /** What was said cannot be meant: too long, no reason given, an unknown field. */
        INVALID,
        /** The person does not stand in the policy, or not now. */
        NOT_YOURS,
        /** The gate has its outcome. */
        CLOSED
    }
}
