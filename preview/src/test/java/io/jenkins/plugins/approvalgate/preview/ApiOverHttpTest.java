package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Every status code that the API documents, over a real connection. */
public class ApiOverHttpTest {

    private static final String REST = "/approvals/rest/";

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private String gate;

    @Before
    public void oneGate() throws IOException {
        gate = preview.as("").gateOf(preview.as("").start("develop"));
    }

    private Client lead() {
        return preview.as("ds-lead");
    }

    private void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo(code);
        assertThat(answer.json().at("/error/message").asText()).isNotBlank();
    }

    private void assertNothingChanged() throws IOException {
        JsonNode now = lead().gate(gate).json();
        assertThat(now.get("status").asText()).isEqualTo("WAITING");
        assertThat(now.get("events").findValuesAsText("type")).containsExactly("requested", "checkEvaluated");
    }

    @Test
    public void badInput_is400() throws Exception {
        for (String body : List.of(
                "{",
                "[]",
                "\"x\"",
                "{} {}",
                "{\"comment\":1}",
                "{\"comment\":\"a\",\"comment\":\"b\"}",
                "{\"unknown\":\"x\"}",
                "{\"comment\":\"" + "x".repeat(10_001) + "\"}",
                "{\"checklist\":[\"not on it\"]}",
                "{\"checklist\":\"x\"}",
                "{\"inputs\":{\"none\":\"x\"}}")) {
            assertError(lead().decide(gate, "approve", body), 400, "invalid");
        }
        assertError(lead().decide(gate, "reject", "{}"), 400, "invalid");
        assertError(lead().decide(gate, "reject", "{\"comment\":\"  \"}"), 400, "invalid");
        assertError(lead().get(REST + "gates?limit=0"), 400, "invalid");
        assertError(lead().get(REST + "gates?scope=yours"), 400, "invalid");
        assertNothingChanged();
    }

    @Test
    public void nobody_is401_andToldHowToSignIn() throws Exception {
        Answer anonymous = preview.as("").decide(gate, "approve", "{}");
        assertError(anonymous, 401, "signIn");
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValueSatisfying(v -> assertThat(v).startsWith("Basic"));
        assertError(preview.as("").get(REST + "summary"), 401, "signIn");
        assertError(preview.as("stranger").get(REST + "summary"), 401, "signIn");
        assertError(
                lead().send(preview.as("").request(REST + "summary").header("Authorization", "Basic ?")), 401, "signIn");
        assertError(
                lead().send(preview.as("").request(REST + "summary").header("Authorization", "Bearer x")), 401, "signIn");
        assertThat(preview.as("")
                        .send(preview.as("").request(REST + "summary").header("Sec-Fetch-Mode", "cors"))
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .as("a browser would open a window of its own")
                .isEmpty();
        assertNothingChanged();
    }

    @Test
    public void whoeverIsNoApprover_is403_administratorIncluded() throws Exception {
        for (String user : List.of("developer-1", "gate-admin", "auditor", "qa-lead")) {
            assertError(preview.as(user).decide(gate, "approve", "{}"), 403, "notYours");
            assertError(preview.as(user).decide(gate, "reject", "{\"comment\":\"no\"}"), 403, "notYours");
        }
        assertError(lead().decide(gate, "withdraw", "{}"), 403, "notYours");
        assertError(lead().post(REST + "audit/verify", "{}"), 403, "forbidden");
        assertNothingChanged();
    }

    @Test
    public void whatIsNotThere_is404() throws Exception {
        assertError(lead().gate("01m82phm6jf3ssy1hyay77ry1w"), 404, "unknownGate");
        assertError(lead().gate("..%2F..%2Fx"), 404, "unknownGate");
        assertError(lead().decide("nosuch", "approve", "{}"), 404, "unknownGate");
        assertError(lead().get(REST + "environments/nosuch"), 404, "unknownEnvironment");
        assertError(lead().get(REST + "nothing"), 404, "unknownAddress");
        assertError(lead().decide(gate, "explode", "{}"), 404, "unknownAddress");
        assertError(lead().get("/nothing/here"), 404, "unknownAddress");
        assertError(lead().get("/preview/runs/mlops%2399"), 404, "unknownRun");
        assertError(lead().get("/preview/runs/x"), 404, "unknownRun");
    }

    @Test
    public void otherMethods_are405() throws Exception {
        for (String method : List.of("PUT", "DELETE", "PATCH")) {
            assertError(
                    lead().send(lead().request(REST + "gates/" + gate).method(method, HttpRequest.BodyPublishers.noBody())),
                    405,
                    "methodNotAllowed");
        }
        assertError(lead().post("/approvals/", "{}"), 405, "methodNotAllowed");
        assertError(lead().post("/assets/js/app.js", "{}"), 405, "methodNotAllowed");
        assertError(lead().post("/preview/accounts", "{}"), 405, "methodNotAllowed");
    }

    @Test
    public void decidedGate_is409_withTheOutcome() throws Exception {
        assertThat(lead().decide(gate, "approve", "{\"comment\":\"first\"}").status()).isEqualTo(200);

        Answer second = preview.as("ml-engineer-1").decide(gate, "reject", "{\"comment\":\"second\"}");

        assertError(second, 409, "closed");
        assertThat(second.json().at("/error/outcome").asText()).isEqualTo("APPROVED");
        assertThat(second.json().at("/error/message").asText()).contains("ds-lead");
    }

    @Test
    public void tooLarge_is413() throws Exception {
        assertError(
                lead().decide(gate, "approve", "{\"comment\":\"" + "x".repeat(3 << 20) + "\"}"), 413, "tooLarge");
        assertError(lead().post("/preview/clock", "{\"set\":\"" + "x".repeat(1 << 20) + "\"}"), 413, "tooLarge");
        assertNothingChanged();
    }

    @Test
    public void otherThanJson_is415() throws Exception {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            assertError(
                    lead().send(lead().request(REST + "gates/" + gate + "/approve")
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))),
                    415,
                    "unsupportedMediaType");
        }
        assertError(
                lead().send(lead().request("/preview/clock").POST(HttpRequest.BodyPublishers.ofString("{}"))),
                415,
                "unsupportedMediaType");
        assertNothingChanged();
    }

    @Test
    public void unchanged_is304() throws Exception {
        Answer first = lead().gate(gate);
        String tag = first.headers().firstValue("ETag").orElseThrow();

        Answer again = lead().send(lead().request(REST + "gates/" + gate).header("If-None-Match", tag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        preview.as("ml-engineer-1").decide(gate, "approve", "{}");

        assertThat(lead().send(lead().request(REST + "gates/" + gate).header("If-None-Match", tag)).status())
                .isEqualTo(200);
    }

    @Test
    public void outsider_seesNothing_andCountsNothing() throws Exception {
        Client outsider = preview.as("outsider");

        assertThat(outsider.get(REST + "summary").body()).isEqualTo("{\"waitingForYou\":0,\"open\":0,\"mayViewAudit\":false}");
        for (String scope : List.of("mine", "open", "closed")) {
            assertThat(outsider.get(REST + "gates?scope=" + scope).json().get("gates")).isEmpty();
        }
        assertThat(outsider.get(REST + "environments").json().get("environments"))
                .allSatisfy(environment -> assertThat(environment.get("open").asInt()).isZero());
        assertThat(outsider.get(REST + "environments/registry-promotion").json().get("gates")).isEmpty();
        assertError(outsider.gate(gate), 404, "unknownGate");
        assertThat(outsider.gate(gate).body()).isEqualTo(outsider.gate("nosuch").body());
        assertError(outsider.decide(gate, "approve", "{}"), 404, "unknownGate");
        assertThat(outsider.post("/preview/runs", "{\"pipeline\":\"mlops\",\"branch\":\"main\",\"user\":\"outsider\"}").status())
                .isEqualTo(403);
        assertNothingChanged();
    }

    @Test
    public void summary_countsWhatWaitsForTheCaller() throws Exception {
        preview.as("").start("main");

        assertThat(lead().get(REST + "summary").body()).isEqualTo("{\"waitingForYou\":1,\"open\":2,\"mayViewAudit\":false}");
        assertThat(preview.as("auditor").get(REST + "summary").body()).isEqualTo("{\"waitingForYou\":0,\"open\":2,\"mayViewAudit\":true}");
    }

    @Test
    public void badOrders_startNoRun() throws Exception {
        for (String body : List.of(
                "{}",
                "{\"pipeline\":\"other\",\"branch\":\"main\",\"user\":\"developer-1\"}",
                "{\"pipeline\":\"mlops\",\"branch\":\"\",\"user\":\"developer-1\"}",
                "{\"pipeline\":\"mlops\",\"branch\":\"a\\nb\",\"user\":\"developer-1\"}",
                "{\"pipeline\":\"mlops\",\"branch\":\"main\",\"user\":\"nobody\"}",
                "{\"pipeline\":\"mlops\",\"branch\":\"main\",\"user\":\"developer-1\",\"metrics\":[1]}",
                "{\"pipeline\":\"mlops\",\"branch\":\"main\",\"user\":\"developer-1\",\"metrics\":{\"a\":{}}}",
                "{\"pipeline\":\"mlops\",\"branch\":\"main\",\"user\":\"developer-1\",\"x\":1}")) {
            assertError(lead().post("/preview/runs", body), 400, "invalid");
        }
        assertThat(lead().get("/preview/runs").json().get("runs")).hasSize(1);
    }

    @Test
    public void journal_verifiesForThoseWhoMaySeeTheAudit() throws Exception {
        lead().decide(gate, "approve", "{}");

        for (String user : List.of("auditor", "gate-admin")) {
            JsonNode verified = preview.as(user).post(REST + "audit/verify", "{}").json();
            assertThat(verified.get("ok").asBoolean()).isTrue();
            // Those of the gate, and what the first start found configured: four environments, and the groups. A moment
            // later it is found that nobody had opened the review.
            assertThat(verified.get("lines").asInt()).isBetween(4 + 5, 4 + 5 + 1);
        }
    }
}
