package io.jenkins.plugins.approvalgate.engine.check.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Waits until no alert has fired for a while, as Prometheus' own series {@code ALERTS} has it. Goes on looking after it
 * passed.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries">Prometheus' HTTP API</a>
 */
public final class PrometheusAlerts implements Check.Asking {

    private final Service service;
    private final Address address;
    private final Selector selector;
    private final Duration quietFor;

    private PrometheusAlerts(Options options, HttpCalls calls) {
        service = Service.read(options, calls, Login.of(options), Duration.ofMinutes(1));
        address = Address.read(options, "/api/v1/query", false);
        quietFor = Spans.read(options, "quietFor", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofDays(30));
        try {
            selector = Selector.parse(options.text("selector", ""));
        } catch (IllegalArgumentException wrong) {
            throw options.wrong("selector", wrong.getMessage());
        }
    }

    /** Reads {@code url, selector, quietFor}, and what all such checks have. */
    public static PrometheusAlerts of(Options options, HttpCalls calls) {
        return new PrometheusAlerts(options, calls);
    }

    @Override
    public String summary() {
        return none() + " at " + address.shown();
    }

    private String none() {
        return "No alert" + which() + " has fired for " + TimeSpan.format(quietFor);
    }

    private String which() {
        return selector.isEmpty() ? "" : " with " + selector;
    }

    /** The query: nothing in its answer if nothing fired. */
    String query() {
        String labels = "alertstate=\"firing\"" + (selector.isEmpty() ? "" : "," + selector);
        return "max_over_time(ALERTS{" + labels + "}[" + Math.max(1, quietFor.toSeconds()) + "s])";
    }

    @Override
    public CheckResult ask(Subject subject, Instant now, Callbacks callbacks) throws IOException, InterruptedException {
        Question question;
        try {
            byte[] form = ("query=" + Address.encode(query())).getBytes(StandardCharsets.US_ASCII);
            question = Question.post(
                    address.fill(service.facts(subject, Optional.empty())),
                    new Question.Body("application/x-www-form-urlencoded", form));
        } catch (Unfit sentence) {
            return CheckResult.fail(sentence.getMessage());
        }
        Reply reply = service.ask(question, status -> status == 200, now);
        if (reply.status() != 200) {
            throw Service.unusable(question, reply, " instead of 200 and a result");
        }
        SortedSet<String> firing = firing(question, reply);
        CheckResult result = firing.isEmpty()
                ? CheckResult.pass(none() + ".")
                : CheckResult.waiting("In the last " + TimeSpan.format(quietFor) + " there fired: "
                        + Texts.first(firing, ", ") + ".");
        return result.detailed(reply.detail());
    }

    private static SortedSet<String> firing(Question question, Reply reply) throws IOException {
        JsonNode answer = reply.json().filter(JsonNode::isObject)
                .orElseThrow(() -> Service.unusable(question, reply, ", but not with a JSON object"));
        JsonNode data = answer.path("data");
        if (!answer.path("status").asText().equals("success")
                || !data.path("resultType").asText().equals("vector")
                || !data.path("result").isArray()) {
            throw Service.unusable(question, reply, ", but not with the result of a query");
        }
        SortedSet<String> firing = new TreeSet<>();
        for (JsonNode series : data.path("result")) {
            firing.add(reply.excerpt(series.path("metric").path("alertname").asText("an alert without a name")));
        }
        // Some who stand before several servers say so when one of them did not answer; then nothing found means nothing.
        if (firing.isEmpty() && !answer.path("warnings").isEmpty()) {
            throw Service.unusable(question, reply, ", but warns: "
                    + reply.excerpt(answer.path("warnings").path(0).asText()));
        }
        return firing;
    }

    @Override
    public Duration timeLimit() {
        return service.limits().timeLimit();
    }

    @Override
    public Duration interval() {
        return service.interval();
    }

    @Override
    public boolean watches() {
        return true;
    }
}
