package io.jenkins.plugins.approvalgate.engine.audit.index;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of a journal, as it is found.
 *
 * @param controller whose journal it is
 * @param environment of the gate, or that the line itself names; so job, build and branch
 * @param outcome of the line that closed a gate
 * @param comment what somebody wrote, or the reason; empty if nothing
 * @param data the line's JSON
 * @param hash the line's
 */
public record AuditEvent(
        String controller,
        long seq,
        Instant at,
        Optional<String> gate,
        String type,
        Optional<String> actor,
        Optional<String> environment,
        Optional<String> job,
        Optional<Integer> build,
        Optional<String> branch,
        Optional<String> outcome,
        String comment,
        String data,
        String hash) {

    /** Where it stands among all that are found. */
    public AuditCursor place() {
        return new AuditCursor(at.toEpochMilli(), controller, seq);
    }
}
