package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the journal's lines a start has to understand, up to a place; all later ones it has to understand anyway. It
 * repeats no content, so it cannot contradict the journal: lost, damaged or out of date, it only costs time.
 *
 * @param seq the last line that was taken into account
 * @param hash that line's hash, which tells whether this snapshot is of this journal
 * @param wanted the numbers of the lines up to {@code seq} that make the gates worth remembering
 */
record Snapshot(long seq, String hash, Set<Long> wanted) {

    private static final String FILE = "snapshot.json";

    /** The snapshot in {@code directory}; empty if there is none, or none that is whole. */
    static Optional<Snapshot> load(Path directory) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(directory.resolve(FILE));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        try {
            ObjectNode node = (ObjectNode) Json.read(content);
            String digest = Fields.text(node, "digest");
            node.remove("digest");
            if (!digest.equals(digest(node))) {
                return Optional.empty();
            }
            Set<Long> wanted = new HashSet<>(Fields.list(node, "wanted", JsonNode::longValue));
            return Optional.of(new Snapshot(Fields.number(node, "seq"), Fields.text(node, "hash"), wanted));
        } catch (IOException | IllegalArgumentException | ClassCastException notWhole) {
            return Optional.empty();
        }
    }

    /** Replaces the snapshot in {@code directory} by this one. */
    void store(Path directory) throws IOException {
        ObjectNode node = Json.object();
        node.put("seq", seq);
        node.put("hash", hash);
        ArrayNode numbers = node.putArray("wanted");
        wanted.stream().sorted().forEach(numbers::add);
        node.put("digest", digest(node));
        Disk.replace(directory.resolve(FILE), Json.write(node));
    }

    private static String digest(ObjectNode node) {
        return Json.hash(Json.write(node));
    }
}
