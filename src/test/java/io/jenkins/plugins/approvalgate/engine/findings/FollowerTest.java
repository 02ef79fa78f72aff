package io.jenkins.plugins.approvalgate.engine.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Moment;
import io.jenkins.plugins.approvalgate.engine.QuietLog;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A finding is on record once, wherever the follower is stopped. */
public class FollowerTest {

    private static final int GAMES = 4;
    private static final int STEPS = 25;
    private static final FindingRules RULES = new FindingRules(
            Duration.ofSeconds(10), 2, Duration.ofHours(1), 2, Duration.ofHours(2), 2, Duration.ofHours(4), Optional.empty());

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("crowd=ada,bob,cyd"),
            Given.environment("test", "any 2: @crowd"),
            Given.environment("live", "any: @crowd"));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final QuietLog quiet = new QuietLog(Journal.class);

    /** The power goes. */
    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean recorded;

        /** @param recorded whether that was right after something was put on record */
        PowerCut(boolean recorded) {
            this.recorded = recorded;
        }
    }

    private Follower follower(Random random) {
        Evidence evidence = new LineEvidence(() -> Lines.of(disk.keeper));
        PatternDetector patterns = new PatternDetector(line -> Moment.of(line, disk.keeper), () -> RULES, evidence);
        Detector mortal = new Detector() {
            @Override
            public boolean watches(String type) {
                return patterns.watches(type);
            }

            @Override
            public List<Finding> look(JournalLine line, Known known) throws IOException, NotYet {
                List<Finding> found = patterns.look(line, known);
                cut(random, false);
                return found;
            }
        };
        return new Follower(disk.keeper, folder.getRoot().toPath().resolve("place"), mortal, () -> cut(random, true));
    }

    private static void cut(Random random, boolean recorded) {
        if (random.nextInt(3) == 0) {
            throw new PowerCut(recorded);
        }
    }

    @Test
    public void found_onceWhereverThePowerGoes() throws Exception {
        int findings = 0;
        Follower follower = follower(new Random(0));
        follower.step();
        for (int seed = 0; seed < GAMES; seed++) {
            Random random = new Random(seed);
            for (int step = 0; step < STEPS; step++) {
                play(random, seed * 1_000 + step);
                follower = follow(follower, random);
            }
            List<String> found = onRecord();
            assertThat(found).as("seed " + seed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected());
            findings = found.size();
        }
        assertThat(findings).as("enough to mean something").isGreaterThan(GAMES * 4);
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    /** To the journal's end, from wherever it was. */
    private Follower follow(Follower begun, Random random) throws Exception {
        Follower follower = begun;
        while (true) {
            try {
                if (!follower.step()) {
                    return follower;
                }
            } catch (PowerCut cut) {
                disk.crash();
                if (cut.recorded) {
                    loseLast(random);
                }
                disk.openAndStart();
                follower = follower(random);
            }
        }
    }

    /** The second of two findings that were written together may not have got to the disk. */
    private void loseLast(Random random) throws IOException {
        List<String> lines = new ArrayList<>(disk.lines());
        if (random.nextBoolean() && lines.get(lines.size() - 1).contains("\"type\":\"finding\"")) {
            lines.remove(lines.size() - 1);
            disk.writeLines(lines);
        }
    }

    private void play(Random random, int build) throws Exception {
        disk.clock.advance(Duration.ofMinutes(random.nextInt(20)));
        List<String> people = List.of("ada", "bob", "cyd");
        String starter = people.get(random.nextInt(3));
        String who = people.get(random.nextInt(3));
        Gate gate = disk.keeper.request(Given.request(
                random.nextBoolean() ? "test" : "live", "team/app", build + 1, Set.of(starter)));
        try {
            if (random.nextInt(3) == 0) {
                disk.keeper.bypass(gate.id(), Given.bypass(who), random.nextInt(3) > 0);
            } else {
                disk.keeper.submit(gate.id(), Given.approve(who));
            }
        } catch (Refusal refused) {
            // That is on record.
        }
    }

    private List<String> onRecord() throws IOException {
        List<String> keys = new ArrayList<>();
        for (JournalLine line : Lines.of(disk.keeper)) {
            if (line.type().equals("finding")) {
                keys.add(Finding.of(line.gate(), line.data()).orElseThrow().key());
            }
        }
        return keys;
    }

    /** What a detector finds that is never stopped. */
    private List<String> expected() throws Exception {
        List<JournalLine> lines = Lines.of(disk.keeper);
        PatternDetector patterns = new PatternDetector(
                line -> Moment.of(line, disk.keeper), () -> RULES, new LineEvidence(() -> lines.stream()
                        .filter(line -> !line.type().equals("finding"))
                        .toList()));
        Known known = new Known();
        List<String> keys = new ArrayList<>();
        for (JournalLine line : lines) {
            if (patterns.watches(line.type())) {
                for (Finding finding : patterns.look(line, known)) {
                    known.add(finding);
                    keys.add(finding.key());
                }
            }
        }
        return keys;
    }

    @Test
    public void found_waitsForTheIndex() throws Exception {
        Evidence none = new LineEvidence(List::of);
        Follower follower = new Follower(
                disk.keeper,
                folder.getRoot().toPath().resolve("place"),
                new PatternDetector(line -> Moment.of(line, disk.keeper), () -> RULES, none),
                () -> {});
        follower.step();
        Gate gate = disk.request("live", 1);
        disk.keeper.bypass(gate.id(), Given.bypass("ada"), true);
        assertThat(follower.step()).as("requested").isTrue();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(follower::step).isInstanceOf(Detector.NotYet.class);
        }
    }
}
