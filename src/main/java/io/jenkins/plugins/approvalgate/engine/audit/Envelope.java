package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What binds a line into the chain, what it is about, and whether its own hash fits its content.
 *
 * <p>We write the canonical form itself, so the fields behind {@code data} always stand at the end of the text, in the
 * same order, and cutting {@code hash} out of the bytes leaves exactly what was hashed: no JSON needs to be read. Only a
 * line that somebody laid out anew has to be parsed and canonicalised.
 */
record Envelope(long seq, Optional<String> gate, String type, String prev, String hash, boolean hashHolds) {

    /**
     * Reads the envelope of a line.
     *
     * @param text without its line feed
     * @throws IOException if it is no line of a journal at all
     */
    static Envelope read(byte[] text) throws IOException {
        return read(RawLine.of(text), Json.sha256());
    }

    /** @param digest fresh, as it is again afterwards; for those who read many */
    static Envelope read(RawLine text, MessageDigest digest) throws IOException {
        Optional<LineEnd> end = LineEnd.of(text);
        if (end.isPresent()) {
            digest.update(text.in(), text.from(), end.get().hashFrom() - text.from());
            digest.update(text.in(), end.get().hashTo(), text.to() - end.get().hashTo());
            String hash = end.get().hash();
            if (Json.hex(digest.digest()).equals(hash)) {
                return new Envelope(end.get().seq(), end.get().gate(), end.get().type(), end.get().prev(), hash, true);
            }
        }
        return readSlowly(text.copy());
    }

    private static Envelope readSlowly(byte[] text) throws IOException {
        JournalLine line = JournalLine.parse(text);
        ObjectNode unhashed = (ObjectNode) Json.read(text);
        unhashed.remove("hash");
        return new Envelope(line.seq(), line.gate(), line.type(), line.prev(), line.hash(), holds(unhashed, line.hash()));
    }

    /**
     * Half a character, or a number beyond all bounds, has no canonical form, so no bytes that could have been hashed. A number
     * that is not written as we write them ({@code 1.0}) has, but would be read as something else.
     */
    private static boolean holds(ObjectNode unhashed, String hash) {
        try {
            return Json.isUnicode(unhashed) && Json.hasOurNumbers(unhashed) && Json.hash(Json.canonical(unhashed)).equals(hash);
        } catch (UncheckedIOException notCanonical) {
            return false;
        }
    }
}
