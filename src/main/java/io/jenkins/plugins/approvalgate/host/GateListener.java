package io.jenkins.plugins.approvalgate.host;

import hudson.ExtensionPoint;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.util.List;

/** Told what happened to gates, after it is on disk. */
public interface GateListener extends ExtensionPoint {

    /**
     * Something happened. Called by one thread, in the order in which it happened to each gate; hand anything that takes
     * time to {@link ApprovalGates#later}. What happened just before a crash is not told again.
     *
     * @param gate as it is after the events
     * @param news the events, at least one
     */
    void onChanged(Gate gate, List<GateEvent> news);
}
