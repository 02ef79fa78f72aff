package io.jenkins.plugins.approvalgate.step;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.host.GateListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The loaded steps that wait, by the id of their gate. */
@Extension
public final class WaitingSteps implements GateListener {

    private final Map<String, ApprovalGateExecution> byGate = new ConcurrentHashMap<>();

    static void add(String gateId, ApprovalGateExecution step) {
        get().byGate.put(gateId, step);
    }

    static void remove(String gateId, ApprovalGateExecution step) {
        if (gateId != null) {
            get().byGate.remove(gateId, step);
        }
    }

    private static WaitingSteps get() {
        return ExtensionList.lookupSingleton(WaitingSteps.class);
    }

    @Override
    public void onChanged(Gate gate, List<GateEvent> news) {
        ApprovalGateExecution step = byGate.get(gate.id());
        if (step != null) {
            step.later(() -> step.changed(gate));
        }
    }
}
