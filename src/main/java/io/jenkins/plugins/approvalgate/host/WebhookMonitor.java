package io.jenkins.plugins.approvalgate.host;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.approvalgate.engine.notice.WebhookState;
import io.jenkins.plugins.approvalgate.engine.notice.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells administrators of webhooks that could not be told anything for an hour, or that want to be called no more. */
@Extension
public class WebhookMonitor extends AdministrativeMonitor {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Clock clock;

    public WebhookMonitor() {
        this(Clock.systemUTC());
    }

    WebhookMonitor(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String getDisplayName() {
        return Messages.WebhookMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return !getFailing().isEmpty();
    }

    /** A row of the message. */
    public record Row(String shown, String problem, String since) {}

    /** Those to be told of, without any secret. */
    public List<Row> getFailing() {
        Instant longAgo = clock.instant().minus(PATIENCE);
        return ApprovalGates.get().webhooks().map(Webhooks::state).orElse(List.of()).stream()
                .filter(state -> state.paused() || state.failingSince().filter(longAgo::isAfter).isPresent())
                .map(WebhookMonitor::row)
                .toList();
    }

    private static Row row(WebhookState state) {
        return new Row(
                state.shown(), state.problem().orElse(""), state.failingSince().map(Instant::toString).orElse(""));
    }
}
