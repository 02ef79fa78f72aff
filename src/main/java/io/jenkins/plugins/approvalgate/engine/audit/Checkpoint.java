package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stands in the place of the journal's oldest months once these are removed: where the rest begins, signed by the
 * controller, so that it still verifies. Kept as {@value #FILE} in the journal's folder, and in the line {@code pruned}.
 *
 * @param seq the number of the last line that was removed
 * @param hash its hash
 * @param last the last file that was removed; all before it are gone too
 * @param sealed all of it as JSON, with the signature
 */
record Checkpoint(long seq, String hash, JournalFile last, ObjectNode sealed) {

    static final String FILE = "checkpoint.json";

    /**
     * Signs a new one.
     *
     * @param lines how many lines {@code files} have
     * @param files what is to be removed, oldest first; at least one
     * @throws IOException if there is no key now
     */
    static Checkpoint of(
            long seq, String hash, long lines, List<JournalFile> files, Instant at, String controller, Signer signer)
            throws IOException {
        ObjectNode content = Json.object()
                .put("seq", seq)
                .put("hash", hash)
                .put("lines", lines)
                .put("at", at.toString())
                .put("controller", controller);
        Fields.put(content.putArray("files"), files.stream().map(JournalFile::name).toList());
        return read(Sealed.seal(content, signer));
    }

    /** @throws IOException if it is not of this form */
    static Checkpoint read(JsonNode sealed) throws IOException {
        try {
            List<String> files = Fields.texts(sealed, "files");
            String hash = Fields.text(sealed, "hash");
            Optional<JournalFile> last =
                    files.isEmpty() ? Optional.empty() : JournalFile.of(files.get(files.size() - 1));
            if (last.isEmpty() || !hash.matches("[0-9a-f]{64}") || !(sealed instanceof ObjectNode object)) {
                throw new IOException("not a checkpoint");
            }
            return new Checkpoint(Fields.number(sealed, "seq"), hash, last.get(), object);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("not a checkpoint", malformed);
        }
    }

    /** @throws IOException if the signature cannot be checked now */
    boolean isSignedBy(Signer signer) throws IOException {
        return Sealed.holds(sealed, signer.publicKey());
    }

    /** On disk when this returns. */
    void write(Path directory) throws IOException {
        Disk.replace(directory.resolve(FILE), Json.canonical(sealed));
    }

    /** Those of {@code files} whose lines are not in the journal any more. */
    List<JournalFile> removed(List<JournalFile> files) {
        return files.stream().filter(file -> file.compareTo(last) <= 0).toList();
    }

    /** The text of the folder's checkpoint; empty if it has none. */
    static Optional<byte[]> text(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }
}
