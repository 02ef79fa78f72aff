package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Figures;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.SearchIndex;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.findings.Findings;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code GET audit/findings} and {@code GET audit/figures}, over what really happened. */
public class FindingsApiTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("crowd=ada,bob,cyd"),
            Given.environment("staging", "any 1: alice, @crowd"),
            Given.environment("production", "any 2: @crowd"));

    private final Caller auditor = FakeCaller.auditor();
    private AuditIndex index;
    private Findings findings;
    private Api api;

    @Before
    public void open() throws Exception {
        disk.keeper.start();
        index = SearchIndex.start(folder.getRoot().toPath(), disk.keeper, disk.host);
        findings = Findings.start(folder.getRoot().toPath(), disk.keeper, disk.host, index, () -> {});
        api = new Api(disk.keeper, disk.host, Optional.of(index));
    }

    @After
    public void close() {
        findings.close();
        index.close();
    }

    private JsonNode get(String address) {
        return api.get(auditor, address).is(200).json();
    }

    private void awaitFindings(int number) {
        await().untilAsserted(() -> assertThat(get("audit/findings").get("findings")).hasSize(number));
    }

    private static List<String> kinds(JsonNode page) {
        List<String> kinds = new ArrayList<>();
        page.get("findings").forEach(finding -> kinds.add(finding.get("kind").asText()));
        return kinds;
    }

    @Test
    public void both_areForThoseWhoMayViewTheAudit() {
        for (String address : List.of("audit/findings", "audit/figures")) {
            api.get(FakeCaller.anonymous(true), address).is(401, "signIn");
            api.get(FakeCaller.of("alice"), address).is(403, "forbidden");
            await().untilAsserted(() -> api.get(auditor, address).is(200));
            api.post(auditor, address, "{}").is(405, "methodNotAllowed").has("Allow", "GET");
        }
        api.get(auditor, "audit/findings?kind=nosuch").is(400, "invalid");
        api.get(auditor, "audit/findings?cursor=nosuch").is(400, "invalid");
        api.get(auditor, "audit/findings?limit=0").is(400, "invalid");
        api.get(auditor, "audit/figures?from=soon").is(400, "invalid");
    }

    @Test
    public void findings_newestFirstWithTheirEvidence() throws Exception {
        Gate stamped = disk.request("staging", 1);
        disk.keeper.submit(stamped.id(), Given.approve("alice"));
        awaitFindings(1);
        disk.clock.advance(Duration.ofHours(1));
        disk.keeper.bypass(disk.request("staging", 2).id(), Given.bypass("root"), true);
        disk.keeper.bypass(disk.request("production", 3).id(), Given.bypass("Root"), true);
        awaitFindings(2);

        JsonNode page = get("audit/findings");
        assertThat(kinds(page)).containsExactly("REPEATED_BYPASS", "RUBBER_STAMP");
        JsonNode bypass = page.at("/findings/0");
        assertThat(bypass.get("sentence").asText()).isEqualTo("Root bypassed 2 gates within 30 days.");
        assertThat(bypass.get("environment").isNull() && bypass.get("gate").isNull()).isTrue();
        assertThat(bypass.get("evidence")).extracting(event -> event.get("type").asText()).containsExactly("bypassed", "bypassed");
        assertThat(bypass.get("evidenceLines").asInt()).isEqualTo(2);
        JsonNode stamp = page.at("/findings/1");
        assertThat(stamp.get("gate").asText()).isEqualTo(stamped.id());
        assertThat(stamp.get("environment").asText()).isEqualTo("staging");
        assertThat(stamp.at("/evidence/1/actor").asText()).isEqualTo("alice");
        assertThat(page.at("/thresholds/rubberStamp").asText()).isEqualTo("PT10S");
        assertThat(page.at("/thresholds/officeHours").asBoolean()).isFalse();

        assertThat(kinds(get("audit/findings?kind=RUBBER_STAMP"))).containsExactly("RUBBER_STAMP");
        assertThat(kinds(get("audit/findings?actor=ROOT"))).containsExactly("REPEATED_BYPASS");
        assertThat(kinds(get("audit/findings?environment=staging"))).containsExactly("RUBBER_STAMP");
        assertThat(kinds(get("audit/findings?to=" + disk.clock.instant()))).containsExactly("RUBBER_STAMP");
        assertThat(kinds(get("audit/findings?from=" + disk.clock.instant()))).containsExactly("REPEATED_BYPASS");
        JsonNode first = get("audit/findings?limit=1");
        assertThat(kinds(get("audit/findings?limit=1&cursor=" + first.get("next").asText()))).containsExactly("RUBBER_STAMP");
        assertThat(get("audit/findings?limit=1&cursor=" + first.get("next").asText()).get("next").isNull()).isTrue();
    }

    @Test
    public void refusedWhereOneMaySeeNothing_leavesNoTrace() throws Exception {
        Gate gate = disk.request("staging", 1);
        Api.Answer unknown = api.post(FakeCaller.outsider("mallory"), "gates/01kjnosuch/approve", "{}").is(404, "unknownGate");
        for (String verb : List.of("approve", "withdraw", "bypass")) {
            String body = verb.equals("bypass") ? "{\"reason\":\"x\"}" : "{}";
            assertThat(api.post(FakeCaller.outsider("mallory"), "gates/" + gate.id() + "/" + verb, body).is(404).json())
                    .isEqualTo(unknown.json());
        }
        api.post(FakeCaller.outsider("mallory"), "gates/approve", "{\"ids\":[\"" + gate.id() + "\"]}").is(200);
        assertThat(disk.lines()).noneMatch(line -> line.contains("mallory"));
    }

    @Test
    public void refusedInEveryWayThereIs_isOnRecord_andOpeningTheReviewToo() throws Exception {
        Gate gate = disk.request("staging", 1);
        Caller stranger = FakeCaller.of("mallory");
        api.post(stranger, "gates/" + gate.id() + "/approve", "{}").is(403, "notYours");
        api.post(stranger, "gates/" + gate.id() + "/bypass", "{\"reason\":\"x\"}").is(403, "notYours");
        api.post(FakeCaller.of("eve"), "gates/approve", "{\"ids\":[\"" + gate.id() + "\"]}").is(200);
        List<JournalLine> notes = disk.keeper.journal().linesAndNotesOf(gate.id());
        assertThat(notes).filteredOn(line -> line.type().equals("refused"))
                .extracting(line -> line.actor().orElseThrow() + " " + line.data().get("command").asText())
                .containsExactly("mallory approve", "mallory bypass", "eve approve");

        api.get(stranger, "gates/" + gate.id()).is(200);
        api.get(FakeCaller.of("ada"), "gates/" + gate.id()).is(200);
        await().untilAsserted(() -> assertThat(disk.keeper.journal().linesAndNotesOf(gate.id()))
                .filteredOn(line -> line.type().equals("reviewed"))
                .extracting(line -> line.actor().orElseThrow())
                .containsExactly("ada"));
        assertThat(get("gates/" + gate.id()).get("events").findValuesAsText("type")).containsExactly("requested");
    }

    @Test
    public void figures_areThoseThatTheGatesThemselvesGive() throws Exception {
        Random random = new Random(11);
        List<Gate> gates = new ArrayList<>();
        for (int build = 1; build <= 40; build++) {
            disk.clock.advance(Duration.ofHours(random.nextInt(40)));
            Gate gate = disk.keeper.request(
                    Given.request(random.nextBoolean() ? "staging" : "production", "team/app", build, Set.of("starter")));
            for (String who : List.of("ada", "bob")) {
                disk.clock.advance(Duration.ofMinutes(random.nextInt(400)));
                try {
                    switch (random.nextInt(6)) {
                        case 0 -> disk.keeper.submit(gate.id(), Given.reject(who));
                        case 1 -> disk.keeper.bypass(gate.id(), Given.bypass("root"), true);
                        case 2 -> disk.keeper.cancel(gate.id(), Given.cancel());
                        default -> disk.keeper.submit(gate.id(), Given.approve(who));
                    }
                } catch (Refusal ended) {
                    assertThat(ended.kind()).isEqualTo(Refusal.Kind.CLOSED);
                }
            }
            gates.add(disk.gate(gate.id()));
        }
        await().until(() -> index.state().behind() == 0 && index.state().since().isEmpty());
        JsonNode all = get("audit/figures");
        assertThat(all.get("all")).isEqualTo(FiguresJson.of(Figures.of(gates)));
        assertThat(all.at("/all/decided").asInt()).isGreaterThan(10);
        assertThat(all.at("/all/months").size()).isGreaterThan(1);
        assertThat(all.get("environments")).extracting(one -> one.get("environment").asText())
                .containsExactly("production", "staging");
        List<Gate> ofStaging =
                gates.stream().filter(gate -> gate.request().environment().equals("staging")).toList();
        assertThat(get("audit/figures?environment=staging").get("all"))
                .isEqualTo(FiguresJson.of(Figures.of(ofStaging)))
                .isEqualTo(all.at("/environments/1/figures"));
        Instant half = gates.get(20).requested().at();
        List<Gate> later = gates.stream()
                .filter(gate -> gate.closed().filter(end -> !end.at().isBefore(half)).isPresent())
                .toList();
        assertThat(get("audit/figures?from=" + half).get("all")).isEqualTo(FiguresJson.of(Figures.of(later)));
    }
}
