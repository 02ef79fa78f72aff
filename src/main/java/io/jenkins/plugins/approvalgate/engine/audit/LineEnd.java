package io.jenkins.plugins.approvalgate.engine.audit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The end of a line that is laid out as we write it, which is where all fields but {@code actor}, {@code at} and {@code data}
 * stand: {@code ,"gate":"…","hash":"…","prev":"…","seq":1,"type":"…"}}, {@code null} for no gate.
 *
 * @param hashFrom where {@code ,"hash":"…"} begins in the line's bytes, and where it ends
 */
record LineEnd(Optional<String> gate, String hash, String prev, long seq, String type, int hashFrom, int hashTo) {

    private static final byte[] GATE = Json.ascii(",\"gate\":");
    private static final byte[] NO_GATE = Json.ascii(",\"gate\":null");
    private static final byte[] HASH = Json.ascii(",\"hash\":");
    private static final byte[] PREV = Json.ascii(",\"prev\":");
    private static final byte[] SEQ = Json.ascii(",\"seq\":");
    private static final byte[] TYPE = Json.ascii(",\"type\":");
    private static final boolean[] DIGITS = bytes("0123456789");
    private static final boolean[] HEX_DIGITS = bytes("0123456789abcdef");
    private static final boolean[] GATE_LETTERS = bytes("0123456789abcdefghijklmnopqrstuvwxyz");
    private static final boolean[] LETTERS = bytes("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_NUMBER = 18;
    private static final int HASH_DIGITS = 64;

    /** Empty if the line is laid out otherwise. */
    static Optional<LineEnd> of(RawLine text) {
        Backwards end = new Backwards(text);
        end.take('}');
        String type = end.word(TYPE, LONGEST_WORD, LETTERS);
        long seq = end.number(SEQ);
        String prev = end.word(PREV, HASH_DIGITS, HEX_DIGITS);
        int hashTo = end.at;
        String hash = end.word(HASH, HASH_DIGITS, HEX_DIGITS);
        int hashFrom = end.at;
        Optional<String> gate = end.took(NO_GATE)
                ? Optional.empty()
                : Optional.of(end.word(GATE, LONGEST_WORD, GATE_LETTERS));
        return end.fits && prev.length() == HASH_DIGITS && hash.length() == HASH_DIGITS
                ? Optional.of(new LineEnd(gate, hash, prev, seq, type, hashFrom, hashTo))
                : Optional.empty();
    }

    /** For each byte whether it is one of those. */
    private static boolean[] bytes(String those) {
        boolean[] bytes = new boolean[1 << Byte.SIZE];
        for (byte one : Json.ascii(those)) {
            bytes[one] = true;
        }
        return bytes;
    }

    /** Takes what is expected off the end; once something else stands there, nothing fits any more. */
    private static final class Backwards {
        private final byte[] in;
        private final int from;
        private int at;
        private boolean fits = true;

        private Backwards(RawLine text) {
            in = text.in();
            from = text.from();
            at = text.to();
        }

        private void take(char expected) {
            if (fits && at > from && in[at - 1] == expected) {
                at--;
            } else {
                fits = false;
            }
        }

        private boolean took(byte[] expected) {
            int begin = at - expected.length;
            boolean there = fits && begin >= from;
            for (int i = 0; there && i < expected.length; i++) {
                there = in[begin + i] == expected[i];
            }
            if (there) {
                at = begin;
            }
            return there;
        }

        private String word(byte[] name, int longest, boolean[] letters) {
            take('"');
            String word = run(longest, letters);
            take('"');
            fits = took(name);
            return word;
        }

        private long number(byte[] name) {
            String digits = run(LONGEST_NUMBER, DIGITS);
            fits = took(name);
            return fits ? Long.parseLong(digits) : 0;
        }

        private String run(int longest, boolean[] letters) {
            int end = at;
            while (fits && at > from && end - at < longest && letters[in[at - 1] & 0xFF]) {
                at--;
            }
            fits &= end > at;
            return new String(in, at, end - at, StandardCharsets.ISO_8859_1);
        }
    }
}
