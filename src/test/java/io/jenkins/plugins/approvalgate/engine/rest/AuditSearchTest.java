package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.SearchIndex;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code GET audit}: who may ask, what may be asked, and what comes back. */
public class AuditSearchTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(Town.of(""), Given.environment("staging", "any 1: alice, bob"));

    private final Caller auditor = FakeCaller.auditor();
    private AuditIndex index;
    private Api api;

    @Before
    public void open() throws Exception {
        index = SearchIndex.start(folder.getRoot().toPath(), disk.keeper, disk.host);
        api = new Api(disk.keeper, disk.host, Optional.of(index));
    }

    @After
    public void close() {
        index.close();
    }

    private void awaitLevel() {
        await().until(() -> index.state().behind() == 0 && index.state().since().isEmpty());
    }

    private List<JsonNode> events(String address) {
        List<JsonNode> events = new ArrayList<>();
        api.get(auditor, address).is(200).json().get("events").forEach(events::add);
        return events;
    }

    private static List<String> of(List<JsonNode> events, String field) {
        return events.stream().map(event -> event.get(field).asText()).toList();
    }

    @Test
    public void audit_isForThoseWhoMayViewIt() {
        awaitLevel();
        for (String address : List.of("audit", "audit/index")) {
            api.get(FakeCaller.anonymous(true), address).is(401, "signIn");
            api.get(FakeCaller.of("alice"), address).is(403, "forbidden");
            api.get(auditor, address).is(200);
        }
        api.post(auditor, "audit", "{}").is(405, "methodNotAllowed").has("Allow", "GET");
    }

    @Test
    public void gatesLines_areFoundByTheGatesJob_newestFirst() throws Exception {
        Gate gate = disk.request("staging", 7);
        disk.clock.advance(Duration.ofMinutes(5));
        disk.keeper.submit(gate.id(), new Command.Approve("alice", "Looks fine to me", List.of(), Map.of()));
        disk.request("staging", 8);
        awaitLevel();

        assertThat(of(events("audit"), "type")).containsExactly("requested", "closed", "approved", "requested");
        List<JsonNode> ofBuild = events("audit?environment=staging&job=" + gate.request().job() + "&build=7");
        assertThat(of(ofBuild, "type")).containsExactly("closed", "approved", "requested");
        assertThat(of(ofBuild, "gate")).containsOnly(gate.id());
        assertThat(of(events("audit?q=FINE"), "actor")).containsExactly("alice");
        assertThat(of(events("audit?actor=ALICE"), "comment")).contains("Looks fine to me");
        assertThat(of(events("audit?outcome=APPROVED"), "type")).containsExactly("closed");
        assertThat(events("audit?type=rejected")).isEmpty();
        assertThat(events("audit?environment=production")).isEmpty();
        JsonNode approved = events("audit?type=approved").get(0);
        assertThat(approved.get("data").get("comment").asText()).isEqualTo("Looks fine to me");
        assertThat(approved.get("controller").asText()).isEqualTo(disk.host.controller());
        assertThat(approved.get("at").asText()).isEqualTo(disk.clock.instant().toString());
    }

    @Test
    public void fromIsInTheRange_andToIsNot() throws Exception {
        disk.request("staging", 1);
        disk.clock.advance(Duration.ofSeconds(1));
        disk.request("staging", 2);
        awaitLevel();
        String first = Given.START.toString();
        String second = disk.clock.instant().toString();

        assertThat(of(events("audit?from=" + second), "build")).containsExactly("2");
        assertThat(of(events("audit?to=" + second), "build")).containsExactly("1");
        assertThat(of(events("audit?from=" + first), "build")).containsExactly("2", "1");
        assertThat(events("audit?from=" + first + "&to=" + first)).isEmpty();
    }

    @Test
    public void pages_followEachOther_whileLinesCome() throws Exception {
        for (int build = 1; build <= 7; build++) {
            disk.request("staging", build);
        }
        awaitLevel();
        List<String> builds = new ArrayList<>();
        String next = "";
        while (!next.equals("null")) {
            JsonNode page = api.get(auditor, "audit?limit=3&cursor=" + next).is(200).json();
            page.get("events").forEach(event -> builds.add(event.get("build").asText()));
            next = page.get("next").asText();
            disk.request("staging", 100 + builds.size());
            awaitLevel();
        }

        assertThat(builds).containsExactly("7", "6", "5", "4", "3", "2", "1");
    }

    @Test
    public void whatCannotBeMeant_isRefused() throws Exception {
        disk.request("staging", 1);
        disk.request("staging", 2);
        awaitLevel();
        String next = api.get(auditor, "audit?limit=1").json().get("next").asText();
        String tampered = next.substring(0, next.length() - 2) + (next.endsWith("A") ? "BA" : "AB");
        for (String query : List.of(
                "limit=0", "limit=501", "limit=x", "build=x", "outcome=open", "from=yesterday", "to=2026-03-02T09:00:00",
                "cursor=x", "cursor=" + tampered, "cursor=" + next + "A", "q=!!!", "q=a+b".repeat(400),
                "q=a-b-c-d-e-f-g-h-i-j-k")) {
            api.get(auditor, "audit?" + query).is(400, "invalid");
        }
        api.get(auditor, "audit?limit=500&cursor=" + next).is(200);
    }

    @Test
    public void index_saysHowFarItIs() throws Exception {
        disk.request("staging", 1);
        awaitLevel();

        assertThat(api.get(auditor, "audit/index").is(200).json())
                .hasToString("{\"controller\":\"test\",\"seq\":1,\"journalSeq\":1,\"behind\":0,\"since\":null,\"problem\":null}");
        assertThat(api.get(auditor, "audit").json().get("index")).isEqualTo(api.get(auditor, "audit/index").json());
        index.close();
        api.get(auditor, "audit").is(503, "indexUnavailable");
        disk.request("staging", 2);
        assertThat(api.get(auditor, "audit/index").is(200).json().get("behind").asInt()).isEqualTo(1);
    }
}
