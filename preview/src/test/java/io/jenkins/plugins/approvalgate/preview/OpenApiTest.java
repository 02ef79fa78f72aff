package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The API is what {@code docs/openapi.yaml} says: every operation is called, and no answer has more or less than that. */
public class OpenApiTest {

    private static final String CALLBACK = "/approval-gate-callback/{token}";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private final Set<String> answered = new TreeSet<>();
    private final Set<String> eventTypes = new TreeSet<>();
    private final BlockingQueue<JsonNode> asked = new LinkedBlockingQueue<>();
    private HttpServer function;
    private ApiDocument api;

    @Before
    public void everythingThatAnEnvironmentCanHave() throws Exception {
        api = ApiDocument.read(Path.of("..", "docs", "openapi.yaml"));
        function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        function.createContext("/", exchange -> {
            asked.add(Json.MAPPER.readTree(exchange.getRequestBody()));
            byte[] later = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(202, later.length);
            exchange.getResponseBody().write(later);
            exchange.close();
        });
        function.start();
        String branch = "          - branchControl: {allowed: \"develop\"}\n";
        String release = "        checks:\n          - branchControl: {allowed: \"release/*\"}\n";
        String yaml = Files.readString(PreviewRule.EXAMPLE);
        assertThat(yaml).contains(branch).contains(release);
        int test = yaml.indexOf(release);
        yaml = yaml.substring(0, test)
                + "        checks:\n          - functionCheck: {url: \"http://127.0.0.1:" + function.getAddress().getPort()
                + "/\", callback: true}\n"
                + yaml.substring(test + release.length());
        yaml = yaml.replace(
                branch,
                branch + "          - metricThreshold: {condition: \"accuracy >= 0.5\"}\n"
                        + "        lock: sequential\n        escalateTo: [\"ops@example.com\"]\n        remindBefore: [\"4h\"]\n");
        Path config = folder.newFile("all.yaml").toPath();
        Files.writeString(config, yaml);
        preview.stop();
        preview.with(config).start(PreviewRule.CLOCK);
    }

    @After
    public void stop() {
        function.stop(0);
    }

    /** Asks as {@code user}, and holds question and answer to the document. */
    private JsonNode call(String user, String operation, String address, String body, int status) throws IOException {
        boolean callback = operation.endsWith(CALLBACK);
        String at = callback ? address : "/approvals/rest" + address;
        if (status == 200 && operation.startsWith("POST")) {
            assertThat(api.wrongWithRequest(operation, Json.MAPPER.readTree(body))).as("%s %s", operation, body).isEmpty();
        }
        Client client = preview.as(user);
        Answer answer = operation.startsWith("GET") ? client.get(at) : client.post(at, body);
        assertThat(answer.status()).as("%s %s: %s", operation, address, answer.body()).isEqualTo(status);
        hold(operation, answer);
        return answer.json();
    }

    private void hold(String operation, Answer answer) {
        assertThat(api.wrongWithAnswer(operation, answer)).as("%s: %s", operation, answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Approval-Gate-Now").isPresent()).isNotEqualTo(operation.endsWith(CALLBACK));
        if (answer.status() == 200) {
            answered.add(operation);
        }
        answer.json().path("events").forEach(event -> eventTypes.add(event.get("type").asText()));
    }

    private JsonNode get(String user, String operation, String address) throws IOException {
        return call(user, "GET " + operation, address, "", 200);
    }

    private JsonNode decide(String user, String gate, String verb, String body) throws IOException {
        return call(user, "POST /gates/{id}/" + verb, "/gates/" + gate + "/" + verb, body.replace('\'', '"'), 200);
    }

    private String gate(String branch) throws IOException {
        return preview.as("").gateOf(preview.as("").start(branch));
    }

    private JsonNode full(String user, String gate) throws IOException {
        return get(user, "/gates/{id}", "/gates/" + gate);
    }

    @Test
    public void everyOperation_answersAsDescribed() throws Exception {
        decideInEveryWay();
        decideOnSeveral();
        letTimePass();
        answerLater();
        read();
        call("auditor", "POST /audit/verify", "/audit/verify", "{}", 200);
        searchTheAudit();
        verifyAndExport();

        assertThat(answered).isEqualTo(api.operations());
        assertThat(eventTypes)
                .contains(
                        "requested", "checkEvaluated", "approved", "deferred", "withdrawn", "rejected", "reassigned", "bypassed",
                        "reminded", "escalated", "locked", "released", "callbackIssued", "callbackAnswered", "closed");
    }

    private void decideInEveryWay() throws Exception {
        String gate = gate("develop");
        full("ds-lead", gate);
        decide("ds-lead", gate, "defer", "{'until':'" + preview.now().plus(Duration.ofHours(1)) + "','comment':'tonight'}");
        decide("ds-lead", gate, "withdraw", "{'comment':'not tonight'}");
        decide("ml-engineer-1", gate, "reassign", "{'to':'qa-lead','comment':'knows it better'}");
        decide("ds-lead", gate, "reassign", "{'to':'product-owner','comment':'on holiday'}");
        decide("qa-lead", gate, "recheck", "{}");
        JsonNode approved = decide(
                "qa-lead", gate, "approve", "{'comment':'fine','checklist':['The job success rate is acceptable'],'inputs':{}}");
        assertThat(approved.path("status").asText()).isEqualTo("APPROVED");
        await().until(() -> full("auditor", gate).at("/lock/held").isBoolean()
                && !full("auditor", gate).at("/lock/held").asBoolean());
        decide("ds-lead", gate("develop"), "reject", "{'comment':'no'}");
        decide("gate-admin", gate("develop"), "bypass", "{'reason':'incident'}");
        full("auditor", gate("feature/x"));
    }

    private void decideOnSeveral() throws Exception {
        String one = gate("develop");
        String other = gate("develop");
        JsonNode results = call(
                "ds-lead", "POST /gates/approve", "/gates/approve", "{\"ids\":[\"" + one + "\",\"nosuch\"],\"comment\":\"ok\"}", 200);
        assertThat(results.get("results").findValuesAsText("ok")).containsExactly("true", "false");
        call("ds-lead", "POST /gates/reject", "/gates/reject", "{\"ids\":[\"" + other + "\",\"" + one + "\"],\"comment\":\"no\"}", 200);
    }

    private void letTimePass() throws Exception {
        String gate = gate("develop");
        for (int hours : List.of(21, 4)) {
            preview.moveClock(preview.now().plus(Duration.ofHours(hours)));
            String type = hours == 21 ? "reminded" : "escalated";
            await().until(() -> full("auditor", gate).get("events").findValuesAsText("type").contains(type));
        }
        get("auditor", "/gates", "/gates?overdue=true&stage=promote&requestedBy=developer&job=mlops&environment=registry-promotion");
        preview.moveClock(preview.now().plus(Duration.ofDays(31)));
        await().until(() -> full("auditor", gate).get("status").asText().equals("TIMED_OUT"));
    }

    private void answerLater() throws Exception {
        String gate = gate("release/1");
        JsonNode question = asked.poll(20, TimeUnit.SECONDS);
        String address = URI.create(question.get("callbackUrl").asText()).getPath();
        call("", "POST " + CALLBACK, address, "{\"decision\":\"pass\",\"reason\":\"load test fine\"}", 200);
        call("", "POST " + CALLBACK, address, "{\"decision\":\"pass\",\"reason\":\"twice\"}", 404);
        await().until(() -> full("qa-lead", gate).at("/checks/0/status").asText().equals("PASS"));
    }

    private void read() throws Exception {
        for (String user : List.of("ds-lead", "auditor", "outsider")) {
            get(user, "/summary", "/summary");
            for (String scope : List.of("mine", "open", "closed")) {
                get(user, "/gates", "/gates?limit=2&scope=" + scope);
            }
            JsonNode environments = get(user, "/environments", "/environments");
            for (JsonNode environment : environments.get("environments")) {
                get(user, "/environments/{name}", "/environments/" + environment.get("name").asText());
            }
            explain(user, "{\"job\":\"mlops\",\"branch\":\"main\",\"user\":\"ds-lead\"}");
        }
        explain("ds-lead", "{\"job\":\"mlops\",\"kind\":\"tag\",\"branch\":\"v1\",\"at\":\"" + preview.now() + "\",\"metrics\":{\"accuracy\":1}}");
        hold("GET /environments", preview.as("auditor").get("/approvals/rest/environments?format=csv"));
        Client auditor = preview.as("auditor");
        Answer seen = auditor.get("/approvals/rest/environments");
        Answer again = auditor.send(auditor.request("/approvals/rest/environments")
                .header("If-None-Match", seen.headers().firstValue("ETag").orElseThrow()));
        assertThat(again.status()).isEqualTo(304);
        hold("GET /environments", again);
    }

    private void searchTheAudit() throws Exception {
        await().until(() -> get("auditor", "/audit/index", "/audit/index").get("behind").asLong() == 0);
        JsonNode page = get("auditor", "/audit", "/audit?limit=3&job=mlops&environment=registry-promotion&from=2000-01-01");
        assertThat(page.get("events")).hasSize(3);
        get("auditor", "/audit", "/audit?limit=500&cursor=" + page.get("next").asText());
        get("auditor", "/audit", "/audit?type=approved&actor=DS-LEAD&q=fin&outcome=APPROVED&to=2000-01-01T00:00:00Z");
        await().until(() -> get("auditor", "/audit/findings", "/audit/findings?kind=RUBBER_STAMP").get("findings").size() > 1);
        JsonNode findings = get("auditor", "/audit/findings", "/audit/findings?limit=1&kind=RUBBER_STAMP&from=2000-01-01");
        assertThat(findings.at("/findings/0/evidence")).isNotEmpty();
        get("auditor", "/audit/findings", "/audit/findings?actor=DS-LEAD&environment=registry-promotion&cursor="
                + findings.get("next").asText());
        get("auditor", "/audit/figures", "/audit/figures");
        JsonNode figures = get("auditor", "/audit/figures", "/audit/figures?environment=registry-promotion&from=2000-01-01");
        assertThat(figures.get("environments")).hasSize(1);
        assertThat(figures.at("/environments/0/figures")).isEqualTo(figures.get("all"));
    }

    private void verifyAndExport() throws Exception {
        call("auditor", "POST /audit/verify", "/audit/verify", "{\"background\":true}", 202);
        await().until(() -> !get("auditor", "/audit/verify", "/audit/verify").get("running").asBoolean());
        for (String file : List.of("", "?format=csv&type=requested", "?manifest=true")) {
            Answer answer = preview.as("auditor").get("/approvals/rest/audit/export" + file);
            assertThat(answer.status()).isEqualTo(200);
            hold("GET /audit/export", answer);
        }
    }

    private void explain(String user, String question) throws IOException {
        for (String environment : List.of("registry-promotion", "production-deployment")) {
            call(user, "POST /environments/{name}/explain", "/environments/" + environment + "/explain", question, 200);
        }
    }

    @Test
    public void everyError_isAsDescribed() throws Exception {
        String gate = gate("develop");
        String approve = "POST /gates/{id}/approve";
        String address = "/gates/" + gate + "/approve";
        call("ds-lead", "GET /gates", "/gates?limit=0", "", 400);
        call("ds-lead", "GET /environments", "/environments?format=pdf", "", 400);
        call("ds-lead", approve, address, "{\"unknown\":1}", 400);
        call("", "GET /summary", "/summary", "", 401);
        call("developer-1", approve, address, "{}", 403);
        call("ds-lead", "POST /gates/{id}/bypass", "/gates/" + gate + "/bypass", "{\"reason\":\"x\"}", 403);
        call("ds-lead", "POST /audit/verify", "/audit/verify", "{}", 403);
        call("ds-lead", "GET /audit", "/audit", "", 403);
        call("auditor", "GET /audit", "/audit?cursor=abc", "", 400);
        call("auditor", "GET /audit", "/audit?limit=501", "", 400);
        call("ds-lead", "GET /audit/export", "/audit/export", "", 403);
        call("auditor", "GET /audit/export", "/audit/export?format=pdf", "", 400);
        call("ds-lead", "GET /audit/findings", "/audit/findings", "", 403);
        call("auditor", "GET /audit/findings", "/audit/findings?kind=nosuch", "", 400);
        call("ds-lead", "GET /audit/figures", "/audit/figures", "", 403);
        call("auditor", "GET /audit/figures", "/audit/figures?from=soon", "", 400);
        call("ds-lead", "GET /gates/{id}", "/gates/nosuch", "", 404);
        call("ds-lead", "GET /environments/{name}", "/environments/nosuch", "", 404);
        call("ds-lead", approve, address, "{}", 200);
        call("ds-lead", approve, address, "{}", 409);
        call("ds-lead", approve, address, "{\"comment\":\"" + "x".repeat(1 << 20) + "\"}", 413);
        Client lead = preview.as("ds-lead");
        Answer notJson = lead.send(lead.request("/approvals/rest" + address).POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(notJson.status()).isEqualTo(415);
        hold(approve, notJson);
        Answer deleted = lead.send(lead.request("/approvals/rest/gates/" + gate).DELETE());
        assertThat(deleted.status()).isEqualTo(405);
        hold("GET /gates/{id}", deleted);
    }

    @Test
    public void whatTheDocumentForbids_isRefused() throws Exception {
        String gate = gate("develop");
        for (String body : List.of(
                "{\"comment\":1}",
                "{\"more\":true}",
                "{\"checklist\":\"x\"}",
                "{\"inputs\":[]}",
                "{\"comment\":\"" + "x".repeat(10_001) + "\"}")) {
            assertThat(api.wrongWithRequest("POST /gates/{id}/approve", Json.MAPPER.readTree(body))).as(body).isNotEmpty();
            call("ds-lead", "POST /gates/{id}/approve", "/gates/" + gate + "/approve", body, 400);
        }
    }

    @Test
    public void document_namesEveryOperation_andNoOther() {
        Set<String> described = api.operations().stream()
                .filter(operation -> !operation.endsWith(CALLBACK))
                .map(operation -> operation.replace(" /", " ").replaceAll("\\{\\w+}", "*"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(new TreeSet<>(RestApi.operations()));
    }

    @Test
    public void document_leavesNoObjectOpen_andNoReferenceDead() {
        assertThat(api.openObjects()).isEmpty();
        assertThat(api.deadReferences()).isEmpty();
    }
}
