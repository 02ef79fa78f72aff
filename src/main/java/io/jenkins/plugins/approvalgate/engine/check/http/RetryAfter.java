package io.jenkins.plugins.approvalgate.engine.check.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a server wants to be left alone: RFC 9110, 10.2.3. */
public final class RetryAfter {

    private RetryAfter() {}

    /** What {@code reply} says, be it a number of seconds or an instant; empty if nothing that can be read. */
    public static Optional<Duration> of(Reply reply, Instant now) {
        return reply.header("retry-after").map(String::strip).flatMap(text -> {
            try {
                return Optional.of(text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : until(text, now));
            } catch (DateTimeException unreadable) {
                return Optional.empty();
            }
        });
    }

    private static Duration until(String date, Instant now) {
        Instant when = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        Duration span = Duration.between(now, when);
        return span.isNegative() ? Duration.ZERO : span;
    }
}
