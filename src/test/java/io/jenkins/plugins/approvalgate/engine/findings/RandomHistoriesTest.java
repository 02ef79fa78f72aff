package io.jenkins.plugins.approvalgate.engine.findings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

/**
 * Thousands of histories, each looked through by the detectors, which forget all and start again in between, and by a naive
 * one: the same is found, nothing more and nothing less.
 */
public class RandomHistoriesTest {

    private static final int GAMES = 1_000;
    private static final int STEPS = 60;
    private static final List<String> PEOPLE = List.of("ada", "bob", "cyd");
    private static final List<String> ENVIRONMENTS = List.of("test", "live");

    @Test
    public void found_isWhatANaiveDetectorFinds() throws Exception {
        Map<Kind, Integer> seen = new HashMap<>();
        for (int seed = 0; seed < GAMES; seed++) {
            Game game = new Game(seed);
            for (int step = 0; step < STEPS; step++) {
                game.step();
            }
            assertThat(game.found).as("seed " + seed).containsExactlyInAnyOrderElementsOf(game.naive.found);
            game.found.forEach(text -> seen.merge(Kind.valueOf(text.split(" ")[0]), 1, Integer::sum));
        }
        assertThat(seen.keySet())
                .contains(
                        Kind.RUBBER_STAMP,
                        Kind.SELF_APPROVAL_REFUSED,
                        Kind.REFUSED_ATTEMPTS,
                        Kind.REPEATED_BYPASS,
                        Kind.MUTUAL_APPROVAL);
        assertThat(seen.values()).as("each is found often enough to mean something: %s", seen).allMatch(n -> n > GAMES / 20);
    }

    /** One history. */
    private static final class Game {
        private final Random random;
        private final FindingRules rules;
        private final NaiveDetector naive;
        private final List<JournalLine> lines = new ArrayList<>();
        private final Map<String, Gate> gates = new HashMap<>();
        private final Map<String, Instant> looks = new HashMap<>();
        private final List<String> found = new ArrayList<>();
        private final Evidence evidence = new LineEvidence(() -> lines);
        private Detector detector;
        private Known known = new Known();
        private Instant now = Given.START;
        private int build;

        Game(int seed) {
            random = new Random(seed);
            rules = new FindingRules(
                    Duration.ofSeconds(random.nextInt(40)),
                    1 + random.nextInt(4),
                    minutes(),
                    1 + random.nextInt(3),
                    minutes(),
                    1 + random.nextInt(3),
                    minutes(),
                    Optional.empty());
            naive = new NaiveDetector(rules);
            restart();
        }

        private Duration minutes() {
            return Duration.ofMinutes(1 + random.nextInt(30));
        }

        private void restart() {
            known = new Known();
            detector = new PatternDetector(
                    line -> Optional.ofNullable(gates.get(line.gate().orElseThrow())), () -> rules, evidence);
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        void step() throws Exception {
            now = now.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(600) : random.nextInt(30));
            List<Gate> open = gates.values().stream()
                    .filter(Gate::isOpen)
                    .sorted((a, b) -> a.id().compareTo(b.id()))
                    .toList();
            if (random.nextInt(20) == 0) {
                restart();
            }
            if (open.isEmpty() || random.nextInt(4) == 0) {
                request();
                return;
            }
            Gate gate = one(open);
            String who = one(PEOPLE);
            switch (random.nextInt(8)) {
                case 0, 1 -> refused(gate, who);
                case 2 -> bypass(gate, who);
                case 3 -> looks.putIfAbsent(gate.id() + who, now);
                case 4 -> event(gate, new GateEvent.Withdrawn(now, who, "", List.of()));
                default -> approve(gate, who);
            }
        }

        private void request() throws Exception {
            String id = String.format("gate-%03d", ++build);
            // Several gates of one build, now and then.
            int number = random.nextInt(4) == 0 ? Math.max(1, build - 1) : build;
            GateEvent.Requested event = GateEvent.Requested.of(
                    Given.request(one(ENVIRONMENTS), number, Set.of(one(PEOPLE))),
                    Given.environment("any", "any 1: @crowd"),
                    now);
            JournalLine line = line(EventCodec.draft(id, event));
            gates.put(id, Gate.open(id, EventCodec.decode(line)));
        }

        private JournalLine line(JournalLine.Draft draft) {
            JournalLine line = new JournalLine(
                    lines.size() + 1, draft.at(), draft.gate(), draft.type(), draft.actor(), draft.data(), "", "");
            lines.add(line);
            return line;
        }

        private JournalLine event(Gate gate, GateEvent event) throws Exception {
            JournalLine line = line(EventCodec.draft(gate.id(), event));
            gates.put(gate.id(), gates.get(gate.id()).apply(EventCodec.decode(line)));
            return line;
        }

        private void refused(Gate gate, String who) throws Exception {
            boolean own = gate.request().requestedBy().equals(who);
            int times = random.nextInt(6) == 0 ? 2 : 1;
            ObjectNode data = Json.object().put("command", "approve").put("reason", "No.");
            if (times > 1) {
                data.put(Notes.ATTEMPTS, times);
            }
            if (own) {
                data.put(Notes.SELF_APPROVAL, true);
            }
            JournalLine line = line(
                    new JournalLine.Draft(now, Optional.of(gate.id()), Notes.REFUSED, Optional.of(who), data));
            naive.refused(line.seq(), now, who, gate.id(), times, own);
            look(line);
        }

        private void bypass(Gate gate, String who) throws Exception {
            JournalLine line = event(gate, new GateEvent.Bypassed(now, who, "It burns."));
            naive.bypassed(line.seq(), now, who, gate.request().environment());
            look(line);
            event(gate, new GateEvent.Closed(now, Optional.of(who), Outcome.BYPASSED, ""));
        }

        private void approve(Gate gate, String who) throws Exception {
            JournalLine line = event(
                    gate, new GateEvent.Approved(now, who, "", Set.of(0), List.of(), Map.of()));
            Optional<Instant> look = Optional.ofNullable(looks.get(gate.id() + who));
            naive.approved(line.seq(), now, who, gate.requested().at(), look.isPresent());
            Instances.rubberStamp(
                            Deed.of(line.seq(), now, who, InstanceDetector.place(gate)),
                            1,
                            gate.requested().at(),
                            look,
                            rules)
                    .ifPresent(this::record);
            if (random.nextBoolean()) {
                open(gates.get(gate.id()));
            }
        }

        private void open(Gate gate) throws Exception {
            JournalLine line = event(gate, new GateEvent.Closed(now, Optional.empty(), Outcome.APPROVED, ""));
            naive.opened(
                    line.seq(),
                    now,
                    gate.request().requestedBy(),
                    gate.approvals(now).stream().map(Approval::approver).toList(),
                    gate.request().buildName());
            look(line);
        }

        private void look(JournalLine line) throws Exception {
            for (Finding finding : detector.look(line, known)) {
                line(finding.draft(now));
                known.add(finding);
                record(finding);
            }
        }

        private void record(Finding finding) {
            found.add(finding.kind() + " " + new TreeSet<>(finding.about()) + " " + finding.completedBy());
        }
    }
}
