package io.jenkins.plugins.approvalgate.engine.notice.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who is not to be tried before when: longer after each failure, up to five minutes. For one thread. */
final class Rests {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private record Rest(Duration length, Instant until) {}

    private final Map<String, Rest> rests = new HashMap<>();

    /** @return when it may be tried again */
    Instant failed(String what, Instant now) {
        Rest before = rests.get(what);
        Duration length = before == null ? FIRST : before.length().multipliedBy(2);
        Duration next = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        rests.put(what, new Rest(next, now.plus(next)));
        return now.plus(next);
    }

    void worked(String what) {
        rests.remove(what);
    }

    /** Until when it has to rest; empty if it may be tried now. */
    Optional<Instant> restsUntil(String what, Instant now) {
        // A clock that was set back must not keep anybody waiting for longer than the rest was meant to be.
        return Optional.ofNullable(rests.get(what))
                .filter(rest -> now.isBefore(rest.until()) && !rest.until().isAfter(now.plus(LONGEST)))
                .map(Rest::until);
    }
}
