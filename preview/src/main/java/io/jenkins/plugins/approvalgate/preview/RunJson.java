package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as JSON: the same on disk and in the API. */
final class RunJson {

    private RunJson() {}

    static ObjectNode write(Run run) {
        ObjectNode node = Json.object();
        node.put("run", run.id());
        node.put("number", run.number());
        node.put("branch", run.branch());
        node.put("user", run.user());
        node.put("startedAt", run.startedAt().toString());
        node.put("status", run.status().name());
        ObjectNode metrics = node.putObject("metrics");
        run.metrics().forEach(metrics::put);
        ArrayNode stages = node.putArray("stages");
        run.steps().forEach(step -> stages.add(write(step)));
        ArrayNode gates = node.putArray("gates");
        run.gates().forEach(gates::add);
        ArrayNode log = node.putArray("log");
        run.log().forEach(log::add);
        return node;
    }

    private static ObjectNode write(Step step) {
        ObjectNode node = Json.object().put("name", step.stage()).put("status", step.status().name());
        step.environment().ifPresent(environment -> node.put("environment", environment));
        step.gate().ifPresent(gate -> node.put("gate", gate));
        return node;
    }

    /** @throws IOException if {@code node} is not what {@link #write(Run)} makes */
    static Run read(JsonNode node) throws IOException {
        try {
            Map<String, String> metrics = new LinkedHashMap<>();
            node.required("metrics").properties().forEach(entry -> metrics.put(
                    entry.getKey(), entry.getValue().asText()));
            List<Step> steps = new ArrayList<>();
            for (JsonNode stage : node.required("stages")) {
                steps.add(step(stage));
            }
            List<String> log = new ArrayList<>();
            node.required("log").forEach(line -> log.add(line.asText()));
            return new Run(
                    node.required("number").asInt(),
                    node.required("branch").asText(),
                    node.required("user").asText(),
                    metrics,
                    Instant.parse(node.required("startedAt").asText()),
                    steps,
                    log);
        } catch (IllegalArgumentException | DateTimeException notARun) {
            throw new IOException(notARun);
        }
    }

    private static Step step(JsonNode stage) {
        return new Step(
                stage.required("name").asText(),
                textIfGiven(stage, "environment"),
                textIfGiven(stage, "gate"),
                Step.Status.valueOf(stage.required("status").asText()));
    }

    private static Optional<String> textIfGiven(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }
}
