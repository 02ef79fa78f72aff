package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Somebody who is asked, as the settings say how: what all checks of this package have in common.
 *
 * @param interval from one ask to the next
 */
record Service(HttpCalls calls, Optional<Login> login, Limits limits, Duration interval) {

    /** Reads the limits and {@code interval}. */
    static Service read(Options options, HttpCalls calls, Optional<Login> login, Duration interval) {
        return new Service(calls, login, Limits.of(options), Spans.interval(options, interval));
    }

    Facts facts(Subject subject, Optional<URI> callback) {
        return new Facts(subject, calls.rootUrl(), callback);
    }

    /** See {@link HttpCalls#ask}. */
    Reply ask(Question question, IntPredicate wanted, Instant now) throws IOException, InterruptedException {
        return calls.ask(question, login, limits, wanted, now);
    }

    /**
     * Asks something that changes something if it is asked twice: whoever cares knows by this header that it is the same
     * question, however often an attempt is made (draft-ietf-httpapi-idempotency-key-header).
     */
    static Question once(Question question, Subject subject, Instant now) {
        boolean changes = question.method().equals("POST") || question.method().equals("PATCH");
        return !changes || question.headers().containsKey("Idempotency-Key")
                ? question
                : question.header(
                        "Idempotency-Key",
                        "\"" + subject.gate() + "-" + subject.index() + "-" + now.toEpochMilli() + "\"");
    }

    /** That {@code reply} is no answer to {@code question}; {@code why} goes on after its status. */
    static IOException unusable(Question question, Reply reply, String why) {
        String more = switch (reply.status()) {
            case 401, 403 -> ": it does not accept the credential of the check";
            default -> why;
        };
        return new IOException(reply.masked(question.shown()) + " answered " + reply.status() + more);
    }
}
