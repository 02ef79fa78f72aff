package io.jenkins.plugins.approvalgate.engine.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.EndedGates;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.Databases;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** The index says of the past what the journal says, line by line, whatever database it is in. */
@RunWith(Parameterized.class)
public class IndexEvidenceTest {

    private static final List<String> PEOPLE = List.of("ada", "bob", "cyd");
    private static final int STEPS = 120;

    @ClassRule
    public static final Databases DATABASES = new Databases();

    @Parameters(name = "{0}")
    public static List<Object[]> databases() {
        return Databases.parameters();
    }

    @Parameter
    public Databases.Kind kind;

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("crowd=ada,bob,cyd elders=ada,cyd"),
            Given.environment("test", "sequential: @crowd, @elders"),
            Given.environment("live", "any 2: @crowd"));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private AuditIndex index;

    @Before
    public void begin() throws Exception {
        disk.keeper.start();
        AuditSettings settings = DATABASES.fresh(kind);
        index = AuditIndex.start(
                folder.getRoot().toPath(),
                disk.keeper.journal(),
                "test",
                () -> settings,
                Databases::login,
                disk.clock::instant);
    }

    @After
    public void end() {
        index.close();
    }

    private void play(Random random) throws Exception {
        disk.clock.advance(Duration.ofMinutes(random.nextInt(20)));
        String who = PEOPLE.get(random.nextInt(3));
        List<Gate> open = disk.keeper.open().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
        try {
            if (open.size() < 3 || random.nextInt(4) == 0) {
                disk.keeper.request(Given.request(
                        random.nextBoolean() ? "test" : "live",
                        "team/app",
                        1 + random.nextInt(1_000),
                        Set.of(PEOPLE.get(random.nextInt(3)))));
                return;
            }
            Gate gate = open.get(random.nextInt(open.size()));
            switch (random.nextInt(8)) {
                case 0 -> disk.keeper.bypass(gate.id(), Given.bypass(who), random.nextBoolean());
                case 1 -> disk.keeper.submit(gate.id(), Given.withdraw(who));
                case 2 -> disk.keeper.submit(gate.id(), new Command.Defer(
                        who, "", disk.clock.instant().plus(Duration.ofMinutes(15)), List.of(), Map.of()));
                default -> disk.keeper.submit(gate.id(), Given.approve(who));
            }
        } catch (Refusal refused) {
            // That is on record.
        }
    }

    @Test
    public void evidence_isWhatTheJournalSays() throws Exception {
        Random random = new Random(7);
        for (int step = 0; step < STEPS; step++) {
            play(random);
            disk.keeper.clockMoved();
        }
        disk.keeper.note(new Finding(
                        Kind.REPEATED_BYPASS, Optional.empty(), List.of("ada"), Optional.empty(), Optional.empty(), "So.",
                        List.of(1L, 2L))
                .draft(disk.keeper.now()));
        List<JournalLine> lines = Lines.of(disk.keeper);
        Evidence journal = new LineEvidence(() -> lines);
        Evidence asked = new IndexEvidence(index, "test");
        long end = journal.reached();
        await().until(() -> asked.reached() >= end);
        int deeds = 0;
        for (long upTo = 1; upTo <= end; upTo += 31) {
            long after = random.nextInt((int) upTo);
            Instant from = Given.START.plus(Duration.ofMinutes(random.nextInt(600)));
            for (String one : PEOPLE) {
                deeds += same(journal.refusedTo(one, from, after, upTo), asked.refusedTo(one.toUpperCase(Locale.ROOT), from, after, upTo));
                deeds += same(journal.bypassesBy(one, from, after, upTo), asked.bypassesBy(one, from, after, upTo));
                for (String other : PEOPLE) {
                    deeds += same(
                            journal.approvalsFor(one, other, from, after, upTo),
                            asked.approvalsFor(one, other, from, after, upTo));
                }
            }
            deeds += same(journal.bypassesOf("live", from, after, upTo), asked.bypassesOf("live", from, after, upTo));
        }
        // Deferrals take effect in a thread of their own, so no two runs are quite the same.
        assertThat(deeds).as("enough to mean something").isGreaterThan(20);
        JournalLine refused = lines.stream().filter(line -> line.type().equals("refused")).findFirst().orElseThrow();
        assertThat(asked.refusedAt(refused.gate().orElseThrow(), refused.actor().orElseThrow(), end))
                .isEqualTo(journal.refusedAt(refused.gate().orElseThrow(), refused.actor().orElseThrow(), end))
                .isNotEmpty();
        assertThat(asked.findings(Instant.EPOCH)).isEqualTo(journal.findings(Instant.EPOCH)).hasSize(1);
        assertThat(asked.findings(disk.keeper.now().plusMillis(1))).isEmpty();
        assertThat(EndedGates.find(index, Optional.empty(), Optional.empty(), Optional.empty()).values().stream()
                        .mapToInt(List::size)
                        .sum())
                .isEqualTo(disk.keeper.ended().size())
                .isPositive();
        assertThat(EndedGates.find(
                        index, Optional.of("live"), Optional.of(Given.START), Optional.of(disk.keeper.now()))
                        .keySet())
                .containsExactly("live");
        assertThat(new IndexEvidence(index, "another").findings(Instant.EPOCH)).isEmpty();
    }

    private static int same(List<Deed> expected, List<Deed> actual) {
        assertThat(actual).isEqualTo(expected);
        return expected.size();
    }
}
