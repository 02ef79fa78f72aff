package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request's JSON object, read strictly: what we do not understand is refused, never guessed. */
final class Body {

    private static final int LONGEST = 1 << 20;

    private final ObjectNode node;

    private Body(ObjectNode node) {
        this.node = node;
    }

    /**
     * Reads the body of {@code request}; an empty one counts as an object without fields.
     *
     * @param fields the names that may occur
     */
    static Body read(RestRequest request, Set<String> fields) throws ApiError {
        ObjectNode object = object(request);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!fields.contains(field.getKey())) {
                throw ApiError.invalid("\"" + field.getKey() + "\" is not known here: "
                        + (fields.isEmpty() ? "send an empty object." : "send " + String.join(", ", fields) + "."));
            }
        }
        return new Body(object);
    }

    /** The object in the body of {@code request}, whatever its fields; an empty one where there is no body. */
    static ObjectNode object(RestRequest request) throws ApiError {
        // A form of another origin cannot send this type without being asked first (Fetch standard, CORS-safelisted
        // request headers), so demanding it is a second lock beside the crumb.
        if (!request.contentType().equals(Optional.of("application/json"))) {
            throw new ApiError(415, "unsupportedMediaType", "Send Content-Type: application/json.");
        }
        JsonNode content;
        try {
            byte[] bytes = request.body().readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new ApiError(413, "tooLarge", "The body is larger than 1 MiB.");
            }
            content = bytes.length == 0 ? Json.object() : Json.read(bytes);
        } catch (IOException malformed) {
            throw ApiError.invalid("The body is not a JSON object.");
        }
        if (!(content instanceof ObjectNode object)) {
            throw ApiError.invalid("The body is not a JSON object.");
        }
        return object;
    }

    /** A text; empty where it is not given. */
    String text(String field) throws ApiError {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw ApiError.invalid("\"" + field + "\" has to be a text.");
        }
        return value.textValue();
    }

    /** A list of texts; empty where it is not given. */
    List<String> texts(String field) throws ApiError {
        JsonNode value = node.get(field);
        List<String> texts = new ArrayList<>();
        if (value == null || value.isNull()) {
            return texts;
        }
        if (!value.isArray()) {
            throw ApiError.invalid("\"" + field + "\" has to be a list of texts.");
        }
        for (JsonNode item : value) {
            if (!item.isTextual()) {
                throw ApiError.invalid("\"" + field + "\" has to be a list of texts.");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    /** An object of texts or booleans, the latter as {@code true} and {@code false}; empty where it is not given. */
    Map<String, String> answers(String field) throws ApiError {
        JsonNode value = node.get(field);
        Map<String, String> answers = new LinkedHashMap<>();
        if (value == null || value.isNull()) {
            return answers;
        }
        if (!value.isObject()) {
            throw ApiError.invalid("\"" + field + "\" has to be an object.");
        }
        for (Map.Entry<String, JsonNode> answer : value.properties()) {
            if (!answer.getValue().isTextual() && !answer.getValue().isBoolean()) {
                throw ApiError.invalid("\"" + field + "." + answer.getKey() + "\" has to be a text or a boolean.");
            }
            answers.put(answer.getKey(), answer.getValue().asText());
        }
        return answers;
    }

    /** {@code true} or {@code false}; the latter where it is not given. */
    boolean flag(String field) throws ApiError {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw ApiError.invalid("\"" + field + "\" has to be true or false.");
        }
        return value.booleanValue();
    }

    /** An object of numbers or texts, as texts; empty where it is not given. */
    Map<String, String> numbers(String field) throws ApiError {
        JsonNode value = node.get(field);
        Map<String, String> numbers = new LinkedHashMap<>();
        if (value == null || value.isNull()) {
            return numbers;
        }
        if (!value.isObject()) {
            throw ApiError.invalid("\"" + field + "\" has to be an object.");
        }
        for (Map.Entry<String, JsonNode> number : value.properties()) {
            if (!number.getValue().isTextual() && !number.getValue().isNumber()) {
                throw ApiError.invalid("\"" + field + "." + number.getKey() + "\" has to be a number or a text.");
            }
            numbers.put(number.getKey(), number.getValue().asText());
        }
        return numbers;
    }
}
