package io.jenkins.plugins.approvalgate.engine.audit;

import static io.jenkins.plugins.approvalgate.engine.audit.Fields.flag;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.list;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.object;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.optionalInstant;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The serial form of checks: what was configured, and what they said. */
final class ChecksCodec {

    private ChecksCodec() {}

    static void write(List<CheckSpec> checks, ArrayNode array) {
        for (CheckSpec check : checks) {
            ObjectNode node = array.addObject().put("kind", check.kind());
            write(check.settings(), node.putObject("settings"));
        }
    }

    static List<CheckSpec> specs(JsonNode data) {
        if (!data.has("checks")) {
            return List.of();
        }
        return Shared.make(
                data.get("checks"),
                Shared.Kind.CHECKS,
                any -> List.copyOf(
                        list(data, "checks", node -> new CheckSpec(text(node, "kind"), map(object(node, "settings"))))));
    }

    private static void write(Map<?, ?> settings, ObjectNode node) {
        settings.forEach((name, value) -> node.set((String) name, node(value)));
    }

    private static JsonNode node(Object value) {
        if (value instanceof Map<?, ?> map) {
            ObjectNode node = Json.object();
            write(map, node);
            return node;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = Json.object().arrayNode();
            list.forEach(item -> array.add(node(item)));
            return array;
        }
        if (value instanceof Long number) {
            return Json.object().numberNode(number);
        }
        return value instanceof Boolean flag
                ? Json.object().booleanNode(flag)
                : Json.object().textNode((String) value);
    }

    private static Map<String, Object> map(JsonNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        return map;
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return map(node);
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(item -> list.add(value(item)));
            return list;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        throw new IllegalArgumentException("a setting of a check cannot be " + node);
    }

    static void write(CheckResult result, ObjectNode data) {
        data.put("verdict", result.verdict().name());
        data.put("reason", result.reason());
        result.until().ifPresent(until -> data.put("until", until.toString()));
        data.put("barsApprovals", result.barsApprovals());
        data.put("detail", result.detail());
    }

    static CheckResult result(JsonNode data) {
        return Shared.make(data, Shared.Kind.RESULT, ChecksCodec::read);
    }

    private static CheckResult read(JsonNode data) {
        return new CheckResult(
                CheckResult.Verdict.valueOf(text(data, "verdict")),
                text(data, "reason"),
                optionalInstant(data, "until"),
                flag(data, "barsApprovals"),
                text(data, "detail"));
    }
}
