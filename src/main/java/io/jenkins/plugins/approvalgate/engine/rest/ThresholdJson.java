package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.check.Threshold;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a gate's checks ask of each metric, to stand beside its value. */
final class ThresholdJson {

    private final GateKeeper keeper;

    ThresholdJson(GateKeeper keeper) {
        this.keeper = keeper;
    }

    /**
     * For each metric that a check of {@code gate} speaks of, passed or not, the conditions of these checks with what each
     * check says: {@code {"accuracy": [{"condition": "accuracy >= 0.92", "status": "PASS"}]}}. A condition over several
     * metrics stands whole beside each of them, as its status is about the whole.
     */
    ObjectNode ofGate(Gate gate, Conditions conditions) {
        Map<String, ArrayNode> byMetric = new LinkedHashMap<>();
        List<CheckSpec> specs = gate.requested().checks();
        for (int i = 0; i < specs.size(); i++) {
            Optional<Threshold> threshold = keeper.check(specs.get(i)).flatMap(Threshold::of);
            if (threshold.isPresent()) {
                String status = conditions.checks().get(i).verdict().name();
                for (String metric : threshold.get().metrics()) {
                    byMetric.computeIfAbsent(metric, name -> Json.MAPPER.createArrayNode())
                            .addObject()
                            .put("condition", threshold.get().condition())
                            .put("status", status);
                }
            }
        }
        ObjectNode node = Json.object();
        byMetric.forEach(node::set);
        return node;
    }
}
