package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;

/** A clock that somebody sets, back and forth, by minutes and by years: what was decided stays, and what waits goes on. */
public class ClockJumpsTest {

    private static final long SEED = 20_261_126;
    private static final int STEPS = 400;
    private static final List<Duration> JUMPS = List.of(
            Duration.ofMillis(1), Duration.ofMinutes(-7), Duration.ofMinutes(50), Duration.ofDays(-31), Duration.ofDays(31),
            Duration.ofDays(-400), Duration.ofDays(370), Duration.ofHours(-1));

    @Rule
    public final QuietLog quiet = new QuietLog(Timers.class);

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of(""),
            Given.environment("production", "any 2: alice, bob, carol"),
            Given.environment("short", "any: alice", Duration.ofHours(1)),
            Given.environment("asking", "any: alice", List.of(Puppets.asking("oracle")), Optional.empty()));

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(disk.journal())) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jsonl")).sorted().toList();
        }
    }

    @Test
    public void setBackBetweenCommands_allIsKept_inTheOrderOfTheLines() throws Exception {
        disk.clock.set(Instant.parse("2026-04-01T00:05:00Z"));
        Gate gate = disk.request("production", 1);
        List<Instant> times = new ArrayList<>(List.of(disk.keeper.now()));
        for (Duration back : List.of(Duration.ofMinutes(10), Duration.ofDays(31), Duration.ofDays(800))) {
            disk.clock.advance(back.negated());
            times.add(disk.keeper.now());
            disk.keeper.submit(gate.id(), times.size() % 2 == 0 ? Given.approve("alice") : Given.withdraw("alice"));
        }
        Gate early = disk.request("production", 2);
        assertThat(files()).as("never back to an earlier month").last().isEqualTo("2026-04.jsonl");
        assertThat(disk.journal().resolve("2026-03.jsonl")).isEmptyFile();
        Map<String, String> before = disk.state();
        disk.restart();
        assertThat(disk.state()).isEqualTo(before);
        List<JournalLine> lines = disk.keeper.journal().linesOf(gate.id());
        assertThat(lines).extracting(JournalLine::seq).containsExactly(1L, 2L, 3L, 4L);
        assertThat(lines).extracting(JournalLine::at).containsExactlyElementsOf(times);
        assertThat(disk.keeper.journal().linesOf(early.id())).hasSize(1);
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void setBackOverARestart_goesOnInTheLaterMonth() throws Exception {
        disk.clock.set(Instant.parse("2027-06-15T12:00:00Z"));
        Gate gate = disk.request("production", 1);
        disk.keeper.close();
        disk.clock.set(Instant.parse("2026-02-01T12:00:00Z"));
        disk.openAndStart();
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        disk.keeper.submit(gate.id(), Given.approve("bob"));
        Gate later = disk.request("production", 2);
        disk.crash();
        disk.openAndStart();
        assertThat(disk.stateOf(gate.id())).isEqualTo("APPROVED");
        assertThat(disk.stateOf(later.id())).isEqualTo("OPEN");
        assertThat(files()).last().isEqualTo("2027-06.jsonl");
        assertThat(disk.journal().resolve("2026-03.jsonl")).isEmptyFile();
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void deadline_comesWhenTheClockSaysSo_howeverOftenItWasSetBack() throws Exception {
        disk.keeper.start();
        Gate gate = disk.request("short", 1);
        Instant deadline = gate.requested().deadline();
        for (Duration back : List.of(Duration.ofMinutes(30), Duration.ofDays(40), Duration.ofDays(700))) {
            disk.passes(back.negated());
            disk.passes(Duration.ofMinutes(2));
            assertThat(disk.stateOf(gate.id())).isEqualTo("OPEN");
        }
        disk.clock.set(deadline.minusMillis(1));
        disk.keeper.clockMoved();
        assertThat(disk.stateOf(gate.id())).isEqualTo("OPEN");
        disk.clock.set(deadline);
        disk.keeper.clockMoved();
        disk.awaitOutcome(gate.id(), Outcome.TIMED_OUT);
    }

    /** It would have been asked again a year later. */
    @Test
    public void setBack_checksThatAskOthersAreAskedOnAsBefore() throws Exception {
        disk.host.puppets.says("oracle", CheckResult.waiting("Not yet."));
        disk.keeper.start();
        Gate gate = disk.request("asking", 1);
        await().until(() -> disk.keeper.answeredAt(disk.gate(gate.id()), 0).isPresent());
        disk.passes(Duration.ofDays(-366));
        for (int round = 0; round < 3; round++) {
            int before = disk.host.puppets.asked("oracle");
            await().until(() -> {
                disk.passes(Puppets.INTERVAL);
                return disk.host.puppets.asked("oracle") > before;
            });
        }
        assertThat(disk.keeper.now()).as("long before the next turn by the old clock").isBefore(Given.START.minus(Duration.ofDays(300)));
    }

    @Test
    public void forwardByYearsAndBack_closesWhatIsOver_andGoesOn() throws Exception {
        disk.keeper.start();
        Gate over = disk.request("production", 1);
        disk.passes(Duration.ofDays(3_650));
        disk.awaitOutcome(over.id(), Outcome.TIMED_OUT);
        disk.passes(Duration.ofDays(-3_650));
        Gate gate = disk.request("production", 2);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        disk.keeper.submit(gate.id(), Given.approve("bob"));
        disk.restart();
        assertThat(disk.stateOf(over.id())).isEqualTo("TIMED_OUT");
        assertThat(disk.stateOf(gate.id())).isEqualTo("APPROVED");
        assertThat(files()).containsExactly("2026-03.jsonl", "2036-02.jsonl");
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    /** Before what a gate's id can say, and after what a file can be called. */
    @Test
    public void beyondAllReason_linesAreFoundAgain() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String time : List.of("1960-01-01T00:00:00Z", "2026-03-02T09:00:00Z", "+12000-01-01T00:00:00Z", "1960-01-01T00:00:00Z")) {
            disk.clock.set(Instant.parse(time));
            ids.add(disk.request("production", ids.size() + 1).id());
        }
        for (String id : ids) {
            assertThat(GateId.time(id)).isPresent();
            assertThat(disk.keeper.journal().linesOf(id)).as(id).hasSize(1);
        }
        Map<String, String> before = disk.state();
        disk.restart();
        assertThat(disk.state()).isEqualTo(before);
        assertThat(disk.keeper.journal().verify().lines()).isEqualTo(4);
    }

    /** Commands, jumps, restarts and losses of power in random order. */
    @Test
    public void anyJumps_nothingIsLost() throws Exception {
        Random random = new Random(SEED);
        List<String> gates = new ArrayList<>();
        String latest = "";
        for (int step = 0; step < STEPS; step++) {
            disk.clock.advance(JUMPS.get(random.nextInt(JUMPS.size())));
            String as = "seed " + SEED + " step " + step;
            if (gates.isEmpty() || random.nextInt(6) == 0) {
                gates.add(disk.request("production", gates.size() + 1).id());
            }
            try {
                String who = List.of("alice", "bob", "carol").get(random.nextInt(3));
                disk.keeper.submit(
                        gates.get(random.nextInt(gates.size())), random.nextInt(3) == 0 ? Given.withdraw(who) : Given.approve(who));
            } catch (Refusal refused) {
                assertThat(refused.kind()).as(as).isIn(Refusal.Kind.NOT_YOURS, Refusal.Kind.CLOSED);
            }
            String last = files().get(files().size() - 1);
            assertThat(last).as(as).isGreaterThanOrEqualTo(latest);
            latest = last;
            if (random.nextInt(40) == 0) {
                Map<String, String> before = disk.state();
                if (random.nextBoolean()) {
                    disk.crash();
                } else {
                    disk.keeper.close();
                }
                disk.open();
                assertThat(disk.state()).as(as).isEqualTo(before);
            }
        }
        assertThat(disk.keeper.journal().verify().damages()).as("seed " + SEED).isEmpty();
        assertThat(disk.keeper.journal().verify().lines()).isGreaterThan(STEPS / 4);
        assertThat(files()).hasSizeGreaterThan(3);
    }
}
