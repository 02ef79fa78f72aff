package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Every call of the API: what it gives, and what bad input gets. Lists and pages: {@link GateListTest}. */
public class RestApiTest {

    private static final String[] ROW = {
        "id", "environment", "status", "job", "build", "buildUrl", "stage", "branch", "requestedBy", "requestedAt",
        "deadline", "slaDue", "overdue", "approvals", "waitingFor", "canDecide", "asksFor"
    };
    private static final String[] FULL = {
        "message", "instructions", "checklist", "metrics", "links", "artifacts", "checks", "lock", "policy", "events",
        // beyond the design's list
        "logUrl", "inputs", "earlierGates", "you", "instructionsHtml", "commentRequired", "changes", "thresholds", "deferred"
    };

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol,dave"),
            Given.environment("production", "any 2: alice, @team, @own"),
            Given.environment("staging", "sequential: @team, alice"));

    private final FakeCaller alice = FakeCaller.of("alice");
    private final FakeCaller mallory = FakeCaller.of("mallory");
    private Api api;
    private Gate gate;

    @Before
    public void begin() throws Exception {
        disk.host.approverGroups.add(new ApproverGroup("own", List.of("olga"), List.of()));
        api = new Api(disk.keeper, disk.host);
        gate = disk.request("production", 1);
    }

    private String address(String action) {
        return "gates/" + gate.id() + action;
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    public void summary_countsWhatTheCallerMaySee() throws Exception {
        disk.request("staging", 2);
        disk.keeper.request(Given.request("production", "secret/app", 3, Set.of()));
        assertThat(api.get(alice, "summary").is(200).json()).hasToString("{\"waitingForYou\":1,\"open\":2,\"mayViewAudit\":false}");
        assertThat(api.get(FakeCaller.of("carol"), "summary").json()).hasToString("{\"waitingForYou\":2,\"open\":2,\"mayViewAudit\":false}");
        assertThat(api.get(FakeCaller.outsider("alice"), "summary").json()).hasToString("{\"waitingForYou\":0,\"open\":0,\"mayViewAudit\":false}");
        assertThat(api.get(FakeCaller.anonymous(true), "summary").json()).hasToString("{\"waitingForYou\":0,\"open\":2,\"mayViewAudit\":false}");
        assertThat(api.get(FakeCaller.auditor(), "summary").json()).hasToString("{\"waitingForYou\":0,\"open\":3,\"mayViewAudit\":true}");
    }

    @Test
    public void gates_aRowHasTheFieldsOfTheDesign() {
        JsonNode row = api.get(alice, "gates").is(200).json().path("gates").path(0);
        assertThat(names(row)).containsExactlyInAnyOrder(ROW);
        assertThat(row.path("status").textValue()).isEqualTo("WAITING");
        assertThat(row.path("job").textValue()).isEqualTo("team/app");
        assertThat(row.path("build").intValue()).isEqualTo(1);
        assertThat(row.path("requestedAt").textValue()).isEqualTo("2026-03-02T09:00:00Z");
        assertThat(row.path("deadline").textValue()).isEqualTo("2026-04-01T09:00:00Z");
        assertThat(row.path("slaDue").textValue()).isEqualTo("2026-03-02T13:00:00Z");
        assertThat(row.path("overdue").booleanValue()).isFalse();
        assertThat(row.path("approvals")).hasToString("{\"given\":0,\"required\":2}");
        assertThat(row.path("waitingFor"))
                .hasToString("[{\"kind\":\"approval\",\"reason\":\"2 approvals by any of alice, group team, group own\"}]");
        assertThat(row.path("canDecide").booleanValue()).isTrue();
    }

    @Test
    public void gate_inFullHasTheFieldsOfTheDesign() {
        JsonNode full = api.get(alice, address("")).is(200).json();
        List<String> expected = new ArrayList<>(List.of(ROW));
        expected.addAll(List.of(FULL));
        assertThat(names(full)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(full.path("metrics")).hasToString("{\"accuracy\":0.94}");
        assertThat(full.path("links")).hasToString("[{\"name\":\"MLflow\",\"url\":\"https://mlflow.example/run/1\"}]");
        assertThat(full.path("artifacts").path(0).path("name").textValue()).isEqualTo("changed_circuits.json");
        assertThat(full.path("checklist")).hasToString("[\"Tests passed\",\"Security looked\"]");
        assertThat(full.path("instructions").textValue()).isEqualTo("Look first.");
        assertThat(full.path("message").textValue()).isEqualTo("May it pass?");
        assertThat(full.path("checks")).hasToString("[]");
        assertThat(names(full.path("policy"))).contains("order", "minimum", "approvers");
        JsonNode approvers = full.path("policy").path("approvers");
        assertThat(approvers.path(0)).hasToString("{\"user\":\"alice\",\"required\":1,\"satisfiedBy\":[]}");
        assertThat(approvers.path(1))
                .hasToString("{\"group\":\"team\",\"source\":\"realm\",\"members\":[\"carol\",\"dave\"],\"required\":1,\"satisfiedBy\":[]}");
        assertThat(approvers.path(2).path("source").textValue()).isEqualTo("own");
        assertThat(full.path("events"))
                .hasToString("[{\"seq\":1,\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"requested\",\"actor\":\"starter\",\"comment\":\"\"}]");
        assertThat(full.path("you"))
                .hasToString("{\"canDecide\":true,\"canDefer\":true,\"canReject\":true,\"canWithdraw\":false,\"canReassign\":true,"
                        + "\"canBypass\":false,\"canRecheck\":false,\"entries\":[\"alice\"],"
                        + "\"reassignTo\":[\"carol\",\"dave\",\"olga\"],\"reason\":null}");
    }

    @Test
    public void gate_showsEarlierGatesOfTheSameBuildOnly() throws Exception {
        api.post(alice, address("/reject"), "{\"comment\":\"no\"}").is(200);
        disk.request("production", 2);
        disk.clock.set(Given.START.plusSeconds(1));
        Gate second = disk.keeper.request(Given.withKey(Given.request("staging", 1), "key-2"));
        disk.clock.set(Given.START.plusSeconds(2));
        disk.keeper.request(Given.withKey(Given.request("staging", 1), "key-3"));
        JsonNode earlier = api.get(alice, "gates/" + second.id()).json().path("earlierGates");
        assertThat(earlier).extracting(row -> row.path("id").textValue()).containsExactly(gate.id());
        assertThat(earlier.path(0).path("status").textValue()).isEqualTo("REJECTED");
        assertThat(api.get(alice, address("")).json().path("earlierGates")).isEmpty();
    }

    @Test
    public void gate_tellsTheCallerWhyTheyMayNot() {
        Map<FakeCaller, String> why = new LinkedHashMap<>();
        why.put(mallory, "You are not among the approvers of production.");
        why.put(FakeCaller.anonymous(true), "Sign in to decide.");
        why.forEach((caller, reason) -> {
            JsonNode you = api.get(caller, address("")).is(200).json().path("you");
            assertThat(you.path("canDecide").booleanValue()).isFalse();
            assertThat(you.path("canReject").booleanValue()).isFalse();
            assertThat(you.path("reason").textValue()).isEqualTo(reason);
        });
    }

    @Test
    public void gate_isOverdueFromTheInstantAfterItsSla() {
        disk.clock.set(Given.START.plusSeconds(4 * 3600));
        assertThat(api.get(alice, address("")).json().path("overdue").booleanValue()).isFalse();
        disk.clock.set(Given.START.plusSeconds(4 * 3600).plusMillis(1));
        assertThat(api.get(alice, address("")).json().path("overdue").booleanValue()).isTrue();
    }

    @Test
    public void approve_givesTheGateAfterIt() {
        JsonNode after = api.post(alice, address("/approve"), """
                {"comment":"fine 😀","checklist":["Tests passed"],"inputs":{"region":"us","dryRun":true}}""").is(200).json();
        assertThat(after.path("status").textValue()).isEqualTo("WAITING");
        assertThat(after.path("approvals")).hasToString("{\"given\":1,\"required\":2}");
        assertThat(after.path("policy").path("approvers").path(0).path("satisfiedBy")).hasToString("[\"alice\"]");
        JsonNode event = after.path("events").path(1);
        assertThat(event.path("type").textValue()).isEqualTo("approved");
        assertThat(event.path("comment").textValue()).isEqualTo("fine 😀");
        assertThat(event.path("checklist")).hasToString("[\"Tests passed\"]");
        assertThat(event.path("inputs").path("dryRun").textValue()).isEqualTo("true");
        assertThat(after.path("you").path("canWithdraw").booleanValue()).isTrue();
        JsonNode closed = api.post(FakeCaller.of("olga"), address("/approve"), "{}").is(200).json();
        assertThat(closed.path("status").textValue()).isEqualTo("APPROVED");
        assertThat(closed.path("waitingFor")).isEmpty();
        assertThat(closed.path("canDecide").booleanValue()).isFalse();
        assertThat(closed.path("events").path(3).path("type").textValue()).isEqualTo("closed");
        assertThat(closed.path("events").path(3).path("outcome").textValue()).isEqualTo("APPROVED");
    }

    @Test
    public void approve_anEmptyBodyAndNullsCountAsNothingSaid() {
        api.post(alice, address("/approve"), "").is(200);
        api.post(FakeCaller.of("carol"), address("/approve"), "{\"comment\":null,\"checklist\":null,\"inputs\":null}").is(200);
    }

    @Test
    public void reject_givesTheClosedGate() {
        JsonNode after = api.post(alice, address("/reject"), "{\"comment\":\"no <b>way</b>\"}").is(200).json();
        assertThat(after.path("status").textValue()).isEqualTo("REJECTED");
        assertThat(after.path("events")).extracting(event -> event.path("type").textValue())
                .containsExactly("requested", "rejected", "closed");
    }

    @Test
    public void withdraw_takesTheApprovalBack() {
        api.post(alice, address("/approve"), "{}").is(200);
        JsonNode after = api.post(alice, address("/withdraw"), "{\"comment\":\"wait\"}").is(200).json();
        assertThat(after.path("approvals").path("given").intValue()).isZero();
        assertThat(after.path("events").path(2).path("type").textValue()).isEqualTo("withdrawn");
    }

    @Test
    public void environments_areTheApprovalMatrix() throws Exception {
        disk.keeper.request(Given.request("production", "secret/app", 3, Set.of()));
        JsonNode rows = api.get(alice, "environments").is(200).json().path("environments");
        assertThat(rows).hasSize(2);
        assertThat(rows.path(0).path("name").textValue()).isEqualTo("production");
        assertThat(rows.path(0).path("order").textValue()).isEqualTo("any");
        assertThat(rows.path(0).path("minimum").intValue()).isEqualTo(2);
        assertThat(rows.path(0).path("timeout").textValue()).isEqualTo("PT720H");
        assertThat(rows.path(0).path("sla").textValue()).isEqualTo("PT4H");
        assertThat(rows.path(0).path("open").intValue()).isEqualTo(1);
        assertThat(api.get(FakeCaller.auditor(), "environments").json().path("environments").path(0).path("open").intValue())
                .isEqualTo(2);
        JsonNode one = api.get(alice, "environments/production").is(200).json();
        assertThat(one.path("gates")).hasSize(1);
        assertThat(one.path("gates").path(0).path("id").textValue()).isEqualTo(gate.id());
        assertThat(api.get(alice, "environments/staging").json().path("gates")).isEmpty();
    }

    @Test
    public void verify_saysWhetherTheJournalHolds() throws Exception {
        FakeCaller auditor = FakeCaller.auditor();
        String head = disk.lines().get(0).replaceAll(".*\"hash\":\"([0-9a-f]+)\".*", "$1");
        assertThat(api.post(auditor, "audit/verify", "{}").is(200).json())
                .hasToString("{\"ok\":true,\"lines\":1,\"head\":\"" + head + "\",\"after\":0,\"firstBad\":null,\"at\":\""
                        + disk.keeper.now() + "\",\"damaged\":0,\"damages\":[]}");
        Files.writeString(disk.journal().resolve("2026-03.jsonl"), disk.lines().get(0).replace("May it", "It may") + "\n");
        JsonNode bad = api.post(auditor, "audit/verify", "").is(200).json();
        assertThat(bad.path("ok").booleanValue()).isFalse();
        assertThat(bad.path("firstBad").longValue()).isEqualTo(1);
    }

    @Test
    public void error400_badInputIsToldAndNothingChanges() throws Exception {
        String deep = "{\"inputs\":" + "{\"a\":".repeat(100) + "1" + "}".repeat(101);
        List<String> bad = List.of(
                "{", "nonsense", "[]", "null", "1", "\"x\"", " ", "{\"comment\":\"x\"} {}", "{\"comment\":\"x\"}x", "{'comment':'x'}",
                "{\"comment\":1}", "{\"comment\":[]}", "{\"comment\":{}}", "{\"comment\":true}",
                "{\"checklist\":\"Tests passed\"}", "{\"checklist\":[1]}", "{\"checklist\":[null]}", "{\"checklist\":{}}",
                "{\"checklist\":[\"No such line\"]}",
                "{\"inputs\":[]}", "{\"inputs\":\"x\"}", "{\"inputs\":{\"region\":1}}", "{\"inputs\":{\"region\":null}}",
                "{\"inputs\":{\"region\":[]}}", "{\"inputs\":{\"region\":\"mars\"}}", "{\"inputs\":{\"nothing\":\"x\"}}",
                "{\"Comment\":\"x\"}", "{\"comment\":\"x\",\"force\":true}", "{\"\":\"\"}", "{\"user\":\"root\"}",
                "{\"comment\":\"a\",\"comment\":\"b\"}", "{\"inputs\":{\"region\":\"eu\",\"region\":\"us\"}}",
                "{\"comment\":\"" + "x".repeat(10_001) + "\"}", "{\"comment\":\"\\ud83d\"}", "{\"comment\":\"\u0001\"}", "{\"comment\":\"\\x\"}",
                deep, "[".repeat(100_000), "{\"comment\":" + "9".repeat(5_000) + "}", "{\"comment\":NaN}");
        for (String body : bad) {
            assertThat(api.post(alice, address("/approve"), body).code()).as(shortened(body)).isEqualTo("invalid");
            api.post(alice, address("/approve"), body).is(400, "invalid");
        }
        api.post(alice, address("/approve"), new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}).is(400, "invalid");
        for (String body : List.of("{}", "", "{\"comment\":\" \"}", "{\"comment\":\"no\",\"checklist\":[]}", "{\"reason\":\"no\"}")) {
            api.post(alice, address("/reject"), body).is(400, "invalid");
        }
        api.post(alice, address("/withdraw"), "{\"inputs\":{}}").is(400, "invalid");
        api.post(FakeCaller.auditor(), "audit/verify", "{\"x\":1}").is(400, "invalid");
        assertThat(disk.gate(gate.id()).history()).hasSize(1);
        assertThat(disk.lines()).hasSize(1);
    }

    private static String shortened(String text) {
        return text.length() < 100 ? text : text.substring(0, 100) + "…";
    }

    @Test
    public void error400_aBodyThatBreaksOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        api.send("POST", alice, address("/approve"), Optional.of("application/json"), Optional.empty(), broken).is(400, "invalid");
    }

    @Test
    public void error401_anonymousHasToSignIn() {
        for (String call : List.of("summary", "gates", address(""), "environments", "gates/x", "nowhere")) {
            api.get(FakeCaller.anonymous(false), call).is(401, "signIn");
        }
        for (String call : List.of("/approve", "/reject", "/withdraw")) {
            api.post(FakeCaller.anonymous(false), address(call), "{\"comment\":\"x\"}").is(401, "signIn");
            api.post(FakeCaller.anonymous(true), address(call), "{\"comment\":\"x\"}").is(401, "signIn");
        }
        api.post(FakeCaller.anonymous(true), "audit/verify", "{}").is(401, "signIn");
        assertThat(api.post(FakeCaller.anonymous(true), "gates/x/approve", "{}").is(401).json())
                .isEqualTo(api.post(FakeCaller.anonymous(true), address("/approve"), "{}").json());
    }

    @Test
    public void error403_saysWhy() {
        FakeCaller shutOut = new FakeCaller(Optional.of("alice"), false, Set.of("team"), true);
        for (String call : List.of("summary", "gates", address(""), "environments")) {
            api.get(shutOut, call).is(403, "forbidden");
        }
        api.post(shutOut, address("/approve"), "{}").is(403, "forbidden");
        api.post(alice, "audit/verify", "{}").is(403, "forbidden");
        assertThat(api.post(mallory, address("/approve"), "{}").is(403, "notYours").json().path("error").path("message").textValue())
                .isEqualTo("You are not among the approvers of production.");
        api.post(mallory, address("/reject"), "{\"comment\":\"x\"}").is(403, "notYours");
        api.post(alice, address("/withdraw"), "{}").is(403, "notYours");
    }

    @Test
    public void error404_aGateOneMayNotSeeDoesNotExist() throws Exception {
        Gate hidden = disk.keeper.request(Given.request("production", "secret/app", 3, Set.of()));
        String nobody = hidden.id().substring(0, 25) + (hidden.id().endsWith("0") ? "1" : "0");
        for (String action : List.of("", "/approve", "/reject", "/withdraw")) {
            List<JsonNode> answers = new ArrayList<>();
            for (String id : List.of(hidden.id(), nobody, "x", "..", "%2e%2e")) {
                Api.Answer answer = action.isEmpty()
                        ? api.get(alice, "gates/" + id)
                        : api.post(alice, "gates/" + id + action, "{\"comment\":\"x\"}");
                answers.add(answer.is(404, "unknownGate").json());
            }
            assertThat(answers).containsOnly(answers.get(0));
        }
        assertThat(disk.gate(hidden.id()).history()).hasSize(1);
    }

    @Test
    public void error404_noSuchAddress() {
        for (String call : List.of("", "gate", "gates/x/y/z", "summary/x", "audit/x", "environments/a/b")) {
            api.get(alice, call).is(404, "unknownAddress");
        }
        for (String call : List.of("", address("/close"), address("/approve/x"), "environments/production/x")) {
            api.post(alice, call, "{}").is(404, "unknownAddress");
        }
        api.get(alice, "environments/unknown").is(404, "unknownEnvironment");
    }

    @Test
    public void error405_otherMethods() {
        for (String method : List.of("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", "")) {
            api.send(method, alice, address("/approve"), Optional.of("application/json"), Optional.empty(), InputStream.nullInputStream())
                    .is(405, "methodNotAllowed");
        }
        api.get(alice, address("/approve")).is(405, "methodNotAllowed").has("Allow", "POST");
        for (String call : List.of("gates", "summary", address(""), "environments", "environments/production")) {
            api.post(alice, call, "{}").is(405, "methodNotAllowed").has("Allow", "GET");
        }
    }

    @Test
    public void error409_saysHowItEnded() {
        api.post(alice, address("/reject"), "{\"comment\":\"no\"}").is(200);
        for (String call : List.of("/approve", "/reject", "/withdraw")) {
            Api.Answer late = api.post(FakeCaller.of("carol"), address(call), "{\"comment\":\"x\"}").is(409, "closed");
            assertThat(late.json().path("error").path("outcome").textValue()).isEqualTo("REJECTED");
            assertThat(late.json().path("error").path("message").textValue()).contains("Rejected by alice: no");
        }
    }

    @Test
    public void error409_atTheDeadline() {
        disk.clock.set(gate.requested().deadline());
        assertThat(api.post(alice, address("/approve"), "{}").is(409, "closed").json().path("error").path("outcome").textValue())
                .isEqualTo("TIMED_OUT");
        assertThat(api.get(alice, address("")).json().path("status").textValue()).isEqualTo("TIMED_OUT");
    }

    @Test
    public void error413_moreThanAMebibyte() {
        byte[] most = new byte[1 << 20];
        Arrays.fill(most, (byte) ' ');
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(body, 0, most, 0, body.length);
        api.post(alice, address("/approve"), Arrays.copyOf(most, most.length + 1)).is(413, "tooLarge");
        assertThat(api.get(alice, address("")).json().path("events")).hasSize(1);
        api.post(alice, address("/approve"), most).is(200);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };
        api.send("POST", alice, address("/approve"), Optional.of("application/json"), Optional.empty(), endless).is(413, "tooLarge");
    }

    @Test
    public void error415_onlyJson() {
        for (Optional<String> type : List.of(
                Optional.<String>empty(),
                Optional.of("text/plain"),
                Optional.of("application/x-www-form-urlencoded"),
                Optional.of("multipart/form-data"),
                Optional.of("application/json5"))) {
            InputStream body = new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
            api.send("POST", alice, address("/approve"), type, Optional.empty(), body).is(415, "unsupportedMediaType");
        }
        assertThat(RestRequest.mediaType("Application/JSON; charset=utf-8")).contains("application/json");
        assertThat(RestRequest.mediaType(null)).isEmpty();
    }

    @Test
    public void error503_whileTheControllerGoesDown() throws Exception {
        disk.keeper.close();
        api.post(alice, address("/approve"), "{}").is(503, "unavailable");
    }

    @Test
    public void etag_unchangedIsNotSentAgain() {
        for (String call : List.of("summary", "gates", address(""), "environments", "environments/production")) {
            Api.Answer first = api.get(alice, call).is(200);
            String tag = first.headers().get("ETag");
            assertThat(tag).matches("\"[0-9a-f]{32}\"");
            Api.Answer again = api.getUnlessSeen(alice, call, tag);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.json().isMissingNode()).isTrue();
            assertThat(again.headers()).containsEntry("ETag", tag);
            api.getUnlessSeen(alice, call, "\"other\"").is(200);
        }
        String tag = api.get(alice, address("")).headers().get("ETag");
        api.post(FakeCaller.of("carol"), address("/approve"), "{}").is(200);
        api.getUnlessSeen(alice, address(""), tag).is(200);
    }

    @Test
    public void headers_areThoseOfPrivateJson() {
        for (Api.Answer answer : List.of(api.get(alice, "gates"), api.get(alice, "gates/x"), api.post(alice, "audit/verify", "{}"))) {
            assertThat(answer.headers())
                    .containsEntry("Content-Type", "application/json;charset=utf-8")
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsEntry("Cache-Control", "private, no-cache");
        }
    }
}
