package io.jenkins.plugins.approvalgate.engine.check.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Asks a policy of the Open Policy Agent. It passes if the policy is true, or an object whose {@code allow} is true and whose
 * {@code deny} has nothing in it or is not there. Everything else is denied, a policy that is not defined too: a rule
 * without a default is undefined where its conditions do not hold.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/latest/rest-api/#get-a-document-with-input">OPA's Data API</a>
 */
public final class OpaPolicy implements Check.Asking {

    private static final Pattern SEGMENT = Pattern.compile("[^/?#\\s$]+");

    private final Service service;
    private final Address address;
    private final String path;
    private final boolean failWhenDenied;

    private OpaPolicy(Options options, HttpCalls calls) {
        service = Service.read(options, calls, Login.of(options), Duration.ofMinutes(5));
        path = options.text("path");
        if (!Stream.of(path.split("/", -1)).allMatch(segment -> SEGMENT.matcher(segment).matches())) {
            throw options.wrong("path", "\"" + path + "\" is no path of a policy: write it as deploy/production");
        }
        address = Address.read(options, "/v1/data/" + path, false);
        failWhenDenied = options.word("whenDenied", "fail", "wait").equals("fail");
    }

    /** Reads {@code url, path, whenDenied}, and what all such checks have. */
    public static OpaPolicy of(Options options, HttpCalls calls) {
        return new OpaPolicy(options, calls);
    }

    @Override
    public String summary() {
        return "The policy " + path + " allows it, asked at " + address.shown();
    }

    @Override
    public CheckResult ask(Subject subject, Instant now, Callbacks callbacks) throws IOException, InterruptedException {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.set("input", service.facts(subject, Optional.empty()).json());
        byte[] json = input.toString().getBytes(StandardCharsets.UTF_8);
        Question question;
        try {
            question = Question.post(
                    address.fill(service.facts(subject, Optional.empty())), new Question.Body(Sent.usualType(), json));
        } catch (Unfit sentence) {
            return CheckResult.fail(sentence.getMessage());
        }
        Reply reply = service.ask(question, status -> status == 200, now);
        if (reply.status() != 200) {
            throw Service.unusable(question, reply, " instead of 200 and a result");
        }
        JsonNode answer = reply.json()
                .filter(JsonNode::isObject)
                .orElseThrow(() -> Service.unusable(question, reply, ", but not with a JSON object"));
        return result(answer.path("result"), reply).detailed(reply.detail());
    }

    private CheckResult result(JsonNode result, Reply reply) {
        if (result.isMissingNode()) {
            return denied(" is not defined for this gate: either there is no such policy, or none of its rules holds.");
        }
        JsonNode allow = result.isObject() ? result.path("allow") : result;
        boolean allowed = allow.isBoolean() && allow.booleanValue();
        List<String> reasons = reasons(result.path("deny"), reply);
        if (!reasons.isEmpty()) {
            return denied(" denies it: " + Texts.first(reasons, "; ") + ".");
        }
        return allowed ? CheckResult.pass("The policy " + path + " allows it.") : denied(" does not allow it.");
    }

    private CheckResult denied(String how) {
        String reason = "The policy " + path + how;
        return failWhenDenied ? CheckResult.fail(reason) : CheckResult.waiting(reason);
    }

    /** Sets come as lists, in any order; a list of reasons has to be the same as long as they are. */
    private static List<String> reasons(JsonNode deny, Reply reply) {
        boolean none = deny.isMissingNode() || deny.isBoolean() && !deny.booleanValue();
        Stream<JsonNode> items = deny.isContainerNode()
                ? StreamSupport.stream(deny.spliterator(), false)
                : Stream.of(deny).filter(only -> !none);
        return items.map(item -> reply.excerpt(reason(item))).distinct().sorted().toList();
    }

    private static String reason(JsonNode item) {
        JsonNode message = item.path("msg");
        return message.isTextual() ? message.textValue() : item.isTextual() ? item.textValue() : item.toString();
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
