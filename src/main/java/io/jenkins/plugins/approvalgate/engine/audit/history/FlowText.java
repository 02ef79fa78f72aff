package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A value of a description as people read it: a text as it is, lists and maps as YAML writes them in one line. */
final class FlowText {

    /** What needs no quotes within a list or a map. */
    private static final Pattern PLAIN = Pattern.compile("[^\\s\\[\\]{},:\"'#|]([^\\[\\]{},\"\\p{Cntrl}]*[^\\s\\[\\]{},:\"\\p{Cntrl}])?");

    private FlowText() {}

    static String of(JsonNode value) {
        if (SecretMask.isMasked(value)) {
            return SecretMask.shown(value);
        }
        return value.isTextual() ? value.textValue() : inner(value);
    }

    private static String inner(JsonNode value) {
        if (SecretMask.isMasked(value)) {
            return quoted(SecretMask.shown(value));
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(inner(item)));
            return "[" + String.join(", ", items) + "]";
        }
        if (value.isObject()) {
            List<String> fields = new ArrayList<>();
            value.properties().forEach(field -> fields.add(quoted(field.getKey()) + ": " + inner(field.getValue())));
            return "{" + String.join(", ", fields) + "}";
        }
        return value.isTextual() ? quoted(value.textValue()) : value.asText();
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : TextNode.valueOf(text).toString();
    }
}
