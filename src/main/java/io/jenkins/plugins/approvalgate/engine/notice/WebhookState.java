package io.jenkins.plugins.approvalgate.engine.notice;

import java.time.Instant;
import java.util.Optional;

/**
 * How a webhook does.
 *
 * @param shown what it is called, without any secret
 * @param seq the number of the last line of the journal that it has been told of, or that was not for it
 * @param failingSince when the first of the calls failed that failed in a row; empty if the last one did not fail
 * @param problem why the last call failed; empty if it did not
 * @param paused whether it said that it is gone (410), so that it is called no more before its settings change
 */
public record WebhookState(
        String shown, long seq, Optional<Instant> failingSince, Optional<String> problem, boolean paused) {}
