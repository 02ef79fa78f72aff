package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What binds a line into the chain, what it is about, and whether its own hash fits its content.
 *
 * <p>We write the canonical form itself, so the fields behind {@code data} always stand at the end of the text, in the
 * same order, and cutting {@code hash} out of the bytes leaves exactly what was hashed: no JSON needs to be read. Only a
 * line that somebody laid out anew has to be parsed and canonicalised.
 */
record Envelope(long seq, Optional<String> gate, String type, String prev, String hash, boolean hashHolds) {

    private static final Pattern END = Pattern.compile(",\"gate\":(?:null|\"(?<gate>[0-9a-z]{1,40})\")"
            + "(?<hashField>,\"hash\":\"(?<hash>[0-9a-f]{64})\"),\"prev\":\"(?<prev>[0-9a-f]{64})\""
            + ",\"seq\":(?<seq>[0-9]{1,18}),\"type\":\"(?<type>[A-Za-z]{1,40})\"}$");
    private static final int LONGEST_END = 300;

    /**
     * Reads the envelope of a line.
     *
     * @param text without its line feed
     * @throws IOException if it is no line of a journal at all
     */
    static Envelope read(byte[] text) throws IOException {
        int from = Math.max(0, text.length - LONGEST_END);
        // ISO 8859-1, so that a place in the string is a place in the bytes.
        Matcher end = END.matcher(new String(text, from, text.length - from, StandardCharsets.ISO_8859_1));
        if (end.find()) {
            MessageDigest digest = Json.sha256();
            digest.update(text, 0, from + end.start("hashField"));
            digest.update(text, from + end.end("hashField"), text.length - from - end.end("hashField"));
            if (Json.hex(digest.digest()).equals(end.group("hash"))) {
                return new Envelope(
                        Long.parseLong(end.group("seq")),
                        Optional.ofNullable(end.group("gate")),
                        end.group("type"),
                        end.group("prev"),
                        end.group("hash"),
                        true);
            }
        }
        return readSlowly(text);
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
