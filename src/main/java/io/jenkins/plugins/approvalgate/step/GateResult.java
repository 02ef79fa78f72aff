package io.jenkins.plugins.approvalgate.step;

import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a script gets back from the step; every getter may be called in the sandbox. */
public final class GateResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean approved;
    private final String outcome;
    private final ArrayList<String> approvers;
    private final String comment;
    private final String decidedAt;
    private final LinkedHashMap<String, Object> inputs;

    /** The result of a gate that has ended. */
    GateResult(Gate gate) {
        GateEvent.Closed closed = gate.closed().orElseThrow();
        approved = closed.outcome().opens();
        outcome = closed.outcome().name();
        approvers = new ArrayList<>(gate.approvals(closed.at()).stream().map(Approval::approver).toList());
        comment = lastComment(gate);
        decidedAt = closed.at().toString();
        inputs = ScriptValues.answers(gate.request().inputs(), gate.inputs());
    }

    private static String lastComment(Gate gate) {
        String last = "";
        for (Recorded recorded : gate.history()) {
            if (!recorded.event().comment().isBlank()) {
                last = recorded.event().comment();
            }
        }
        return last;
    }

    /** Whether the gate opened. */
    @Whitelisted
    public boolean isApproved() {
        return approved;
    }

    /** How the gate ended: {@code APPROVED}, {@code REJECTED}, {@code TIMED_OUT}, … */
    @Whitelisted
    public String getOutcome() {
        return outcome;
    }

    /** The ids of those whose approvals counted, in the order in which they came. */
    @Whitelisted
    public List<String> getApprovers() {
        return Collections.unmodifiableList(approvers);
    }

    /** The last thing that anybody said; empty if nobody did. */
    @Whitelisted
    public String getComment() {
        return comment;
    }

    /** When the gate ended: ISO-8601, UTC. */
    @Whitelisted
    public String getDecidedAt() {
        return decidedAt;
    }

    /** The approvers' answers to the step's {@code parameters}, by name: texts, and booleans for {@code booleanParam}. */
    @Whitelisted
    public Map<String, Object> getInputs() {
        return Collections.unmodifiableMap(inputs);
    }

    @Override
    public String toString() {
        return outcome;
    }
}
