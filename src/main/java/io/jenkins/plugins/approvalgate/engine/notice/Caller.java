package io.jenkins.plugins.approvalgate.engine.notice;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import io.jenkins.plugins.approvalgate.engine.check.http.Destination;
import io.jenkins.plugins.approvalgate.engine.check.http.HttpCalls;
import io.jenkins.plugins.approvalgate.engine.check.http.Limits;
import io.jenkins.plugins.approvalgate.engine.check.http.Question;
import io.jenkins.plugins.approvalgate.engine.check.http.Reply;
import io.jenkins.plugins.approvalgate.engine.check.http.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls webhooks, once each time. Thread-safe. */
final class Caller {

    /** One attempt, no redirects: where something is sent is the administrator's to say. */
    static final Limits LIMITS = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), 0, Limits.SIZE);

    private final Surroundings surroundings;
    private final Clock clock;
    private final Limits limits;
    private final HttpCalls calls;

    /** @param clock the real time: a receiver holds the signature's time to its own clock */
    Caller(Surroundings surroundings, Clock clock, Limits limits) {
        this.limits = limits;
        this.surroundings = surroundings;
        this.clock = clock;
        calls = new HttpCalls(surroundings);
    }

    /**
     * What a webhook answered.
     *
     * @param retryAfter how long it wants to be left alone, where it says so
     */
    record Answer(int status, Optional<Duration> retryAfter) {

        boolean isFine() {
            return status / 100 == 2;
        }

        /** It never wants to be called again. */
        boolean isGone() {
            return status == 410;
        }
    }

    /**
     * Sends an event.
     *
     * @throws IOException if there is no answer; the message is fit to be shown
     */
    Answer call(Outlet outlet, Told told) throws IOException, InterruptedException {
        URI address = address(outlet);
        Reply reply = calls.ask(question(outlet, told, address), Optional.empty(), limits, any -> true, clock.instant());
        return new Answer(reply.status(), RetryAfter.of(reply, clock.instant()));
    }

    /** The host's address, ending in a slash; empty if it does not know it. */
    Optional<String> rootUrl() {
        return surroundings.rootUrl();
    }

    private URI address(Outlet outlet) throws IOException {
        if (outlet.address().isPresent()) {
            return outlet.address().get();
        }
        String id = outlet.webhook().urlCredentials().orElseThrow();
        Secret secret = surroundings.secret(id);
        try {
            if (secret instanceof Secret.Text text) {
                return Destination.of(text.text());
            }
        } catch (IllegalArgumentException noAddress) {
            // The message could quote it.
        }
        throw new IOException("the credential \"" + id
                + "\" is no address: it has to be a secret text that begins with http:// or https://");
    }

    private Question question(Outlet outlet, Told told, URI address) throws IOException {
        Question.Body body = outlet.body(told);
        List<String> hidden = new ArrayList<>();
        String rest = address.getRawPath().replaceFirst("^/", "");
        if (!rest.isEmpty()) {
            hidden.add(rest);
        }
        Question question = new Question("POST", address, Map.of(), Optional.of(body), hidden);
        Optional<String> id = outlet.webhook().credentials();
        if (id.isEmpty()) {
            return question;
        }
        long time = clock.instant().getEpochSecond();
        return question.header("Approval-Gate-Timestamp", String.valueOf(time))
                .header(
                        "Approval-Gate-Signature",
                        Signature.of(surroundings.secret(id.get()), id.get(), time, body.content()));
    }
}
