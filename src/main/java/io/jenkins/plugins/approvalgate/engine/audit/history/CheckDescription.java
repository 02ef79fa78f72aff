package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A check as its environment's description has it. */
final class CheckDescription {

    /** Of the kinds that are ours it is known which settings could hold a secret; of others every text could. */
    static final Set<String> OURS = Set.of(
            "branchControl", "allowedJobs", "requiredTemplate", "businessHours", "changeFreeze", "waitTimer", "metricThreshold",
            "restCheck", "functionCheck", "opaPolicy", "prometheusAlerts");

    private static final Set<String> HIDDEN = Set.of("headers", "body");

    private final SecretMask mask;

    CheckDescription(SecretMask mask) {
        this.mask = mask;
    }

    /** {@code {branchControl: {allowed: [main]}}} */
    ObjectNode of(CheckSpec spec) {
        ObjectNode node = Json.object();
        node.set(spec.kind(), settings(spec.settings(), !OURS.contains(spec.kind())));
        return node;
    }

    /** Its settings alone. */
    ObjectNode settings(CheckSpec spec) {
        return settings(spec.settings(), !OURS.contains(spec.kind()));
    }

    private ObjectNode settings(Map<?, ?> settings, boolean hidden) {
        ObjectNode node = Json.object();
        settings.forEach((name, value) ->
                node.set((String) name, value(value, hidden && !name.equals("credentials") || HIDDEN.contains(name))));
        return node;
    }

    private JsonNode value(Object value, boolean hidden) {
        if (value instanceof Map<?, ?> map) {
            return settings(map, hidden);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            list.forEach(item -> array.add(value(item, hidden)));
            return array;
        }
        if (value instanceof Long number) {
            return LongNode.valueOf(number);
        }
        if (value instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        }
        String text = value.toString();
        if (hidden) {
            return mask.hidden(text);
        }
        return text.contains("://") || text.startsWith("//") ? mask.address(text) : TextNode.valueOf(text);
    }
}
