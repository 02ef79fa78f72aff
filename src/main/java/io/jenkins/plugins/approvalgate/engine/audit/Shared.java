package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * JSON that stands the same in many lines and was read once: what is made of it is made once too, and so is one object in memory,
 * however many gates have it. Never changed. For any thread.
 */
final class Shared {

    /** What can be made. The same JSON may be read as different things, as an empty list is. */
    enum Kind {
        CHECKS,
        INSTANT,
        ORIGIN,
        POLICY,
        RESULT,
        TEXTS
    }

    private record Made(Kind kind, Object value) {}

    /** A node that remembers what was made of it. */
    private interface Remembering {
        Made made();

        void made(Made value);
    }

    private Shared() {}

    /** What {@code make} makes of {@code node}: the same as last time, where the node is one that many lines share. */
    @SuppressWarnings("unchecked")
    static <T> T make(JsonNode node, Kind kind, Function<JsonNode, T> make) {
        if (!(node instanceof Remembering remembering)) {
            return make.apply(node);
        }
        Made made = remembering.made();
        if (made != null && made.kind() == kind) {
            return (T) made.value();
        }
        T value = make.apply(node);
        remembering.made(new Made(kind, value));
        return value;
    }

    static JsonNode text(String text) {
        return new Text(text);
    }

    static JsonNode object(Map<String, JsonNode> fields) {
        return new Members(fields);
    }

    static JsonNode array(List<JsonNode> items) {
        return new Items(items);
    }

    private static final class Text extends TextNode implements Remembering {
        private static final long serialVersionUID = 1;
        private transient volatile Made made;

        private Text(String text) {
            super(text);
        }

        @Override
        public Made made() {
            return made;
        }

        @Override
        public void made(Made value) {
            made = value;
        }
    }

    @SuppressWarnings("unchecked") // deepCopy(), as the library has it
    private static final class Members extends ObjectNode implements Remembering {
        private static final long serialVersionUID = 1;
        private transient volatile Made made;

        private Members(Map<String, JsonNode> fields) {
            super(JsonNodeFactory.instance, fields);
        }

        @Override
        public Made made() {
            return made;
        }

        @Override
        public void made(Made value) {
            made = value;
        }
    }

    @SuppressWarnings("unchecked") // deepCopy(), as the library has it
    private static final class Items extends ArrayNode implements Remembering {
        private static final long serialVersionUID = 1;
        private transient volatile Made made;

        private Items(List<JsonNode> items) {
            super(JsonNodeFactory.instance, items);
        }

        @Override
        public Made made() {
            return made;
        }

        @Override
        public void made(Made value) {
            made = value;
        }
    }
}
