package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.time.Instant;

/**
 * A time in which nothing is to change.
 *
 * @param to the first instant that is free again
 * @param reason on one line; empty if nobody said
 */
record Freeze(Instant from, Instant to, String reason) {

    boolean touches(Instant first, Instant last) {
        return to.isAfter(first) && from.isBefore(last);
    }
}
