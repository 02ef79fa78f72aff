package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what the journal's lines are made of in the canonical form of RFC 8785 in one go: objects, arrays, texts, whole
 * numbers, true, false and null. Whatever else there may be is left to a library that knows it all.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>
 */
final class Canonical {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text = new StringBuilder(512);

    private Canonical() {}

    /** {@code value} as UTF-8; empty where it has something in it that is not for this class. */
    static Optional<byte[]> of(JsonNode value) {
        Canonical canonical = new Canonical();
        return value.isObject() && Json.isUnicode(value) && canonical.put(value)
                ? Optional.of(canonical.text.toString().getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private boolean put(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return put(object);
        }
        if (value instanceof ArrayNode array) {
            return put(array);
        }
        if (value.isTextual()) {
            quote(value.textValue());
            return true;
        }
        if (value.isIntegralNumber()) {
            text.append(value.longValue());
            return Json.isOurNumber(value);
        }
        text.append(value.isNull() ? "null" : value.isBoolean() ? Boolean.toString(value.booleanValue()) : "");
        return value.isNull() || value.isBoolean();
    }

    /** Names in the order of their UTF-16 units, as {@link String#compareTo} has it (RFC 8785, section 3.2.3). */
    private boolean put(ObjectNode object) {
        String[] names = new String[object.size()];
        int count = 0;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            names[count++] = field.getKey();
        }
        Arrays.sort(names);
        char before = '{';
        for (String name : names) {
            text.append(before);
            quote(name);
            text.append(':');
            if (!put(object.get(name))) {
                return false;
            }
            before = ',';
        }
        text.append(names.length == 0 ? "{}" : "}");
        return true;
    }

    private boolean put(ArrayNode array) {
        text.append('[');
        for (Iterator<JsonNode> items = array.iterator(); items.hasNext(); ) {
            if (!put(items.next())) {
                return false;
            }
            if (items.hasNext()) {
                text.append(',');
            }
        }
        text.append(']');
        return true;
    }

    /** Only what has to be escaped is (RFC 8785, section 3.2.2.2). */
    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                escape(c);
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private void escape(char control) {
        switch (control) {
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> text.append("\\u00").append(HEX[control >> 4]).append(HEX[control & 15]);
        }
    }
}
