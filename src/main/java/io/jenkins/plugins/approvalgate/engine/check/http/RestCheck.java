package io.jenkins.plugins.approvalgate.engine.check.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks an address and looks at the reply's status, and at places in its JSON. */
public final class RestCheck implements Check.Asking {

    private final Service service;
    private final Outline outline;
    private final Statuses statuses;
    private final List<Comparison> success;
    private final boolean otherwiseFail;

    private RestCheck(Options options, HttpCalls calls) {
        String method = method(options);
        Optional<Login> login = Login.of(options);
        service = Service.read(options, calls, login, Duration.ofMinutes(5));
        outline = Outline.read(options, method, login, false);
        statuses = Statuses.read(options);
        success = lines(options, "success").stream().map(text -> comparison(options, text)).toList();
        otherwiseFail = options.word("otherwise", "wait", "fail").equals("fail");
        if (method.equals("HEAD") && !success.isEmpty()) {
            throw options.wrong("success", "cannot be asked for with the method HEAD, which brings no reply but its status");
        }
    }

    /** Reads {@code method, url, headers, body, statuses, success, otherwise}, and what all such checks have. */
    public static RestCheck of(Options options, HttpCalls calls) {
        return new RestCheck(options, calls);
    }

    private static String method(Options options) {
        if (options.textIfGiven("body").isEmpty()) {
            return options.word("method", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
        }
        String method = options.word("method", "POST", "PUT", "PATCH", "DELETE", "GET", "HEAD");
        if (method.equals("GET") || method.equals("HEAD")) {
            throw options.wrong("body", "cannot be sent with the method " + method);
        }
        return method;
    }

    /** A list, or one text with line ends; commas belong to what they stand in. */
    private static List<String> lines(Options options, String name) {
        Optional<String> text;
        try {
            text = options.textIfGiven(name);
        } catch (IllegalArgumentException list) {
            return options.texts(name);
        }
        return text.stream().flatMap(String::lines).map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static Comparison comparison(Options options, String text) {
        try {
            return Comparison.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw options.wrong("success", wrong.getMessage());
        }
    }

    @Override
    public String summary() {
        return outline.method() + " " + outline.address().shown() + " answers " + wish();
    }

    private String wish() {
        StringBuilder wish = new StringBuilder(statuses.toString());
        success.forEach(comparison -> wish.append(" and ").append(comparison));
        return wish.toString();
    }

    @Override
    public CheckResult ask(Subject subject, Instant now, Callbacks callbacks) throws IOException, InterruptedException {
        Question question;
        try {
            question = Service.once(outline.fill(service.facts(subject, Optional.empty())), subject, now);
        } catch (Unfit sentence) {
            return CheckResult.fail(sentence.getMessage());
        }
        Reply reply = service.ask(question, statuses::contains, now);
        String who = reply.masked(question.shown());
        return objection(reply)
                .map(why -> otherwise(who + " answered, but " + why + "."))
                .orElseGet(() -> CheckResult.pass(who + " answers " + wish() + "."))
                .detailed(reply.detail());
    }

    private Optional<String> objection(Reply reply) {
        if (!statuses.contains(reply.status())) {
            return Optional.of("with status " + reply.status() + " instead of " + statuses);
        }
        if (success.isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonNode> json = reply.json();
        return json.isEmpty()
                ? Optional.of("what it says is not JSON")
                : success.stream().flatMap(comparison -> comparison.objection(json.get()).stream()).findFirst();
    }

    private CheckResult otherwise(String reason) {
        return otherwiseFail ? CheckResult.fail(reason) : CheckResult.waiting(reason);
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
