package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Explainer;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks and what they say, for those who may read the gate. */
final class CheckJson {

    private final GateKeeper keeper;

    CheckJson(GateKeeper keeper) {
        this.keeper = keeper;
    }

    /** What is configured, without what it says. */
    ObjectNode configured(CheckSpec spec) {
        ObjectNode node = Json.object().put("kind", spec.kind());
        return node.put("summary", keeper.check(spec).map(Check::summary).orElse("not usable now"));
    }

    /** The checks of a gate, and what each says. */
    void ofGate(Gate gate, Conditions conditions, ArrayNode array) {
        List<CheckSpec> specs = gate.requested().checks();
        for (int i = 0; i < specs.size(); i++) {
            ObjectNode node = configured(specs.get(i));
            CheckResult result = conditions.checks().get(i);
            said(result, node);
            evaluatedAt(gate, i).ifPresent(at -> node.put("evaluatedAt", at.toString()));
            if (!result.detail().isEmpty()) {
                node.put("detail", result.detail());
            }
            array.add(node);
        }
    }

    private Optional<Instant> evaluatedAt(Gate gate, int index) {
        return keeper.answeredAt(gate, index)
                .or(() -> gate.check(index).map(GateEvent.CheckEvaluated::at));
    }

    private static void said(CheckResult result, ObjectNode node) {
        node.put("status", result.verdict().name());
        node.put("reason", result.reason());
        result.until().ifPresent(until -> node.put("until", until.toString()));
    }

    ObjectNode explanation(Explainer.Explanation explanation) {
        ObjectNode node = Json.object();
        node.put("verdict", explanation.outlook().name());
        node.put("sentence", explanation.sentence());
        ArrayNode checks = node.putArray("checks");
        for (Explainer.Row row : explanation.checks()) {
            ObjectNode check = configured(row.spec());
            row.result()
                    .ifPresentOrElse(
                            result -> said(result, check),
                            () -> check.put("status", "SKIPPED").put("reason", row.reason()));
            checks.add(check);
        }
        node.putObject("approval")
                .put("mayDecide", explanation.mayDecide())
                .put("reason", explanation.whyDecide());
        explanation.changesAt().ifPresent(at -> node.put("changesAt", at.toString()));
        return node;
    }
}
