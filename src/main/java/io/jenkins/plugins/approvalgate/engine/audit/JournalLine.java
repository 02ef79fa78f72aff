package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of the journal. {@code hash} is the SHA-256 over the line's canonical JSON (RFC 8785) without {@code hash}.
 *
 * @param seq 1, 2, 3, … without a gap, across files
 * @param gate the gate it is about; empty for what concerns the journal itself
 * @param prev the {@code hash} of the line before; {@link #NO_HASH} for the first
 */
public record JournalLine(
        long seq,
        Instant at,
        Optional<String> gate,
        String type,
        Optional<String> actor,
        ObjectNode data,
        String prev,
        String hash) {

    /** What stands in {@code prev} where there is no line before. */
    public static final String NO_HASH = "0".repeat(64);

    private static final String PREV_FIELD = ",\"prev\":\"";

    public JournalLine {
        Objects.requireNonNull(type);
        Objects.requireNonNull(prev);
        Objects.requireNonNull(hash);
    }

    /** A line before it has its place. */
    public record Draft(Instant at, Optional<String> gate, String type, Optional<String> actor, ObjectNode data) {}

    /** A line with its place, and the bytes that go to disk for it, line feed included. */
    record Written(JournalLine line, byte[] bytes) {}

    /** Gives {@code draft} its place after the line with {@code prev} as its hash. */
    static Written seal(Draft draft, long seq, String prev) {
        ObjectNode node = Json.object();
        node.put("seq", seq);
        node.put("at", draft.at().toString());
        node.put("gate", draft.gate().orElse(null));
        node.put("type", draft.type());
        node.put("actor", draft.actor().orElse(null));
        node.set("data", draft.data());
        node.put("prev", prev);
        String unhashed = new String(Json.canonical(node), StandardCharsets.UTF_8);
        String hash = Json.hash(unhashed.getBytes(StandardCharsets.UTF_8));
        int place = unhashed.lastIndexOf(PREV_FIELD);
        String text = unhashed.substring(0, place) + ",\"hash\":\"" + hash + "\"" + unhashed.substring(place) + "\n";
        return new Written(
                new JournalLine(seq, draft.at(), draft.gate(), draft.type(), draft.actor(), draft.data(), prev, hash),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a line without judging its hash.
     *
     * @param text without its line feed
     * @throws IOException if it is not JSON of this form
     */
    public static JournalLine parse(byte[] text) throws IOException {
        return of(Json.read(text));
    }

    static JournalLine parse(RawLine text) throws IOException {
        return parse(text.copy());
    }

    static JournalLine of(JsonNode node) throws IOException {
        try {
            if (node.size() != 8) {
                throw new IOException("not a line of a journal");
            }
            return new JournalLine(
                    Fields.number(node, "seq"),
                    Fields.instant(node, "at"),
                    Fields.optional(node, "gate"),
                    Fields.text(node, "type"),
                    Fields.optional(node, "actor"),
                    (ObjectNode) Fields.object(node, "data"),
                    Fields.text(node, "prev"),
                    Fields.text(node, "hash"));
        } catch (IllegalArgumentException malformed) {
            throw new IOException("not a line of a journal", malformed);
        }
    }
}
