package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Rule;
import org.junit.Test;

public class OpaPolicyTest {

    private static final String NOT_ALLOWED = "The policy deploy/production does not allow it.";
    private static final String UNDEFINED = "The policy deploy/production is not defined for this gate: either there is no"
            + " such policy, or none of its rules holds.";

    @Rule
    public final Web web = new Web();

    private final Asks asks = new Asks();

    private CheckResult ask(String reply, String whenDenied) throws IOException, InterruptedException {
        web.answers(200, reply);
        return asks.ask(asks.check(
                OpaPolicy::of, "url", web.at("/opa/"), "path", "deploy/production", "whenDenied", whenDenied));
    }

    @Test
    public void results() throws Exception {
        String[][] table = {
            {"{\"result\":true}", ""},
            {"{\"result\":{\"allow\":true}}", ""},
            {"{\"result\":{\"allow\":true,\"deny\":[]}}", ""},
            {"{\"result\":{\"allow\":true,\"deny\":{}}}", ""},
            {"{\"result\":{\"allow\":true,\"deny\":false}}", ""},
            {"{\"result\":{\"allow\":true,\"other\":1},\"decision_id\":\"x\"}", ""},
            {"{}", UNDEFINED},
            {"{\"decision_id\":\"x\"}", UNDEFINED},
            {"{\"result\":false}", NOT_ALLOWED},
            {"{\"result\":null}", NOT_ALLOWED},
            {"{\"result\":\"true\"}", NOT_ALLOWED},
            {"{\"result\":1}", NOT_ALLOWED},
            {"{\"result\":[true]}", NOT_ALLOWED},
            {"{\"result\":{}}", NOT_ALLOWED},
            {"{\"result\":{\"allow\":false}}", NOT_ALLOWED},
            {"{\"result\":{\"allow\":\"true\"}}", NOT_ALLOWED},
            {"{\"result\":{\"allow\":1,\"deny\":[]}}", NOT_ALLOWED},
            {"{\"result\":{\"deny\":[]}}", NOT_ALLOWED},
            {"{\"result\":{\"allow\":true,\"deny\":[\"b\",{\"msg\":\"a\\n\"},\"b\",{\"code\":1}]}}",
                "The policy deploy/production denies it: a; b; {\"code\":1}."},
            {"{\"result\":{\"allow\":true,\"deny\":true}}", "The policy deploy/production denies it: true."},
            {"{\"result\":{\"allow\":true,\"deny\":null}}", "The policy deploy/production denies it: null."},
            {"{\"result\":{\"allow\":true,\"deny\":\"no\"}}", "The policy deploy/production denies it: no."},
            {"{\"result\":{\"allow\":true,\"deny\":{\"x\":\"no\"}}}", "The policy deploy/production denies it: no."},
            {"{\"result\":{\"allow\":true,\"deny\":[\"" + "x".repeat(300) + "\"]}}",
                "The policy deploy/production denies it: " + "x".repeat(199) + "…."},
        };
        for (String[] row : table) {
            CheckResult result = ask(row[0], "fail");
            assertThat(result.verdict()).as(row[0]).isEqualTo(row[1].isEmpty() ? Verdict.PASS : Verdict.FAIL);
            assertThat(result.reason())
                    .isEqualTo(row[1].isEmpty() ? "The policy deploy/production allows it." : row[1]);
            assertThat(ask(row[0], "wait").verdict()).isEqualTo(row[1].isEmpty() ? Verdict.PASS : Verdict.WAIT);
        }
    }

    @Test
    public void manyReasons_areBounded() throws Exception {
        String deny = IntStream.range(10, 30).mapToObj(i -> "\"r" + i + "\"").collect(Collectors.joining(","));
        assertThat(ask("{\"result\":{\"allow\":true,\"deny\":[" + deny + "]}}", "fail").reason())
                .endsWith("denies it: r10; r11; r12; r13; r14; r15; r16; r17; r18; r19 and 10 more.");
    }

    @Test
    public void brokenReplies_areNoAnswer() {
        for (String reply : List.of("", "true", "[]", "{\"result\":true")) {
            assertThatThrownBy(() -> ask(reply, "fail"))
                    .hasMessage(web.at("/opa/v1/data/deploy/production") + " answered 200, but not with a JSON object");
        }
        OpaPolicy check = asks.check(OpaPolicy::of, "url", web.at(""), "path", "a");
        web.answers(400, "{\"result\":true}");
        assertThatThrownBy(() -> asks.ask(check))
                .hasMessage(web.at("/v1/data/a") + " answered 400 instead of 200 and a result");
    }

    @Test
    public void input_isTheGate() throws Exception {
        asks.surroundings.secrets.put("token", new Secret.Text("t0ken"));
        web.answers(200, "{\"result\":true}");
        asks.ask(asks.check(OpaPolicy::of, "url", web.at(""), "path", "deploy/production", "credentials", "token"));
        assertThat(web.last().method()).isEqualTo("POST");
        assertThat(web.last().address()).isEqualTo("/v1/data/deploy/production");
        assertThat(web.last().header("Authorization")).isEqualTo("Bearer t0ken");
        JsonNode input = new ObjectMapper().readTree(web.last().body()).path("input");
        assertThat(input.path("environment").textValue()).isEqualTo("production");
        assertThat(input.path("metrics").path("accuracy").isNumber()).isTrue();
    }

    @Test
    public void settings() {
        for (String path : List.of("/deploy", "deploy/", "a//b", "a?b", "a b", "a#b", "${branch}")) {
            assertThatThrownBy(() -> asks.check(OpaPolicy::of, "url", "http://h", "path", path))
                    .hasMessageStartingWith("path: \"" + path + "\" is no path of a policy");
        }
        assertThatThrownBy(() -> asks.check(OpaPolicy::of, "url", "http://h", "path", "a/../b"))
                .hasMessage("url: must not have . or .. as a part of its path");
        assertThatThrownBy(() -> asks.check(OpaPolicy::of, "url", "http://h?x", "path", "a"))
                .hasMessage("url: must not have a fragment or a query");
        assertThat(asks.check(OpaPolicy::of, "url", "http://h/", "path", "deploy/production").summary())
                .isEqualTo("The policy deploy/production allows it, asked at http://h/v1/data/deploy/production");
    }
}
