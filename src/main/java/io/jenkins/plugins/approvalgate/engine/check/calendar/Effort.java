package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.time.Duration;

/** What may be spent on rules that others wrote, so that none of them keeps us busy. For one thread, once. */
final class Effort {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final long end = System.nanoTime() + LONGEST.toNanos();
    private long left;

    /** @param steps about a millionth of a second each */
    Effort(long steps) {
        left = steps;
    }

    /** @throws IllegalArgumentException if that is more than is left, or it has taken long already */
    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new IllegalArgumentException("its rules have too many instances to compute");
        }
        if (System.nanoTime() - end > 0) {
            throw new IllegalArgumentException("its rules take too long to compute");
        }
    }
}
