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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** To defer, to hand over, to bypass, to ask again, and to decide on many at once. Approve and reject: {@link RestApiTest}. */
public class DecisionsOverRestTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol,dave"),
            Given.environment("production", "sequential: alice, @team*2"),
            Given.environment("staging", "any: alice, bob"),
            Given.environment("checked", "any: alice", List.of(Puppets.asking("rest")), Optional.empty()));

    private final FakeCaller alice = FakeCaller.of("alice");
    private final FakeCaller carol = FakeCaller.of("carol");
    private Api api;

    @Before
    public void begin() {
        api = new Api(disk.keeper, disk.host);
    }

    private String gate(String environment, int build) throws Exception {
        return "gates/" + disk.request(environment, build).id();
    }

    @Test
    public void defer_standsAndSaysWhen() throws Exception {
        String gate = gate("staging", 1);
        JsonNode after = api.post(alice, gate + "/defer", "{\"until\":\"2026-03-02T20:00:00.0004+01:00\",\"comment\":\"tonight\"}")
                .is(200)
                .json();
        assertThat(after.path("status").textValue()).isEqualTo("WAITING");
        assertThat(after.path("approvals")).hasToString("{\"given\":1,\"required\":1}");
        assertThat(after.path("deferred")).hasToString("[{\"approver\":\"alice\",\"until\":\"2026-03-02T19:00:00Z\"}]");
        assertThat(after.path("waitingFor"))
                .hasToString("[{\"kind\":\"deferral\",\"reason\":\"The approval of alice takes effect later.\",\"until\":\"2026-03-02T19:00:00Z\"}]");
        assertThat(after.path("events").path(1).path("until").textValue()).isEqualTo("2026-03-02T19:00:00Z");
        assertThat(after.path("you").path("canWithdraw").booleanValue()).isTrue();
        FakeCaller bob = FakeCaller.of("bob");
        assertThat(api.get(bob, gate).json().path("you").path("canDecide").booleanValue()).isTrue();
        assertThat(api.get(bob, "gates?scope=mine").json().path("gates")).as("nobody needs him").isEmpty();
        assertThat(api.get(bob, "summary").json().path("waitingForYou").intValue()).isZero();
    }

    /** After a restart, the builds that wait have to be loaded first. */
    @Test
    public void answer_doesNotWaitForABuildThatIsNotAtHand() throws Exception {
        String gate = gate("staging", 1);
        disk.host.atHand = false;
        JsonNode after = api.post(alice, gate + "/approve", "{}").is(200).json();
        assertThat(after.path("status").textValue()).isEqualTo("APPROVED");
        assertThat(after.path("artifacts")).isEmpty();
        assertThat(after.path("changes")).isEmpty();
        assertThat(api.get(alice, gate).json().path("artifacts")).isNotEmpty();
    }

    @Test
    public void defer_toNoTimeOrTooEarlyOrTooLateIsRefused() throws Exception {
        String gate = gate("staging", 1);
        for (String body : List.of("{}", "{\"until\":\"tomorrow\"}", "{\"until\":\"2026-03-02T20:00:00\"}", "{\"until\":\"2026-03-02T09:00:00Z\"}",
                "{\"until\":\"2027-03-02T09:00:00Z\"}", "{\"until\":7}", "{\"until\":\"+999999999-12-31T23:59:59Z\"}")) {
            api.post(alice, gate + "/defer", body).is(400, "invalid");
        }
        api.post(carol, gate + "/defer", "{\"until\":\"2026-03-02T20:00:00Z\"}").is(403, "notYours");
        assertThat(disk.keeper.find(gate.substring(6)).get().history()).hasSize(1);
    }

    @Test
    public void reassign_showsWhoseEntryItIsNow() throws Exception {
        String gate = gate("production", 1);
        api.post(alice, gate + "/reassign", "{\"to\":\"zoe\"}").is(400, "invalid");
        api.post(alice, gate + "/reassign", "{\"comment\":\"x\"}").is(400, "invalid");
        JsonNode after = api.post(alice, gate + "/reassign", "{\"from\":\"alice\",\"to\":\"zoe\",\"comment\":\"holiday\"}").is(200).json();
        assertThat(after.path("policy").path("approvers").path(0))
                .hasToString("{\"user\":\"zoe\",\"required\":1,\"reassignedFrom\":\"alice\",\"satisfiedBy\":[]}");
        api.post(FakeCaller.of("zoe"), gate + "/approve", "{}").is(200);
        after = api.post(carol, gate + "/reassign", "{\"to\":\"yves\",\"comment\":\"holiday\"}").is(200).json();
        assertThat(after.path("policy").path("approvers").path(1).path("standIns"))
                .hasToString("[{\"from\":\"carol\",\"to\":\"yves\"}]");
        assertThat(after.path("events").path(3))
                .hasToString("{\"seq\":4,\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"reassigned\",\"actor\":\"carol\",\"comment\":\"holiday\","
                        + "\"from\":\"carol\",\"to\":\"yves\",\"entry\":1}");
        api.post(carol, gate + "/approve", "{}").is(403, "notYours");
        api.post(FakeCaller.of("yves"), gate + "/approve", "{}").is(200);
        assertThat(api.post(FakeCaller.of("dave"), gate + "/approve", "{}").is(200).json().path("status").textValue()).isEqualTo("APPROVED");
    }

    @Test
    public void bypass_onlyWithThePermissionAndAReason() throws Exception {
        String gate = gate("production", 1);
        FakeCaller admin = FakeCaller.of("gate-admin");
        assertThat(api.get(alice, gate).json().path("you").path("canBypass").booleanValue()).isFalse();
        assertThat(api.get(admin, gate).json().path("you").path("canBypass").booleanValue()).isTrue();
        api.post(alice, gate + "/bypass", "{\"reason\":\"I can\"}").is(403, "notYours");
        api.post(admin, gate + "/bypass", "{}").is(400, "invalid");
        api.post(FakeCaller.anonymous(true), gate + "/bypass", "{\"reason\":\"x\"}").is(401, "signIn");
        FakeCaller blind = new FakeCaller(Optional.of("gate-admin"), true, Set.of(), false);
        api.post(blind, gate + "/bypass", "{\"reason\":\"x\"}").is(404, "unknownGate");
        JsonNode after = api.post(admin, gate + "/bypass", "{\"reason\":\"It burns\"}").is(200).json();
        assertThat(after.path("status").textValue()).isEqualTo("BYPASSED");
        assertThat(after.path("events").path(1).path("comment").textValue()).isEqualTo("It burns");
        api.post(admin, gate + "/bypass", "{\"reason\":\"x\"}").is(409, "closed");
    }

    @Test
    public void recheck_asksAgainButNotAtOnceTwice() throws Exception {
        disk.host.puppets.says("rest", CheckResult.waiting("Not yet."));
        disk.keeper.start();
        String gate = gate("checked", 1);
        await().until(() -> disk.host.puppets.asked("rest") == 1);
        api.post(alice, gate + "/recheck", "{}").is(200);
        await().until(() -> disk.host.puppets.asked("rest") == 2);
        api.post(alice, gate + "/recheck", "{}").is(429, "tooSoon");
        disk.passes(Duration.ofSeconds(11));
        api.post(alice, gate + "/recheck", "{}").is(200);
        api.post(alice, gate + "/reject", "{\"comment\":\"no\"}").is(200);
        api.post(alice, gate + "/recheck", "{}").is(409, "closed");
        api.post(alice, gate + "/recheck", "{\"x\":1}").is(400, "invalid");
    }

    @Test
    public void several_eachIsItsOwnDecisionAndSaysWhyNot() throws Exception {
        Gate one = disk.request("staging", 1);
        Gate two = disk.request("staging", 2);
        Gate late = disk.request("staging", 3);
        Gate others = disk.request("production", 4);
        Gate hidden = disk.keeper.request(Given.request("staging", "secret/app", 5, Set.of("starter")));
        disk.keeper.submit(late.id(), Given.reject("bob"));
        disk.keeper.submit(others.id(), Given.approve("alice"));
        String ids = List.of(one, late, others, hidden, two).stream()
                .map(gate -> "\"" + gate.id() + "\"")
                .collect(Collectors.joining(","));
        JsonNode results = api.post(alice, "gates/approve", "{\"ids\":[" + ids + ",\"nonsense\"],\"comment\":\"all of them\"}")
                .is(200)
                .json()
                .path("results");
        assertThat(results).hasSize(6);
        assertThat(results.path(0).path("gate").path("status").textValue()).isEqualTo("APPROVED");
        assertThat(results.path(1).path("error").path("code").textValue()).isEqualTo("closed");
        assertThat(results.path(1).path("error").path("outcome").textValue()).isEqualTo("REJECTED");
        assertThat(results.path(2).path("error").path("code").textValue()).isEqualTo("notYours");
        assertThat(results.path(3).path("error")).isEqualTo(results.path(5).path("error"));
        assertThat(results.path(4).path("ok").booleanValue()).isTrue();
        assertThat(disk.gate(two.id()).standing().get(0).comment()).isEqualTo("all of them");
        assertThat(disk.stateOf(hidden.id())).isEqualTo("OPEN");
    }

    @Test
    public void several_badInputDecidesNothing() throws Exception {
        String id = gate("staging", 1).substring(6);
        String many = IntStream.range(0, 101).mapToObj(i -> "\"g" + i + "\"").collect(Collectors.joining(","));
        for (String body : List.of("{}", "{\"ids\":[]}", "{\"ids\":\"" + id + "\"}", "{\"ids\":[" + many + "]}", "{\"ids\":[\"" + id + "\"],\"reason\":\"x\"}")) {
            api.post(alice, "gates/reject", body).is(400, "invalid");
        }
        api.post(FakeCaller.anonymous(true), "gates/approve", "{\"ids\":[\"" + id + "\"]}").is(401, "signIn");
        api.get(alice, "gates/approve").is(405, "methodNotAllowed");
        assertThat(api.post(alice, "gates/reject", "{\"ids\":[\"" + id + "\"]}").is(200).json().path("results").path(0).path("error").path("code").textValue())
                .isEqualTo("invalid");
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        api.post(alice, "gates/reject", "{\"ids\":[\"" + id + "\",\"" + id + "\"],\"comment\":\"no\"}").is(200);
        assertThat(disk.stateOf(id)).isEqualTo("REJECTED");
    }
}
