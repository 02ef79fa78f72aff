package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.rest.RestRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON object in a request to the preview's own addresses. */
final class Fields {

    private static final int LONGEST = 1 << 16;

    private final JsonNode node;

    private Fields(JsonNode node) {
        this.node = node;
    }

    /** @throws Refused if it is not a JSON object, or has another field than {@code known} */
    static Fields read(Call call, String... known) throws IOException, Refused {
        if (!RestRequest.mediaType(call.header("Content-Type").orElse(null)).equals(Optional.of("application/json"))) {
            throw new Refused(415, "unsupportedMediaType", "Send Content-Type: application/json.");
        }
        byte[] body = call.body().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw new Refused(413, "tooLarge", "The body is larger than 64 KiB.");
        }
        JsonNode node = body.length == 0 ? Json.object() : parse(body);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!List.of(known).contains(field.getKey())) {
                throw Refused.invalid("\"" + field.getKey() + "\" is not known here: "
                        + (known.length == 0 ? "send an empty object." : "send " + String.join(", ", known) + "."));
            }
        }
        return new Fields(node);
    }

    private static JsonNode parse(byte[] body) throws IOException, Refused {
        try {
            JsonNode node = Json.read(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException malformed) {
            // told below, in the same words
        }
        throw Refused.invalid("The body is not a JSON object.");
    }

    /** A text; empty where it is not given. */
    String text(String field) throws Refused {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw Refused.invalid("\"" + field + "\" has to be a text.");
        }
        return value.textValue();
    }

    /** An object of numbers or texts, as texts; empty where it is not given. */
    Optional<Map<String, String>> numbers(String field) throws Refused {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        Map<String, String> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!entry.getValue().isNumber() && !entry.getValue().isTextual()) {
                throw Refused.invalid("\"" + field + "." + entry.getKey() + "\" has to be a number or a text.");
            }
            numbers.put(entry.getKey(), entry.getValue().asText());
        }
        if (!value.isObject()) {
            throw Refused.invalid("\"" + field + "\" has to be an object.");
        }
        return Optional.of(numbers);
    }
}
