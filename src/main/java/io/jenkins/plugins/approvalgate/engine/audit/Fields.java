package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of a JSON object, by name and kind. Every reader here throws {@link IllegalArgumentException}, naming the
 * field, if it is missing or of another kind.
 */
final class Fields {

    private Fields() {}

    static String text(JsonNode node, String field) {
        return asText(required(node, field), field);
    }

    /** A text, or nothing where the field is null or missing. */
    static Optional<String> optional(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(asText(value, field));
    }

    /** A time, or nothing where the field is null or missing. */
    static Optional<Instant> optionalInstant(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(instant(node, field));
    }

    static Instant instant(JsonNode node, String field) {
        try {
            return Shared.make(required(node, field), Shared.Kind.INSTANT, value -> Times.parse(asText(value, field)));
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("\"" + field + "\" is not a time", unreadable);
        }
    }

    static int integer(JsonNode node, String field) {
        return asInt(required(node, field), field);
    }

    /** A whole number of up to 64 bits. */
    static long number(JsonNode node, String field) {
        JsonNode value = required(node, field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("\"" + field + "\" is not a whole number");
        }
        return value.longValue();
    }

    static boolean flag(JsonNode node, String field) {
        JsonNode value = required(node, field);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("\"" + field + "\" is neither true nor false");
        }
        return value.booleanValue();
    }

    static JsonNode object(JsonNode node, String field) {
        JsonNode value = required(node, field);
        if (!value.isObject()) {
            throw new IllegalArgumentException("\"" + field + "\" is not an object");
        }
        return value;
    }

    /** A list of texts; one that is not to be changed. */
    static List<String> texts(JsonNode node, String field) {
        return Shared.make(
                required(node, field),
                Shared.Kind.TEXTS,
                any -> List.copyOf(list(node, field, item -> asText(item, field))));
    }

    static List<Integer> integers(JsonNode node, String field) {
        return list(node, field, item -> asInt(item, field));
    }

    /** An object of texts, in their order. */
    static Map<String, String> textMap(JsonNode node, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(node, field)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), asText(entry.getValue(), field)));
        return texts;
    }

    static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> read) {
        JsonNode array = required(node, field);
        if (!array.isArray()) {
            throw new IllegalArgumentException("\"" + field + "\" is not a list");
        }
        List<T> items = new ArrayList<>(array.size());
        array.forEach(item -> items.add(read.apply(item)));
        return items;
    }

    static void put(ArrayNode array, Iterable<String> texts) {
        texts.forEach(array::add);
    }

    private static String asText(JsonNode value, String field) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + field + "\" is not a text");
        }
        return value.textValue();
    }

    private static int asInt(JsonNode value, String field) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException("\"" + field + "\" is not a whole number");
        }
        return value.intValue();
    }

    private static JsonNode required(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw new IllegalArgumentException("\"" + field + "\" is missing");
        }
        return value;
    }
}
