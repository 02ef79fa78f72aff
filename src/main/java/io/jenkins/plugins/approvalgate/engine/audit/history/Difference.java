package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.util.Optional;

/**
 * One place in which two descriptions differ.
 *
 * @param path where, in the words of the YAML: {@code checks[0].branchControl.allowed}. The place of an item that was taken
 *     out of a list is that before the change, of all others that after it
 * @param before empty if nothing stood there
 * @param after empty if nothing stands there now
 */
record Difference(String path, Optional<JsonNode> before, Optional<JsonNode> after) {

    private static final String ANOTHER = " (another value)";
    /** More of a text than this is only shown from a little before the place where it differs. */
    private static final int LONG = 2_000;

    private static final int LEAD = 100;

    /** As the journal has it: texts for people. */
    ObjectNode json() {
        Optional<String> from = before.map(FlowText::of);
        Optional<String> to = after.map(FlowText::of);
        boolean looksTheSame = from.isPresent() && from.equals(to);
        int start = from.isEmpty() || to.isEmpty() || looksTheSame ? 0 : firstDifference(from.get(), to.get());
        ObjectNode node = Json.object();
        node.put("path", path);
        node.put("before", from.map(text -> excerpt(text, start)).orElse(null));
        node.put("after", to.map(text -> excerpt(text, start) + (looksTheSame ? ANOTHER : "")).orElse(null));
        return node;
    }

    private static int firstDifference(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    private static String excerpt(String text, int start) {
        if (text.length() <= LONG) {
            return text;
        }
        int from = whole(text, Math.max(0, Math.min(start, text.length()) - LEAD));
        int to = whole(text, Math.min(text.length(), from + LONG));
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    }

    /** Not within a pair of surrogates. */
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
