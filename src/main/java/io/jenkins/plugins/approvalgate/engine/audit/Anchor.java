package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A journal's head at one time, signed, for somebody outside to remember: whoever cuts off the journal's end later cannot
 * take that back.
 *
 * @param sealed all of it as JSON, with the signature
 */
public record Anchor(long seq, String hash, String controller, ObjectNode sealed) {

    /** The type of the line that says that an anchor was told. */
    public static final String ANCHORED = "anchored";

    /**
     * Signs the journal's head as it is now.
     *
     * @return empty if the journal has no line
     * @throws IOException if there is no key now
     */
    public static Optional<Anchor> of(Journal journal, String controller, Instant at) throws IOException {
        JournalWriter.End end = journal.end();
        if (end.seq() == 0) {
            return Optional.empty();
        }
        ObjectNode content = Json.object()
                .put("seq", end.seq())
                .put("hash", end.head())
                .put("at", at.toString())
                .put("controller", controller);
        return Optional.of(new Anchor(end.seq(), end.head(), controller, Sealed.seal(content, journal.signer())));
    }

    /**
     * Reads what {@link #text} wrote; does not judge the signature.
     *
     * @throws IOException if it is not of this form
     */
    static Anchor read(byte[] text) throws IOException {
        JsonNode sealed = Json.read(text);
        try {
            if (!(sealed instanceof ObjectNode object)) {
                throw new IOException("not an anchor");
            }
            Fields.instant(sealed, "at");
            return new Anchor(
                    Fields.number(sealed, "seq"), Fields.text(sealed, "hash"), Fields.text(sealed, "controller"), object);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("not an anchor", malformed);
        }
    }

    /** As it is told: canonical JSON, on one line. */
    public byte[] text() {
        return Json.canonical(sealed);
    }

    String at() {
        return sealed.path("at").asText();
    }

    /** Adds it to {@code file} as a line. On disk when this returns; what a power cut left of another stays a line of its own. */
    public void append(Path file) throws IOException {
        boolean begun = Files.notExists(file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            byte[] text = text();
            byte[] line = Arrays.copyOf(text, text.length + 1);
            line[text.length] = '\n';
            channel.position(end);
            if (end > 0 && last(channel, end) != '\n') {
                Disk.writeFully(channel, ByteBuffer.wrap(new byte[] {'\n'}));
            }
            Disk.writeFully(channel, ByteBuffer.wrap(line));
            channel.force(true);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (begun && folder != null) {
            Disk.forceDirectory(folder);
        }
    }

    private static byte last(FileChannel channel, long end) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, end - 1);
        return one.get(0);
    }
}
