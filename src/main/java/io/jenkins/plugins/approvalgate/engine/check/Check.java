package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A configured condition that decides without a person. Immutable; asked by any thread, for many gates at once. */
public sealed interface Check {

    /** What it wants, in words for the environment's page: {@code only from main, release/*}. */
    String summary();

    /**
     * Looks at nothing but the build's request, which never changes. A failure closes the gate at once.
     */
    non-sealed interface OfRequest extends Check {
        /** Takes microseconds, waits for nothing. */
        CheckResult evaluate(Subject subject);

        /**
         * Why nothing can be said of a request that is only imagined ({@code explain}), in a sentence: it looks at what only
         * a real build brings. Empty if it can.
         */
        default Optional<String> needsBuild(GateRequest imagined) {
            return Optional.empty();
        }
    }

    /**
     * Looks at the request and the time. Asked whenever the gate is looked at, so that no decision rests on a clock that has
     * gone on; what it says holds until the instant it names.
     */
    non-sealed interface OfTime extends Check {
        /** Takes microseconds, waits for nothing. */
        CheckResult evaluate(Subject subject, Instant now);
    }

    /** Asks somebody else: over the network, or in whatever way takes its time. */
    non-sealed interface Asking extends Check {

        /**
         * Asks once. A result that names an instant is taken for expired from then on, and asked for anew. Called by a thread of a pool of its own, interrupted when {@link #timeLimit()} is over.
         *
         * @throws IOException if there was no answer; asked again, later and later, until the gate's deadline. The message
         *     is shown to those who read the gate: it must not hold a secret
         */
        CheckResult ask(Subject subject, Instant now, Callbacks callbacks) throws IOException, InterruptedException;

        /** The longest that one {@link #ask} may take. */
        Duration timeLimit();

        /** How long after an answer that says {@code WAIT} it is asked again, unless the answer names a time. */
        Duration interval();

        /** Whether it goes on being asked after it passed, because what it looks at can change back. */
        default boolean watches() {
            return false;
        }
    }
}
