package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.time.Instant;

/**
 * What a check is asked about: a gate that waits, or one that somebody imagines ({@code explain}).
 *
 * @param gate the gate's id; {@code "explain"} for an imagined one
 * @param requestedAt when the build asked
 * @param deadline when the gate times out
 * @param index the place of the check among those of the gate
 */
public record Subject(String gate, GateRequest request, Instant requestedAt, Instant deadline, int index) {}
