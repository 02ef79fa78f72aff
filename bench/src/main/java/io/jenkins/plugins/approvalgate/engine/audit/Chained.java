package io.jenkins.plugins.approvalgate.engine.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Lines sealed by {@link JournalLine#seal} in any order, on as many threads as there are, and bound to each other afterwards.
 * {@link #next} for one thread, {@link #unbound} for any.
 */
public final class Chained {

    private static final byte[] HASH = Json.ascii(",\"hash\":\"");
    private static final byte[] PREV = Json.ascii(",\"prev\":\"");
    private static final int HEX = 64;

    private String head = JournalLine.NO_HASH;

    /** The bytes of a line at its place, as if it were the journal's first. */
    public static byte[] unbound(JournalLine.Draft draft, long seq) {
        return JournalLine.seal(draft, seq, JournalLine.NO_HASH).bytes();
    }

    /** The file in which a line stands. */
    public static String file(JournalLine.Draft draft) {
        return JournalFile.of(draft.at()).name();
    }

    /** Binds the next line to the one before it, in place. */
    public byte[] next(byte[] line) {
        int hash = last(line, HASH);
        int prev = last(line, PREV);
        byte[] before = head.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(before, 0, line, prev + PREV.length, HEX);
        MessageDigest digest = Json.sha256();
        digest.update(line, 0, hash);
        digest.update(line, prev, line.length - 1 - prev);
        head = Json.hex(digest.digest());
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, line, hash + HASH.length, HEX);
        return line;
    }

    /** The hash of the last line. */
    public String head() {
        return head;
    }

    private static int last(byte[] line, byte[] wanted) {
        for (int at = line.length - wanted.length; at >= 0; at--) {
            if (Arrays.equals(line, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("not a line");
    }
}
