package io.jenkins.plugins.approvalgate.engine.check;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as they are written in conditions and metrics: {@code 12}, {@code -0.5}, {@code 1.5e-3}; exact, without bounds. */
final class Numbers {

    /** Digits of ASCII alone: {@link BigDecimal} would also read those of other scripts. */
    static final String FORM = "[+-]?+(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+";

    private static final Pattern NUMBER = Pattern.compile(FORM);

    /** Reading takes the square of the length. */
    private static final int LONGEST = 1_000;

    private Numbers() {}

    /** The number that {@code text} is, white space around it apart; empty if it is none. */
    static Optional<BigDecimal> read(String text) {
        String stripped = text.strip();
        if (stripped.length() > LONGEST || !NUMBER.matcher(stripped).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(stripped));
        } catch (NumberFormatException exponentOutOfRange) {
            return Optional.empty();
        }
    }
}
