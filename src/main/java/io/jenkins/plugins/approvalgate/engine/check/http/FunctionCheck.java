package io.jenkins.plugins.approvalgate.engine.check.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets a function decide: Azure Functions and alike. It answers at once, or, with {@code callback}, later, on an address that
 * the request tells it.
 */
public final class FunctionCheck implements Check.Asking {

    private final Service service;
    private final Outline outline;
    private final boolean callback;
    private final Duration callbackWithin;

    private FunctionCheck(Options options, HttpCalls calls) {
        Optional<Login> login = Login.withKey(options);
        service = Service.read(options, calls, login, Duration.ofMinutes(5));
        callback = options.flag("callback", false);
        callbackWithin = Spans.read(
                options, "callbackWithin", Duration.ofDays(1), Duration.ofSeconds(10), Duration.ofDays(30));
        outline = Outline.read(options, "POST", login, callback);
    }

    /** Reads {@code url, headers, body, keyHeader, callback, callbackWithin}, and what all such checks have. */
    public static FunctionCheck of(Options options, HttpCalls calls) {
        return new FunctionCheck(options, calls);
    }

    @Override
    public String summary() {
        return "The function " + outline.address().shown() + " decides"
                + (callback ? ", at once or within " + TimeSpan.format(callbackWithin) : "");
    }

    @Override
    public CheckResult ask(Subject subject, Instant now, Callbacks callbacks) throws IOException, InterruptedException {
        Optional<Instant> expires = callback ? Optional.of(now.plus(callbackWithin)) : Optional.empty();
        Question question;
        try {
            Optional<URI> address =
                    expires.isPresent() ? Optional.of(callbacks.issue(subject, expires.get())) : Optional.empty();
            question = question(service.facts(subject, address), subject, now);
        } catch (Unfit sentence) {
            return CheckResult.fail(sentence.getMessage());
        }
        Reply reply = service.ask(question, status -> status / 100 == 2, now);
        if (!reply.fine()) {
            throw Service.unusable(question, reply, " instead of 200 and a decision");
        }
        return result(question, reply, expires).detailed(reply.detail());
    }

    private Question question(Facts facts, Subject subject, Instant now) throws Unfit {
        Question question = outline.fill(facts);
        if (question.body().isEmpty()) {
            byte[] json = facts.json().toString().getBytes(StandardCharsets.UTF_8);
            question = question.with(new Question.Body(Sent.usualType(), json));
        }
        return Service.once(question, subject, now);
    }

    private static CheckResult result(Question question, Reply reply, Optional<Instant> expires) throws IOException {
        Optional<JsonNode> json = reply.json();
        if (expires.isPresent() && json.filter(Answer::decides).isEmpty()) {
            return CheckResult.waiting("The function was asked and will answer later.").until(expires.get());
        }
        CheckResult decided = decision(question, reply, json);
        // It says to wait for its call: asked anew, it would hold an address that works no more.
        return expires.isPresent() && decided.verdict() == CheckResult.Verdict.WAIT
                ? decided.until(expires.get())
                : decided;
    }

    private static CheckResult decision(Question question, Reply reply, Optional<JsonNode> json) throws IOException {
        try {
            return Answer.read(
                    json.orElseThrow(() -> new IllegalArgumentException("is not JSON: expected " + Answer.FORM)),
                    reply::masked);
        } catch (IllegalArgumentException wrong) {
            throw Service.unusable(question, reply, ", but what it says " + wrong.getMessage());
        }
    }

    @Override
    public Duration timeLimit() {
        return service.limits().timeLimit();
    }

    @Override
    public Duration interval() {
        return service.interval();
    }
}
