package io.jenkins.plugins.approvalgate.engine.check.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a place in a JSON reply has to be: {@code /state == "ok"}, {@code /score >= 0.9}.
 *
 * @param pointer RFC 6901; empty for the reply itself
 * @param literal a text, a number, true, false or null
 * @param written the same as the settings have it
 */
record Comparison(JsonPointer pointer, String operator, JsonNode literal, String written) {

    /** Looked for, not matched with what is around it: that would try all ways to divide a row of spaces. */
    private static final Pattern SIGN = Pattern.compile("(?<=^|\\s)(==|!=|<=|>=|<|>)\\s");
    private static final String EXAMPLE = "; write it as /state == \"ok\" or /score >= 0.9";

    /** @throws IllegalArgumentException if {@code text} is no comparison */
    static Comparison parse(String text) {
        String stripped = text.strip();
        Matcher sign = SIGN.matcher(stripped);
        if (!sign.find()) {
            throw new IllegalArgumentException("\"" + text + "\" is no comparison" + EXAMPLE);
        }
        String operator = sign.group(1);
        String written = stripped.substring(sign.end()).strip();
        JsonNode literal = literal(written);
        if (ordered(operator) && !literal.isNumber()) {
            throw new IllegalArgumentException("\"" + text + "\": " + operator + " is for numbers" + EXAMPLE);
        }
        JsonPointer pointer = pointer(stripped.substring(0, sign.start()).stripTrailing());
        return new Comparison(pointer, operator, literal, written);
    }

    private static JsonPointer pointer(String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" is no JSON Pointer: it begins with a slash" + EXAMPLE, wrong);
        }
    }

    private static JsonNode literal(String text) {
        try {
            JsonNode value = Reply.MAPPER.readTree(text);
            if (value.isValueNode()) {
                return value;
            }
        } catch (JsonProcessingException | IllegalArgumentException notJson) {
            // told below
        }
        throw new IllegalArgumentException(
                text + " is no text in double quotes, no number and none of true, false and null" + EXAMPLE);
    }

    private static boolean ordered(String operator) {
        return operator.startsWith("<") || operator.startsWith(">");
    }

    /** Why {@code reply} is not as it has to be, in words that say nothing of what it is; empty if it is. */
    Optional<String> objection(JsonNode reply) {
        JsonNode value = reply.at(pointer);
        if (value.isMissingNode()) {
            return Optional.of("it has no " + pointer);
        }
        if (ordered(operator) && !value.isNumber()) {
            return Optional.of(name() + " is no number");
        }
        return holds(value) ? Optional.empty() : Optional.of("not " + this);
    }

    private boolean holds(JsonNode value) {
        return switch (operator) {
            case "==" -> same(value);
            case "!=" -> !same(value);
            case "<" -> order(value) < 0;
            case "<=" -> order(value) <= 0;
            case ">" -> order(value) > 0;
            case ">=" -> order(value) >= 0;
            default -> throw new IllegalStateException(operator);
        };
    }

    private boolean same(JsonNode value) {
        return value.isNumber() && literal.isNumber() ? order(value) == 0 : value.equals(literal);
    }

    private int order(JsonNode value) {
        return value.decimalValue().compareTo(literal.decimalValue());
    }

    private String name() {
        return pointer.toString().isEmpty() ? "it" : pointer.toString();
    }

    @Override
    public String toString() {
        return name() + " " + operator + " " + written;
    }
}
