package io.jenkins.plugins.approvalgate.engine.check.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** The attempts of one ask. For one thread, once. */
final class Attempts {

    private final Clients.Client client;
    private final Question question;
    private final Masks masks;
    private final Limits limits;
    private final IntPredicate wanted;
    private final Instant now;
    private final Duration unit;
    private final long begun = System.nanoTime();

    Attempts(
            Clients.Client client,
            Question question,
            Masks masks,
            Limits limits,
            IntPredicate wanted,
            Instant now,
            Duration unit) {
        this.client = client;
        this.question = question;
        this.masks = masks;
        this.limits = limits;
        this.wanted = wanted;
        this.now = now;
        this.unit = unit;
    }

    Reply make() throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            try {
                return attempt();
            } catch (NoAnswer none) {
                Duration pause = none.pause().orElse(Limits.pause(i, unit));
                // A server that wants to be left alone for longer than we may wait is left alone: the next ask comes.
                if (!none.isPassing() || i == limits.retries() || pause.compareTo(left()) >= 0) {
                    throw new IOException(masks.hide(question.shown()) + " did not answer: " + none.getMessage());
                }
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        }
    }

    private Duration left() {
        return limits.total().minusNanos(System.nanoTime() - begun);
    }

    private Reply attempt() throws NoAnswer, InterruptedException {
        long end = System.nanoTime() + min(limits.attempt(), left()).toNanos();
        Question next = question;
        for (int hops = 0; hops <= Redirect.MOST; hops++) {
            Duration limit = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            Reply reply = new Exchange(client, next, masks, limits.size()).make(limit);
            if (wanted.test(reply.status())) {
                return reply;
            }
            refuseTrouble(reply);
            Optional<Question> elsewhere = Redirect.follow(next, reply);
            if (elsewhere.isEmpty()) {
                return reply;
            }
            next = elsewhere.get();
        }
        throw NoAnswer.lasting("it redirects more than " + Redirect.MOST + " times");
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void refuseTrouble(Reply reply) throws NoAnswer {
        switch (reply.status()) {
            case 429, 503 -> throw NoAnswer.passing("it says " + reply.status(), RetryAfter.of(reply, now.plusNanos(System.nanoTime() - begun)));
            case 407 -> throw NoAnswer.lasting("the proxy does not accept our login (407)");
            case 500, 502, 504 -> throw NoAnswer.passing("it says " + reply.status());
            default -> { }
        }
    }
}
