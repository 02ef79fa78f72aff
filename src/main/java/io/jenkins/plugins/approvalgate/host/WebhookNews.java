package io.jenkins.plugins.approvalgate.host;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.notice.Webhooks;
import java.util.List;

/** Has the webhooks look for what is new. */
@Extension
public final class WebhookNews implements GateListener {

    @Override
    public void onChanged(Gate gate, List<GateEvent> news) {
        ApprovalGates.get().webhooks().ifPresent(Webhooks::changed);
    }
}
