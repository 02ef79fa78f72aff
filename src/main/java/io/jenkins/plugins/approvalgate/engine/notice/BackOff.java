package io.jenkins.plugins.approvalgate.engine.notice;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait after a call that failed. */
record BackOff(RandomGenerator random) {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);
    private static final int DOUBLINGS = 9;

    /**
     * 1, 2, 4, … seconds, at most five minutes, and of that between a half and the whole, so that many do not come back at
     * once; longer where the receiver asks for it, but never longer than an hour.
     *
     * @param failures how many calls in a row have failed, at least one
     */
    Duration after(int failures, Optional<Duration> retryAfter) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(failures - 1, DOUBLINGS));
        long most = min(doubled, LONGEST).toMillis();
        Duration own = Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
        return retryAfter.map(asked -> min(asked, LONGEST_ASKED_FOR))
                .filter(asked -> asked.compareTo(own) > 0)
                .orElse(own);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
