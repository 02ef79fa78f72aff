package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What those send who want more than is theirs. */
public class HostileRequestsTest {

    private static final List<String> TYPES = List.of(
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "application/json-patch+json",
            "application/jsonp", "application/javascript", "text/plain; a=application/json", "*/*", "");

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol,dave"),
            Given.environment("production", "any: alice, @team"),
            Given.environment("staging", "any: bob"));

    private final FakeCaller alice = FakeCaller.of("alice");
    private Api api;
    private Gate gate;
    private Gate hidden;

    @Before
    public void begin() throws Exception {
        api = new Api(disk.keeper, disk.host);
        gate = disk.request("production", 1);
        hidden = disk.keeper.request(Given.request("production", "secret/app", 2, Set.of()));
    }

    private void assertNothingHappened() throws Exception {
        assertThat(disk.gate(gate.id()).history()).hasSize(1);
        assertThat(disk.gate(hidden.id()).history()).hasSize(1);
    }

    private static List<String> writes() {
        return RestApi.operations().stream()
                .filter(operation -> operation.startsWith("POST "))
                .map(operation -> operation.substring("POST ".length()))
                .sorted()
                .toList();
    }

    @Test
    public void everyWrite_takesNoTypeButJson_whateverIsSaid() throws Exception {
        FakeCaller everything = new FakeCaller(Optional.of("gate-admin"), true, Set.of("team", "secret"), true);
        assertThat(writes()).hasSizeGreaterThan(10);
        for (String write : writes()) {
            String address = write.startsWith("environments") ? write.replace("*", "production") : write.replace("*", gate.id());
            for (String type : TYPES) {
                Api.Answer answer = api.send(
                        "POST",
                        everything,
                        address,
                        RestRequest.mediaType(type),
                        Optional.empty(),
                        new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
                assertThat(answer.status()).as(write + " as " + type).isEqualTo(415);
            }
        }
        assertNothingHappened();
    }

    @Test
    public void method_cannotBeSaidInAnotherWay() throws Exception {
        for (String method : List.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post", "POST ", "GET\r\nPOST")) {
            for (String hint : List.of("", "?_method=POST", "?method=POST", "?X-HTTP-Method-Override=POST")) {
                int status = api.send(
                                method,
                                alice,
                                "gates/" + gate.id() + "/approve" + hint,
                                Optional.of("application/json"),
                                Optional.empty(),
                                new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)))
                        .status();
                assertThat(status).as(method + hint).isEqualTo(405);
            }
        }
        assertNothingHappened();
    }

    @Test
    public void several_idsOfHiddenGates_areAnsweredAsThoseOfNone() throws Exception {
        String none = GateId.next(Given.START);
        String body = "{\"ids\":[\"" + hidden.id() + "\",\"" + none + "\",\"../" + gate.id() + "\",\"" + gate.id().toUpperCase()
                + "\"],\"comment\":\"x\"}";
        for (String verb : List.of("approve", "reject")) {
            List<JsonNode> answers = new ArrayList<>();
            for (JsonNode result : api.post(alice, "gates/" + verb, body).is(200).json().path("results")) {
                answers.add(((ObjectNode) result.deepCopy()).without("id"));
            }
            assertThat(answers).hasSize(4).containsOnly(answers.get(0));
            assertThat(answers.get(0).path("error").path("code").asText()).isEqualTo("unknownGate");
        }
        assertNothingHappened();
    }

    @Test
    public void several_moreThanAHundred_decidesNone() throws Exception {
        ObjectNode body = Json.object();
        ArrayNode ids = body.putArray("ids");
        ids.add(gate.id());
        IntStream.range(0, 100).forEach(i -> ids.add(GateId.next(Given.START)));
        api.post(alice, "gates/approve", body.toString()).is(400, "invalid");
        assertNothingHappened();
    }

    @Test
    public void cursor_madeUp_showsNothingMore() {
        for (String cursor : List.of(
                hidden.id(), gate.id(), hidden.id().substring(0, 25), "0", "zzzz", "0000000000000000001", "9223372036854775807")) {
            for (String scope : List.of("open", "mine", "closed")) {
                for (JsonNode row : api.get(alice, "gates?scope=" + scope + "&cursor=" + cursor).is(200).json().path("gates")) {
                    assertThat(row.path("id").textValue()).as(scope + " " + cursor).isEqualTo(gate.id());
                }
            }
        }
        for (String cursor : List.of("'", "-1", "../x", "%00", "a b", "A", "{}", "\u0661")) {
            api.get(alice, "gates?cursor=" + cursor).is(400, "invalid");
        }
    }

    @Test
    public void approverOfOneEnvironment_isAStrangerToAnother() throws Exception {
        Gate staging = disk.request("staging", 3);
        api.post(alice, "gates/" + staging.id() + "/approve", "{}").is(403, "notYours");
        api.post(FakeCaller.of("bob"), "gates/" + gate.id() + "/approve", "{}").is(403, "notYours");
        api.post(alice, "gates/" + gate.id() + "/approve", "{\"environment\":\"staging\"}").is(400, "invalid");
        assertNothingHappened();
    }

    @Test
    public void decisionSentAgain_isNoSecondOne() throws Exception {
        Gate two = disk.request("production", 4);
        api.post(alice, "gates/" + two.id() + "/approve", "{\"comment\":\"once\"}").is(200);
        int lines = disk.gate(two.id()).history().size();
        for (int again = 0; again < 3; again++) {
            api.post(alice, "gates/" + two.id() + "/approve", "{\"comment\":\"once\"}").is(409);
        }
        assertThat(disk.gate(two.id()).history()).hasSize(lines);
        // Nor does it count for the same build's next gate.
        Gate next = disk.keeper.request(Given.withKey(two.request(), "key-2"));
        assertThat(next.isOpen()).isTrue();
        assertThat(next.approvals()).isEmpty();
    }

    @Test
    public void spellingsOfNobody_areNobody() throws Exception {
        for (String id : List.of("alice ", " alice", "alice\u0000", "al\u0456ce", "\uff41lice", "alice\u200b", "ali\u0441e", "alice/", "@team", "team", "")) {
            assertThat(api.post(FakeCaller.of(id), "gates/" + gate.id() + "/approve", "{}").status()).as(id).isEqualTo(403);
        }
        assertNothingHappened();
        api.post(FakeCaller.of("ALICE"), "gates/" + gate.id() + "/approve", "{}").is(200);
    }
}
