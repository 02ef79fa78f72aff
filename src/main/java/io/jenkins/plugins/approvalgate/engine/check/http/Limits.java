package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.time.Duration;

/**
 * How long and how often somebody is asked, and how much of an answer is listened to.
 *
 * @param connect the longest to wait for a connection
 * @param attempt the longest that one attempt may take, from its begin to the last byte of the reply, redirects included
 * @param retries how many attempts may follow the first
 * @param size the largest reply, in bytes
 */
public record Limits(Duration connect, Duration attempt, int retries, int size) {

    /** The largest reply, in bytes, where nothing else is said. */
    public static final int SIZE = 1 << 20;

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_RETRIES = 10;

    /** Between the end of the last attempt and the instant at which whoever asked is interrupted. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** Reads {@code connectTimeout}, {@code timeout} and {@code retries}. */
    public static Limits of(Options options) {
        return new Limits(
                Spans.read(options, "connectTimeout", Duration.ofSeconds(10), Duration.ZERO, LONGEST),
                Spans.read(options, "timeout", Duration.ofSeconds(30), Duration.ZERO, LONGEST.minus(SLACK)),
                options.number("retries", 3, 0, MOST_RETRIES),
                SIZE);
    }

    /** The longest that all attempts and the pauses between them take together. */
    Duration total() {
        Duration total = attempt.multipliedBy(retries + 1L);
        for (int i = 0; i < retries; i++) {
            total = total.plus(pause(i, Duration.ofSeconds(1)));
        }
        Duration most = LONGEST.minus(SLACK);
        return total.compareTo(most) < 0 ? total : most;
    }

    /** What a check that asks once answers for {@link io.jenkins.plugins.approvalgate.engine.check.Check.Asking#timeLimit}. */
    public Duration timeLimit() {
        return total().plus(SLACK);
    }

    /** The pause after attempt {@code attempt}, counted from 0: 1, 2, 4, … units, at most 30. */
    static Duration pause(int attempt, Duration unit) {
        return unit.multipliedBy(Math.min(30, 1L << Math.min(attempt, 5)));
    }
}
