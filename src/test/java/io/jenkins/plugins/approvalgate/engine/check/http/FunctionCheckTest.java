package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

public class FunctionCheckTest {

    private static final String EXPECTED = ": expected {\"decision\":\"pass|fail|wait|approve\",\"reason\":\"…\"}";

    @Rule
    public final Web web = new Web();

    private final Asks asks = new Asks();
    private final List<Instant> issued = new ArrayList<>();

    private CheckResult ask(Object... more) throws IOException, InterruptedException {
        List<Object> settings = new ArrayList<>(List.of("url", web.at("/api/gate?code=1")));
        settings.addAll(List.of(more));
        return asks.ask(asks.check(FunctionCheck::of, settings.toArray()));
    }

    private void issueCallbacks() {
        asks.callbacks = (subject, expires) -> {
            issued.add(expires);
            return URI.create("https://ci.example/approval-gate-callback/t0ken-" + issued.size());
        };
    }

    @Test
    public void decisions() throws Exception {
        Object[][] table = {
            {"{\"decision\":\"pass\"}", Verdict.PASS, "The function lets it pass."},
            {"{\"decision\":\"fail\",\"reason\":null}", Verdict.FAIL, "The function refuses it."},
            {"{\"decision\":\"wait\",\"reason\":\"\"}", Verdict.WAIT, "The function says to wait."},
            {"{\"decision\":\"approve\",\"reason\":\" \"}", Verdict.APPROVE, "The function approves it."},
            {"{\"decision\":\"fail\",\"reason\":\"No ticket.\",\"more\":1}", Verdict.FAIL, "No ticket."},
            {"{\"decision\":\"pass\",\"reason\":\"a\\n\\tb\\u0000\\u202e\\ud800c\"}", Verdict.PASS, "a  bc"},
            {"{\"decision\":\"pass\",\"reason\":\"" + "ä".repeat(1_001) + "\"}", Verdict.PASS, "ä".repeat(999) + "…"},
            {"{\"decision\":\"pass\",\"reason\":\"" + "ä".repeat(1_000) + "\"}", Verdict.PASS, "ä".repeat(1_000)},
            {"{\"decision\":\"pass\",\"reason\":\"x" + "😀".repeat(600) + "\"}", Verdict.PASS, "x" + "😀".repeat(499) + "…"},
        };
        for (Object[] row : table) {
            web.answers(200, (String) row[0]);
            CheckResult result = ask();
            assertThat(result.verdict()).isEqualTo(row[1]);
            assertThat(result.reason()).isEqualTo(row[2]);
            assertThat(result.until()).isEmpty();
            assertThat(result.detail()).startsWith("HTTP 200\n{");
        }
    }

    @Test
    public void anythingElse_isNoAnswer() {
        Object[][] table = {
            {200, "", "is not JSON" + EXPECTED},
            {202, "queued", "is not JSON" + EXPECTED},
            {200, "[]", "has no decision" + EXPECTED},
            {200, "{}", "has no decision" + EXPECTED},
            {200, "\"pass\"", "has no decision" + EXPECTED},
            {200, "{\"decision\":true}", "has no decision" + EXPECTED},
            {200, "{\"decision\":\"PASS\"}", "has a decision that is none of the four" + EXPECTED},
            {200, "{\"decision\":\"pass\",\"decision\":\"pass\"}", "is not JSON" + EXPECTED},
            {200, "{\"decision\":\"pass\",\"reason\":7}", "has a reason that is no text" + EXPECTED},
        };
        for (Object[] row : table) {
            web.answers((Integer) row[0], (String) row[1]);
            assertThatThrownBy(() -> ask())
                    .isInstanceOf(IOException.class)
                    .hasMessage(web.at("/api/gate") + " answered " + row[0] + ", but what it says " + row[2]);
        }
    }

    @Test
    public void otherStatuses_areNoAnswer() {
        web.answers(404, "{\"decision\":\"pass\"}");
        assertThatThrownBy(() -> ask()).hasMessage(web.at("/api/gate") + " answered 404 instead of 200 and a decision");
        web.answers(401, "{\"decision\":\"pass\"}");
        assertThatThrownBy(() -> ask())
                .hasMessage(web.at("/api/gate") + " answered 401: it does not accept the credential of the check");
    }

    @Test
    public void key_goesIntoItsHeader() throws Exception {
        web.answers(200, "{\"decision\":\"pass\"}");
        asks.surroundings.secrets.put("key", new Secret.Text("k3y"));
        ask("credentials", "key");
        assertThat(web.last().header("x-functions-key")).isEqualTo("k3y");
        ask("credentials", "key", "keyHeader", "X-Key");
        assertThat(web.last().header("X-Key")).isEqualTo("k3y");
        assertThat(web.last().header("x-functions-key")).isNull();
        assertThat(web.last().method()).isEqualTo("POST");
        assertThat(web.last().header("Idempotency-Key")).isNotNull();
    }

    @Test
    public void callback_isTold_andWaitedFor() throws Exception {
        issueCallbacks();
        web.answers(202, "queued https://ci.example/approval-gate-callback/t0ken-1");
        CheckResult result = ask("callback", true, "callbackWithin", "4h");
        assertThat(issued).containsExactly(Asks.NOW.plus(Duration.ofHours(4)));
        assertThat(new ObjectMapper().readTree(web.last().body()).path("callbackUrl").textValue())
                .isEqualTo("https://ci.example/approval-gate-callback/t0ken-1");
        assertThat(result.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(result.reason()).isEqualTo("The function was asked and will answer later.");
        assertThat(result.until()).contains(Asks.NOW.plus(Duration.ofHours(4)));
        assertThat(result.detail()).isEqualTo("HTTP 202\nqueued ****");
    }

    @Test
    public void callback_inTheBody_andTheSameForAllAttempts() throws Exception {
        issueCallbacks();
        web.answers((exchange, request, number) -> Web.reply(exchange, number == 1 ? 503 : 200, "{\"id\":1}"));
        ask("callback", true, "body", "{\"to\": \"${callbackUrl}\"}");
        assertThat(web.requests).extracting(Web.Request::body).containsOnly(
                "{\"to\": \"https://ci.example/approval-gate-callback/t0ken-1\"}");
        assertThat(issued).containsExactly(Asks.NOW.plus(Duration.ofDays(1)));
    }

    @Test
    public void callback_butDecidedAtOnce() throws Exception {
        issueCallbacks();
        web.answers(200, "{\"decision\":\"approve\"}");
        assertThat(ask("callback", true)).isEqualTo(CheckResult.approve("The function approves it.")
                .detailed("HTTP 200\n{\"decision\":\"approve\"}"));
        web.answers(200, "{\"decision\":\"wait\",\"reason\":\"Tests run.\"}");
        CheckResult waits = ask("callback", true);
        assertThat(waits.reason()).isEqualTo("Tests run.");
        assertThat(waits.until()).contains(Asks.NOW.plus(Duration.ofDays(1)));
        web.answers(200, "{\"decision\":\"maybe\"}");
        assertThatThrownBy(() -> ask("callback", true)).hasMessageContaining("has a decision that is none of the four");
    }

    @Test
    public void callback_thatFailed_isNoAnswer() {
        issueCallbacks();
        web.answers(404, "");
        assertThatThrownBy(() -> ask("callback", true)).hasMessageContaining("answered 404");
    }

    @Test
    public void callback_thatCannotBeIssued_isNoAnswer() {
        assertThatThrownBy(() -> ask("callback", true)).isInstanceOf(IOException.class).hasMessage("nobody can call back");
        assertThat(web.requests).isEmpty();
    }

    @Test
    public void callbackAddress_isNotShownInAnException() {
        issueCallbacks();
        web.answers(500, "");
        assertThatThrownBy(() -> asks.ask(
                        asks.check(FunctionCheck::of, "url", web.at("/x/${callbackUrl}"), "callback", true, "retries", 0)))
                .hasMessage(web.at("/x/****") + " did not answer: it says 500");
    }

    @Test
    public void summary() {
        assertThat(asks.check(FunctionCheck::of, "url", "https://f.example/api?x=1").summary())
                .isEqualTo("The function https://f.example/api decides");
        assertThat(asks.check(FunctionCheck::of, "url", "https://f.example/api", "callback", true).summary())
                .isEqualTo("The function https://f.example/api decides, at once or within 1d");
    }
}
