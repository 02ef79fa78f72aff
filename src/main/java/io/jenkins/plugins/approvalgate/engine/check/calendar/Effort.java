package io.jenkins.plugins.approvalgate.engine.check.calendar;

/** What may be spent on rules that others wrote, so that none of them keeps us busy. For one thread, once. */
final class Effort {

    private long left;

    /** @param steps about a millionth of a second each */
    Effort(long steps) {
        left = steps;
    }

    /** @throws IllegalArgumentException if that is more than is left */
    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new IllegalArgumentException("its rules have too many instances to compute");
        }
    }
}
