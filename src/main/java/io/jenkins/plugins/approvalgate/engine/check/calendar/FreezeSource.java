package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.time.Instant;
import java.util.List;

/** Knows of freezes. */
@FunctionalInterface
interface FreezeSource {

    /**
     * All that have a part between {@code from} and {@code to}, each with its true begin and end; in any order.
     *
     * @throws IllegalArgumentException if they cannot be computed; the message says why
     */
    List<Freeze> between(Instant from, Instant to);
}
