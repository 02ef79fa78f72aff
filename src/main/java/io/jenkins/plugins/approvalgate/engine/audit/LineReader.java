package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads many lines. Gates of one environment have most of their text in common, so a value whose very bytes were read lately is
 * not read again: it is the same {@link Shared} node.
 *
 * <p>What it reads itself is a part of what {@link JournalLine#seal} writes: no space, names in ascending order, plain characters,
 * whole numbers. Whatever else it meets is left to {@link Json#read}, which judges it. For one thread.
 */
final class LineReader {

    /** How deep in a line stands what lines have in common: {@code data}, and its fields. */
    private static final int SHARED_DEPTH = 2;

    private static final int LONGEST_SHARED_DATA = 400;
    private static final int LONGEST_SHARED_FIELD = 16_000;
    private static final int DEEPEST = 20;
    private static final int MOST_DIGITS = 15;

    /** Left to the other reader. */
    private static final class Unusual extends RuntimeException {
        private static final long serialVersionUID = 1;
        private static final Unusual FORM = new Unusual();

        private Unusual() {
            super("not as we write it", null, false, false);
        }
    }

    private final LatelyRead<String> names = new LatelyRead<>(10);
    private final LatelyRead<JsonNode> values = new LatelyRead<>(15);
    private byte[] in = {};
    private int at;

    /** As {@link JournalLine#parse}. */
    JournalLine line(byte[] text) throws IOException {
        return JournalLine.of(read(text));
    }

    /** As {@link Json#read}. */
    JsonNode read(byte[] text) throws IOException {
        in = text;
        at = 0;
        try {
            JsonNode node = value(0);
            if (at == text.length) {
                return node;
            }
        } catch (Unusual form) {
            // Read again, from its beginning.
        }
        return Json.read(text);
    }

    private JsonNode value(int depth) {
        return switch (peek()) {
            case '{', '[' -> depth == 0 || depth > SHARED_DEPTH ? nested(depth) : shared(depth);
            case '"' -> text();
            case 't' -> literal("true", BooleanNode.TRUE);
            case 'f' -> literal("false", BooleanNode.FALSE);
            case 'n' -> literal("null", NullNode.getInstance());
            default -> number();
        };
    }

    private int peek() {
        return at < in.length ? in[at] : -1;
    }

    private void take(char expected) {
        if (peek() != expected) {
            throw Unusual.FORM;
        }
        at++;
    }

    private JsonNode shared(int depth) {
        int from = at;
        int to = end(depth == 1 ? LONGEST_SHARED_DATA : LONGEST_SHARED_FIELD);
        if (to < 0) {
            return nested(depth);
        }
        JsonNode known = values.get(in, from, to);
        if (known != null) {
            at = to;
            return known;
        }
        JsonNode node = nested(depth);
        values.put(in, from, at, node);
        return node;
    }

    /** Where the object or list ends that begins here; -1 if it is longer than {@code longest}, or never does. */
    private int end(int longest) {
        int open = 0;
        boolean inText = false;
        int last = Math.min(in.length, at + longest);
        for (int i = at; i < last; i++) {
            byte c = in[i];
            if (c == '"') {
                inText = !inText;
            } else if (c == '\\') {
                i++;
            } else if (!inText) {
                if (c == '{' || c == '[') {
                    open++;
                } else if ((c == '}' || c == ']') && --open == 0) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    private JsonNode nested(int depth) {
        if (depth >= DEEPEST) {
            throw Unusual.FORM;
        }
        return peek() == '{' ? object(depth) : array(depth);
    }

    private JsonNode object(int depth) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        take('{');
        if (peek() != '}') {
            String before = null;
            while (true) {
                String name = name();
                if (before != null && before.compareTo(name) >= 0) {
                    throw Unusual.FORM;
                }
                take(':');
                fields.put(name, value(depth + 1));
                before = name;
                if (peek() != ',') {
                    break;
                }
                at++;
            }
        }
        take('}');
        return Shared.object(fields);
    }

    private JsonNode array(int depth) {
        List<JsonNode> items = new ArrayList<>(4);
        take('[');
        if (peek() != ']') {
            items.add(value(depth + 1));
            while (peek() == ',') {
                at++;
                items.add(value(depth + 1));
            }
        }
        take(']');
        return Shared.array(items);
    }

    private String name() {
        take('"');
        int from = at;
        int to = plain();
        if (to >= in.length || in[to] != '"') {
            throw Unusual.FORM;
        }
        at = to + 1;
        String known = names.get(in, from, to);
        if (known == null) {
            known = new String(in, from, to - from, StandardCharsets.ISO_8859_1);
            names.put(in, from, to, known);
        }
        return known;
    }

    private JsonNode text() {
        int from = at;
        at++;
        int to = plain();
        boolean plain = to < in.length && in[to] == '"';
        int end = plain ? to + 1 : endOfText(to);
        at = end;
        JsonNode known = values.get(in, from, end);
        if (known == null) {
            known = Shared.text(plain
                    ? new String(in, from + 1, to - from - 1, StandardCharsets.ISO_8859_1)
                    : decoded(Arrays.copyOfRange(in, from, end)));
            values.put(in, from, end, known);
        }
        return known;
    }

    /** Behind the characters that stand for themselves, from here on. */
    private int plain() {
        int to = at;
        while (to < in.length && in[to] >= ' ' && in[to] != '"' && in[to] != '\\') {
            to++;
        }
        return to;
    }

    private int endOfText(int from) {
        for (int i = from; i < in.length; i++) {
            if (in[i] == '\\') {
                i++;
            } else if (in[i] == '"') {
                return i + 1;
            }
        }
        throw Unusual.FORM;
    }

    private static String decoded(byte[] quoted) {
        try {
            return Json.read(quoted).textValue();
        } catch (IOException malformed) {
            throw Unusual.FORM;
        }
    }

    private JsonNode literal(String word, JsonNode node) {
        for (int i = 0; i < word.length(); i++) {
            take(word.charAt(i));
        }
        return node;
    }

    private JsonNode number() {
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        int from = at;
        long number = 0;
        while (peek() >= '0' && peek() <= '9' && at - from < MOST_DIGITS) {
            number = 10 * number + peek() - '0';
            at++;
        }
        boolean none = at == from;
        boolean leadingZero = !none && in[from] == '0' && (at > from + 1 || negative);
        int next = peek();
        if (none || leadingZero || next != ',' && next != '}' && next != ']') {
            throw Unusual.FORM;
        }
        long value = negative ? -number : number;
        return value == (int) value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }
}
