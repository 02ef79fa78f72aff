package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Puppets;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Checks, locks and call-backs as the API tells of them. */
public class ChecksOverRestTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of(""),
            Given.environment(
                    "production",
                    "any: alice, bob",
                    List.of(Puppets.timed("hours"), Puppets.asking("scan")),
                    Optional.of(LockMode.SEQUENTIAL)),
            Given.environment("staging", "any: alice"));

    private final FakeCaller alice = FakeCaller.of("alice");
    private Api api;

    @Before
    public void begin() {
        disk.keeper.start();
        api = new Api(disk.keeper, disk.host);
    }

    private JsonNode get(String address) {
        return api.get(alice, address).is(200).json();
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    private Gate ask(int build) throws Exception {
        Gate gate = disk.request("production", build);
        await().until(() -> disk.keeper.answeredAt(gate, 1).isPresent()
                && disk.gate(gate.id()).check(1).isPresent());
        return gate;
    }

    @Test
    public void waitingFor_namesEachKindWithItsReasonAndTime() throws Exception {
        disk.host.puppets.says("hours", CheckResult.waiting("Opens at nine.").until(Given.START.plusSeconds(60)));
        disk.host.puppets.says("scan", CheckResult.waiting("Scanning."));
        ask(1);
        assertThat(get("gates").path("gates").path(0).path("waitingFor"))
                .hasToString("[{\"kind\":\"approval\",\"reason\":\"1 approval by any of alice, bob\"},"
                        + "{\"kind\":\"timed\",\"reason\":\"Opens at nine.\",\"until\":\"2026-03-02T09:01:00Z\"},"
                        + "{\"kind\":\"asking\",\"reason\":\"Scanning.\"}]");
    }

    @Test
    public void gate_tellsItsChecksItsLockAndWhatHappened() throws Exception {
        disk.host.puppets.says("scan", CheckResult.pass("Nothing found.").detailed("200 OK {\"found\":0}"));
        Gate gate = ask(1);
        JsonNode full = get("gates/" + gate.id());
        assertThat(full.path("checks"))
                .hasToString("[{\"kind\":\"timed\",\"summary\":\"when hours says\",\"status\":\"PASS\",\"reason\":\"Nothing against it.\","
                        + "\"evaluatedAt\":\"2026-03-02T09:00:00Z\"},"
                        + "{\"kind\":\"asking\",\"summary\":\"what scan answers\",\"status\":\"PASS\",\"reason\":\"Nothing found.\","
                        + "\"evaluatedAt\":\"2026-03-02T09:00:00Z\",\"detail\":\"200 OK {\\\"found\\\":0}\"}]");
        assertThat(full.path("lock")).hasToString("{\"mode\":\"sequential\",\"held\":false}");
        full = api.post(alice, "gates/" + gate.id() + "/approve", "{}").is(200).json();
        assertThat(full.path("lock")).hasToString("{\"mode\":\"sequential\",\"held\":true,\"since\":\"2026-03-02T09:00:00Z\"}");
        disk.keeper.release(gate.id(), Given.release());
        full = get("gates/" + gate.id());
        assertThat(full.path("lock")).hasToString("{\"mode\":\"sequential\",\"held\":false}");
        assertThat(full.path("events").findValuesAsText("type"))
                .containsExactly("requested", "checkEvaluated", "checkEvaluated", "approved", "locked", "closed", "released");
        assertThat(full.path("events").path(1).properties()).extracting(Map.Entry::getKey)
                .contains("seq", "at", "type", "kind", "status", "reason");
        assertThat(full.path("events").path(6).path("reason").textValue()).isEqualTo("The build ended.");
        assertThat(full.path("waitingFor")).isEmpty();
        // What was recorded of the checks stays to be read.
        assertThat(full.path("checks").findValuesAsText("status")).containsExactly("PASS", "PASS");
    }

    @Test
    public void gate_withoutLockSaysNull() throws Exception {
        assertThat(get("gates/" + disk.request("staging", 1).id()).path("lock").isNull()).isTrue();
        assertThat(get("environments/staging").path("lockState").isNull()).isTrue();
        assertThat(get("environments/staging").path("lock").isNull()).isTrue();
    }

    @Test
    public void environments_tellWhatIsConfigured() {
        JsonNode row = get("environments").path("environments").path(0);
        assertThat(row.path("lock").textValue()).isEqualTo("sequential");
        assertThat(row.path("checks"))
                .hasToString("[{\"kind\":\"timed\",\"summary\":\"when hours says\"},{\"kind\":\"asking\",\"summary\":\"what scan answers\"}]");
        assertThat(get("environments").path("environments").path(1).path("checks")).hasToString("[]");
    }

    @Test
    public void lockState_namesHolderAndQueueOnlyToThoseWhoMaySeeThem() throws Exception {
        assertThat(get("environments/production").path("lockState")).hasToString("{\"holder\":null,\"waiting\":[]}");
        Gate first = ask(1);
        Gate second = ask(2);
        disk.keeper.submit(first.id(), Given.approve("alice"));
        disk.keeper.submit(second.id(), Given.approve("alice"));
        JsonNode state = get("environments/production").path("lockState");
        assertThat(names(state.path("holder"))).containsExactly("gate", "job", "build", "buildUrl", "since");
        assertThat(names(state.path("waiting").path(0))).containsExactly("gate", "job", "build", "buildUrl", "requestedAt");
        assertThat(state.path("waiting").path(0).path("gate").textValue()).isEqualTo(second.id());
        assertThat(api.get(FakeCaller.outsider("oscar"), "environments/production").json().path("lockState"))
                .hasToString("{\"holder\":{\"hidden\":true,\"since\":\"2026-03-02T09:00:00Z\"},"
                        + "\"waiting\":[{\"hidden\":true,\"requestedAt\":\"2026-03-02T09:00:00Z\"}]}");
        assertThat(get("gates/" + second.id()).path("waitingFor"))
                .hasToString("[{\"kind\":\"lock\",\"reason\":\"Another build holds the lock of production.\"}]");
    }

    @Test
    public void lockOfAJobOneMayNotSee_isNotNamedOnTheGateThatWaits() throws Exception {
        Gate hidden = disk.keeper.request(Given.request("production", "secret/app", 7, Set.of()));
        await().until(() -> disk.gate(hidden.id()).check(1).isPresent());
        disk.keeper.submit(hidden.id(), Given.approve("alice"));
        Gate gate = ask(2);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        assertThat(get("gates/" + gate.id()).toString()).doesNotContain("secret").doesNotContain(hidden.id());
        assertThat(get("environments/production").toString()).doesNotContain("secret").doesNotContain(hidden.id());
    }

    @Test
    public void canDecide_notWhileACheckBarsItAndNotWhenOnlyTheLockIsMissing() throws Exception {
        disk.host.puppets.says("hours", CheckResult.waiting("Approvals are taken from nine.").barringApprovals());
        Gate gate = ask(1);
        assertThat(get("gates/" + gate.id()).path("you"))
                .hasToString("{\"canDecide\":false,\"canDefer\":false,\"canReject\":true,\"canWithdraw\":false,\"canReassign\":true,"
                        + "\"canBypass\":false,\"canRecheck\":true,\"entries\":[\"alice\"],\"reassignTo\":[],"
                        + "\"reason\":\"Approvals are taken from nine.\"}");
        api.post(alice, "gates/" + gate.id() + "/approve", "{}").is(403, "notYours");
        assertThat(get("summary").path("waitingForYou").intValue()).isZero();
        disk.host.puppets.says("hours", CheckResult.pass("Open."));
        assertThat(get("summary").path("waitingForYou").intValue()).isEqualTo(1);
        api.post(alice, "gates/" + gate.id() + "/approve", "{}").is(200);
        Gate second = ask(2);
        api.post(alice, "gates/" + second.id() + "/approve", "{}").is(200);
        JsonNode you = api.get(FakeCaller.of("bob"), "gates/" + second.id()).json().path("you");
        assertThat(you.path("reason").textValue())
                .isEqualTo("It has all the approvals that it needs. Another build holds the lock of production.");
    }

    @Test
    public void callback_isTakenOnceWithoutALogin() throws Exception {
        AtomicReference<String> token = new AtomicReference<>();
        disk.host.puppets.says("scan", (subject, now, callbacks) -> {
            String path = callbacks.issue(subject, now.plusSeconds(3_600)).getPath();
            token.set(path.substring(path.lastIndexOf('/') + 1));
            return CheckResult.waiting("Asked.");
        });
        Gate gate = ask(1);
        api.callback("GET", token.get(), "").is(405, "methodNotAllowed").has("Allow", "POST");
        for (String bad : List.of("", "{}", "[]", "nonsense", "{\"decision\":\"maybe\"}", "{\"decision\":1}", "{\"decision\":\"pass\",\"reason\":1}")) {
            api.callback("POST", token.get(), bad).is(400, "invalid");
        }
        api.callback("POST", "wrong", "nonsense").is(404, "unknownAddress");
        assertThat(api.callback("POST", token.get(), "{\"decision\":\"fail\",\"reason\":\"Found \\ud83d.\"}").is(200).json())
                .hasToString("{\"accepted\":true}");
        api.callback("POST", token.get(), "{\"decision\":\"pass\"}").is(404, "unknownAddress");
        JsonNode full = get("gates/" + gate.id());
        assertThat(full.path("status").textValue()).isEqualTo("CHECK_FAILED");
        assertThat(full.toString()).doesNotContain(token.get());
        assertThat(full.path("events").findValuesAsText("type"))
                .containsExactly("requested", "checkEvaluated", "callbackIssued", "checkEvaluated", "callbackAnswered", "checkEvaluated", "closed");
    }
}
