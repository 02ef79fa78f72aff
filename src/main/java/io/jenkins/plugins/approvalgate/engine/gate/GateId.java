package io.jenkins.plugins.approvalgate.engine.gate;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes gate ids: a ULID in lower case, 48 bits of time and 80 random ones. The time tells in which of the journal's
 * files the gate begins; the rest cannot be guessed.
 *
 * @see <a href="https://github.com/ulid/spec">the ULID specification</a>
 */
public final class GateId {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_DIGITS = 10;
    private static final int LENGTH = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    private GateId() {}

    /** A new id for a gate requested {@code now}. */
    public static String next(Instant now) {
        char[] id = new char[LENGTH];
        // A clock without a battery may be before 1970, for which there are no digits.
        long millis = Math.max(0, now.toEpochMilli());
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            id[i] = DIGITS.charAt((int) (millis & 31));
            millis >>>= 5;
        }
        for (int i = TIME_DIGITS; i < LENGTH; i++) {
            id[i] = DIGITS.charAt(RANDOM.nextInt(DIGITS.length()));
        }
        return new String(id);
    }

    /** When the gate with this id was requested; empty if {@code id} is not of the form that {@link #next} makes. */
    public static Optional<Instant> time(String id) {
        if (id.length() != LENGTH || id.chars().anyMatch(c -> DIGITS.indexOf(c) < 0)) {
            return Optional.empty();
        }
        long millis = 0;
        for (int i = 0; i < TIME_DIGITS; i++) {
            millis = millis << 5 | DIGITS.indexOf(id.charAt(i));
        }
        try {
            return Optional.of(Instant.ofEpochMilli(millis));
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }
}
