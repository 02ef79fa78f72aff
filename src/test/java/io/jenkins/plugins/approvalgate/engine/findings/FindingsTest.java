package io.jenkins.plugins.approvalgate.engine.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The findings as a whole, behind a keeper that is at work. */
public class FindingsTest {

    private static final Duration LATER = Duration.ofMinutes(5);

    private final Town town = Town.of("team=carol,dave sec=erin,carol");

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            town,
            Given.environment("one", "any: alice, @team"),
            Given.environment("two", "any: @team, @sec"),
            Given.environment("all", "unanimous: @team, @sec"));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final AtomicInteger told = new AtomicInteger();
    private Findings findings;

    @Before
    public void begin() throws Exception {
        disk.keeper.start();
        findings = Findings.start(
                folder.getRoot().toPath(),
                disk.keeper,
                disk.host,
                new LineEvidence(() -> Lines.of(disk.keeper)),
                told::incrementAndGet);
    }

    @After
    public void end() {
        findings.close();
    }

    private List<Finding> found() throws IOException {
        List<Finding> found = new ArrayList<>();
        for (JournalLine line : Lines.of(disk.keeper)) {
            if (line.type().equals("finding")) {
                assertThat(line.actor()).isEmpty();
                found.add(Finding.of(line.gate(), line.data()).orElseThrow());
            }
        }
        return found;
    }

    private Finding awaitOnly() {
        await().untilAsserted(() -> assertThat(found()).hasSize(1));
        return await().until(this::found, all -> all.size() == 1).get(0);
    }

    private Gate request(String environment, int build) throws Exception {
        return disk.request(environment, build);
    }

    /** As somebody does who takes care. */
    private void look(Gate gate, String... people) throws IOException {
        for (String person : people) {
            disk.keeper.reviewed(gate, person);
        }
        disk.clock.advance(LATER);
    }

    @Test
    public void careful_isNoFinding() throws Exception {
        Gate gate = request("one", 1);
        look(gate, "carol");
        disk.keeper.submit(gate.id(), Given.approve("carol"));
        Gate hasty = request("one", 2);
        disk.keeper.submit(hasty.id(), Given.reject("carol"));
        Gate last = request("one", 3);
        disk.keeper.submit(last.id(), Given.approve("alice"));
        Finding only = awaitOnly();
        assertThat(only.gate()).contains(last.id());
    }

    @Test
    public void rubberStamp_hastyAndUnread() throws Exception {
        Gate gate = request("one", 1);
        disk.clock.advance(Duration.ofSeconds(4));
        disk.keeper.submit(gate.id(), Given.approve("carol"));
        Finding finding = awaitOnly();
        assertThat(finding.kind()).isEqualTo(Kind.RUBBER_STAMP);
        assertThat(finding.sentence())
                .isEqualTo("carol approved team/app #1 for one 4 seconds after the request, and without having opened the review.");
        assertThat(finding.evidence()).containsExactly(1L, 2L);
        assertThat(finding.environment()).contains("one");
        assertThat(finding.job()).contains("team/app");
        await().until(() -> told.get() == 1);
    }

    @Test
    public void rubberStamp_readButHasty() throws Exception {
        Gate gate = request("one", 1);
        disk.keeper.reviewed(gate, "Carol");
        disk.clock.advance(Duration.ofSeconds(9));
        disk.keeper.submit(gate.id(), Given.approve("carol"));
        assertThat(awaitOnly().sentence()).isEqualTo("carol approved team/app #1 for one 9 seconds after the request.");
    }

    @Test
    public void rubberStamp_lookedOnlyAfterwards() throws Exception {
        Gate gate = request("all", 1);
        disk.clock.advance(LATER);
        disk.keeper.submit(gate.id(), Given.approve("dave"));
        disk.clock.advance(Duration.ofSeconds(1));
        disk.keeper.reviewed(gate, "dave");
        assertThat(awaitOnly().sentence())
                .isEqualTo("dave approved team/app #1 for all without having opened the review.");
    }

    @Test
    public void offHours_anyDecisionOutsideTheOfficeHours() throws Exception {
        disk.host.audit = new AuditSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new FindingRules(
                        Duration.ZERO, 9, LATER, 9, LATER, 9, LATER,
                        Optional.of(new CheckSpec("businessHours", Map.of(
                                "days", "MON-FRI", "from", "09:00", "to", "17:00", "timeZone", "America/New_York")))));
        disk.clock.set(Instant.parse("2026-03-06T21:59:59Z"));
        Gate inTime = request("one", 1);
        disk.keeper.reviewed(inTime, "carol");
        disk.keeper.submit(inTime.id(), Given.approve("carol"));
        disk.clock.set(Instant.parse("2026-03-06T22:00:00Z"));
        disk.keeper.submit(request("one", 2).id(), Given.reject("carol"));
        disk.keeper.bypass(request("one", 3).id(), Given.bypass("root"), true);
        await().untilAsserted(() -> assertThat(found()).hasSize(2));
        assertThat(found()).extracting(Finding::kind).containsOnly(Kind.OFF_HOURS);
        assertThat(found()).extracting(Finding::sentence)
                .containsExactly(
                        "carol rejected team/app #2 for one outside office hours.",
                        "root bypassed team/app #3 for one outside office hours.");
    }

    @Test
    public void leftGroup_isAskedWhenTheGateOpens() throws Exception {
        Gate gate = request("all", 1);
        look(gate, "dave", "erin");
        disk.keeper.submit(gate.id(), Given.approve("dave"));
        town.set("team", Set.of("carol"));
        disk.keeper.submit(gate.id(), Given.approve("erin"));
        Finding finding = awaitOnly();
        assertThat(finding.kind()).isEqualTo(Kind.LEFT_GROUP);
        assertThat(finding.about()).containsExactly("dave");
        assertThat(finding.sentence())
                .isEqualTo("dave counted for the group team in all for team/app #1, but was not in that group any more when"
                        + " it was asked at " + disk.clock.instant() + ".");
    }

    @Test
    public void leftGroup_stillInAnotherThatCountsOrNamedOrHandedToIsNoFinding() throws Exception {
        Gate gate = request("two", 1);
        look(gate, "carol");
        disk.keeper.submit(gate.id(), Given.approve("carol"));
        Gate named = request("one", 2);
        look(named, "alice");
        disk.keeper.submit(named.id(), Given.approve("alice"));
        Gate handed = request("all", 3);
        disk.keeper.reassign(handed.id(), Given.reassign("dave", "frank"));
        look(handed, "frank", "erin");
        disk.keeper.submit(handed.id(), Given.approve("frank"));
        disk.keeper.submit(handed.id(), Given.approve("erin"));
        Gate left = request("one", 4);
        look(left, "dave");
        town.set("team", Set.of("dave"));
        disk.keeper.submit(left.id(), Given.approve("dave"));
        Gate last = request("one", 5);
        disk.keeper.submit(last.id(), Given.approve("alice"));
        assertThat(awaitOnly().gate()).contains(last.id());
    }

    @Test
    public void refusals_areFoundAndSelfApprovalAtOnce() throws Exception {
        disk.host.environments.add(Given.environment("own", "any: starter"));
        Gate gate = request("own", 1);
        for (int i = 0; i < 5; i++) {
            disk.refuses(gate.id(), Given.approve("starter"), Refusal.Kind.NOT_YOURS);
        }
        await().untilAsserted(() -> assertThat(found()).hasSize(2));
        assertThat(found()).extracting(Finding::kind)
                .containsExactly(Kind.SELF_APPROVAL_REFUSED, Kind.REFUSED_ATTEMPTS);
        assertThat(found().get(0).sentence())
                .isEqualTo("starter started team/app #1, tried to approve it for own, and was refused.");
        assertThat(found().get(1).sentence()).isEqualTo("starter was refused 3 times within 1 day.");
        assertThat(found().get(1).evidence()).hasSize(3);
    }

    @Test
    public void bypasses_byOneAndOfOneEnvironment() throws Exception {
        disk.keeper.bypass(request("one", 1).id(), Given.bypass("root"), true);
        disk.clock.advance(Duration.ofDays(2));
        disk.keeper.bypass(request("all", 2).id(), Given.bypass("root"), true);
        assertThat(awaitOnly().sentence()).isEqualTo("root bypassed 2 gates within 30 days.");
        assertThat(awaitOnly().environment()).as("they were two").isEmpty();
        disk.keeper.bypass(request("all", 3).id(), Given.bypass("admin"), true);
        await().untilAsserted(() -> assertThat(found()).hasSize(2));
        assertThat(found().get(1).sentence()).isEqualTo("all was bypassed 2 times within 30 days, by root, admin.");
        assertThat(found().get(1).about()).containsExactly("root", "admin");
    }
}
