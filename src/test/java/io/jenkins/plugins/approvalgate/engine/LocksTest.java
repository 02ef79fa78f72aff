package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** The exclusive lock: who has it, who is next, and that no failure makes two of one. Many at once: {@link LockRushTest}. */
public class LocksTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of(""),
            locked("production", LockMode.SEQUENTIAL),
            locked("newest", LockMode.NEWEST_ONLY),
            Given.environment("free", "any: alice"));

    private static Environment locked(String name, LockMode mode) {
        return Given.environment(name, "any: alice, bob", List.of(), Optional.of(mode));
    }

    @Before
    public void begin() {
        disk.keeper.start();
    }

    /** The build with this number asks for {@code production}, a second after whoever asked before. */
    private String ask(int build) throws Exception {
        return ask("production", build);
    }

    private String ask(String environment, int build) throws Exception {
        disk.clock.advance(Duration.ofSeconds(1));
        return disk.request(environment, build).id();
    }

    private String askAndApprove(int build) throws Exception {
        String id = ask(build);
        disk.keeper.submit(id, Given.approve("alice"));
        return id;
    }

    private void release(String id) throws Refusal {
        disk.keeper.release(id, Given.release());
    }

    @Test
    public void approved_getsTheLockInTheSameWrite() throws Exception {
        String id = askAndApprove(1);
        assertThat(disk.stateOf(id)).isEqualTo("APPROVED+lock");
        assertThat(disk.types(id)).containsExactly("requested", "approved", "locked", "closed");
        assertThat(disk.keeper.lockHolder("production").map(Gate::id)).contains(id);
        assertThat(disk.keeper.lockHolders()).extracting(Gate::id).containsExactly(id);
        assertThat(disk.gate(id).lockedAt()).contains(disk.clock.instant());
    }

    @Test
    public void secondWaitsAndSaysSoAndGetsItWhenTheFirstIsOver() throws Exception {
        String first = askAndApprove(1);
        String second = askAndApprove(2);
        assertThat(disk.stateOf(second)).isEqualTo("OPEN");
        Gate waiting = disk.gate(second);
        assertThat(disk.keeper.conditions(waiting).obstacles(waiting))
                .extracting(obstacle -> obstacle.kind() + ": " + obstacle.reason())
                .containsExactly("lock: Another build holds the lock of production.");
        assertThat(disk.keeper.lockQueue("production")).extracting(Gate::id).containsExactly(second);
        release(first);
        disk.awaitState(second, "APPROVED+lock");
        assertThat(disk.stateOf(first)).isEqualTo("APPROVED");
        assertThat(disk.types(first)).endsWith("closed", "released");
        assertThat(disk.keeper.lockQueue("production")).isEmpty();
    }

    @Test
    public void sameBuildNeverWaitsForItselfAndKeepsOthersOutUntilAllIsBack() throws Exception {
        String first = askAndApprove(1);
        String other = askAndApprove(2);
        disk.clock.advance(Duration.ofSeconds(1));
        String again = disk.keeper.request(Given.withKey(Given.request("production", 1), "second-stage")).id();
        disk.keeper.submit(again, Given.approve("bob"));
        assertThat(disk.stateOf(again)).isEqualTo("APPROVED+lock");
        release(first);
        assertThat(disk.stateOf(other)).isEqualTo("OPEN");
        release(again);
        disk.awaitState(other, "APPROVED+lock");
    }

    @Test
    public void release_isRecordedOnceHoweverOftenAndOnlyForAHolder() throws Exception {
        String first = askAndApprove(1);
        String open = ask(2);
        List<Callable<Void>> releasing = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            releasing.add(() -> {
                release(first);
                return null;
            });
        }
        for (Future<Void> one : KeeperOnDisk.atOnce(releasing)) {
            one.get();
        }
        release(open);
        release("01kjnosuchgate000000000000");
        assertThat(disk.types(first)).filteredOn("released"::equals).hasSize(1);
        assertThat(disk.types(open)).containsExactly("requested");
        assertThat(disk.keeper.lockHolders()).isEmpty();
    }

    @Test
    public void lockOfOneEnvironmentDoesNotTouchAnother() throws Exception {
        askAndApprove(1);
        String other = ask("newest", 2);
        disk.keeper.submit(other, Given.approve("alice"));
        assertThat(disk.stateOf(other)).isEqualTo("APPROVED+lock");
        String free = ask("free", 3);
        disk.keeper.submit(free, Given.approve("alice"));
        assertThat(disk.stateOf(free)).isEqualTo("APPROVED");
    }

    @Test
    public void orderIsThatOfTheRequestsNotOfTheDecisions() throws Exception {
        String holder = askAndApprove(1);
        String early = ask(2);
        String late = askAndApprove(3);
        String latest = askAndApprove(4);
        disk.keeper.submit(early, Given.approve("bob"));
        assertThat(disk.keeper.lockQueue("production")).extracting(Gate::id).containsExactly(early, late, latest);
        for (String next : List.of(early, late, latest)) {
            release(disk.keeper.lockHolder("production").orElseThrow().id());
            disk.awaitState(next, "APPROVED+lock");
        }
        assertThat(disk.stateOf(holder)).isEqualTo("APPROVED");
    }

    @Test
    public void withdraw_whileWaitingLosesThePlace() throws Exception {
        String holder = askAndApprove(1);
        String second = askAndApprove(2);
        String third = askAndApprove(3);
        disk.keeper.submit(second, Given.withdraw("alice"));
        assertThat(disk.keeper.lockQueue("production")).extracting(Gate::id).containsExactly(third);
        release(holder);
        disk.awaitState(third, "APPROVED+lock");
        assertThat(disk.stateOf(second)).isEqualTo("OPEN");
        disk.keeper.submit(second, Given.approve("bob"));
        assertThat(disk.stateOf(second)).isEqualTo("OPEN");
        release(third);
        disk.awaitState(second, "APPROVED+lock");
    }

    @Test
    public void whoeverEndsInTheQueueHandsOver() throws Exception {
        String holder = askAndApprove(1);
        String rejected = ask(2);
        String approved = askAndApprove(3);
        String cancelled = askAndApprove(4);
        disk.keeper.submit(rejected, Given.reject("bob"));
        disk.keeper.cancel(cancelled, Given.cancel());
        assertThat(disk.keeper.lockQueue("production")).extracting(Gate::id).containsExactly(approved);
        release(holder);
        disk.awaitState(approved, "APPROVED+lock");
    }

    @Test
    public void timeout_inTheQueueSaysThatItWasForTheLock() throws Exception {
        String holder = askAndApprove(1);
        String waiting = askAndApprove(2);
        disk.passes(Given.TIMEOUT);
        disk.awaitState(waiting, "TIMED_OUT");
        assertThat(disk.gate(waiting).closed().orElseThrow().reason())
                .isEqualTo("Timed out: nobody opened it within 30d. Another build holds the lock of production.");
        assertThat(disk.stateOf(holder)).isEqualTo("APPROVED+lock");
        String next = askAndApprove(3);
        release(holder);
        disk.awaitState(next, "APPROVED+lock");
    }

    @Test
    public void reject_endsWhoWaitsForNothingButTheLock() throws Exception {
        askAndApprove(1);
        String waiting = askAndApprove(2);
        assertThat(disk.refuses(waiting, Given.approve("bob"), Refusal.Kind.NOT_YOURS))
                .hasMessage("It has all the approvals that it needs. Another build holds the lock of production.");
        disk.keeper.submit(waiting, Given.reject("bob"));
        assertThat(disk.stateOf(waiting)).isEqualTo("REJECTED");
        assertThat(disk.keeper.lockQueue("production")).isEmpty();
    }

    @Test
    public void checkThatApproves_waitsForTheLockToo() throws Exception {
        disk.host.environments.set(
                0, Given.environment("production", "any: alice", List.of(Puppets.timed("robot")), Optional.of(LockMode.SEQUENTIAL)));
        disk.host.puppets.says("robot", CheckResult.approve("Nothing changed."));
        String first = ask(1);
        String second = ask(2);
        assertThat(disk.stateOf(first)).isEqualTo("AUTO_APPROVED+lock");
        assertThat(disk.types(first)).containsExactly("requested", "checkEvaluated", "locked", "closed");
        assertThat(disk.stateOf(second)).isEqualTo("OPEN");
        release(first);
        disk.awaitState(second, "AUTO_APPROVED+lock");
    }

    @Test
    public void checkThatTurnsWhileInTheQueue_losesThePlaceAndFailClosesIt() throws Exception {
        disk.host.environments.set(
                0, Given.environment("production", "any: alice", List.of(Puppets.timed("hours")), Optional.of(LockMode.SEQUENTIAL)));
        disk.host.puppets.says("hours", (subject, now, callbacks) -> switch (subject.request().build()) {
            case 2 -> CheckResult.waiting("Build 2 has to wait.");
            case 3 -> disk.clock.instant().isBefore(Given.START.plusSeconds(100))
                    ? CheckResult.pass("Early enough.").until(Given.START.plusSeconds(100))
                    : CheckResult.fail("Too late for build 3.");
            default -> CheckResult.pass("Always.");
        });
        String holder = askAndApprove(1);
        String second = askAndApprove(2);
        String third = askAndApprove(3);
        String fourth = askAndApprove(4);
        assertThat(disk.keeper.lockQueue("production")).extracting(Gate::id).containsExactly(third, fourth);
        disk.passes(Duration.ofSeconds(200));
        disk.awaitState(third, "CHECK_FAILED");
        assertThat(disk.gate(third).closed().orElseThrow().reason()).isEqualTo("Too late for build 3.");
        release(holder);
        disk.awaitState(fourth, "APPROVED+lock");
        assertThat(disk.stateOf(second)).isEqualTo("OPEN");
    }

    @Test
    public void restart_holderQueueAndOrderAreKept() throws Exception {
        String holder = askAndApprove(1);
        String second = ask(2);
        String third = askAndApprove(3);
        disk.keeper.submit(second, Given.approve("bob"));
        disk.restart();
        assertThat(disk.keeper.lockHolder("production").map(Gate::id)).contains(holder);
        assertThat(disk.keeper.lockQueue("production")).extracting(Gate::id).containsExactly(second, third);
        release(holder);
        disk.awaitState(second, "APPROVED+lock");
        disk.crash();
        disk.openAndStart();
        assertThat(disk.stateOf(second)).isEqualTo("APPROVED+lock");
        release(second);
        disk.awaitState(third, "APPROVED+lock");
    }

    /** A build that resumes early must not be quicker than the start. */
    @Test
    public void restart_beforeTimeActsTheHolderIsKnownAlready() throws Exception {
        String holder = askAndApprove(1);
        String second = ask(2);
        disk.keeper.close();
        disk.open();
        disk.keeper.submit(second, Given.approve("alice"));
        assertThat(disk.stateOf(second)).isEqualTo("OPEN");
        String third = askAndApprove(3);
        assertThat(disk.stateOf(third)).isEqualTo("OPEN");
        release(holder);
        disk.keeper.start();
        disk.awaitState(second, "APPROVED+lock");
        assertThat(disk.stateOf(third)).isEqualTo("OPEN");
    }

    @Test
    public void restart_holderThatEndedMoreThanAThousandEndsAgoStillHolds() throws Exception {
        String holder = askAndApprove(1);
        endMany();
        GateRequest request = disk.gate(holder).request();
        assertThat(disk.keeper.ended()).extracting(Gate::id).doesNotContain(holder);
        String waiting = askAndApprove(5_000);
        for (boolean restart : List.of(false, true)) {
            if (restart) {
                disk.restart();
            }
            assertThat(disk.keeper.lockHolder("production").map(Gate::id)).contains(holder);
            assertThat(disk.keeper.lockHolders()).extracting(Gate::id).containsExactly(holder);
            assertThat(disk.stateOf(waiting)).isEqualTo("OPEN");
            assertThat(disk.keeper.request(request).id()).isEqualTo(holder);
        }
        release(holder);
        disk.awaitState(waiting, "APPROVED+lock");
        disk.restart();
        assertThat(disk.keeper.lockHolders()).extracting(Gate::id).containsExactly(waiting);
        assertThat(disk.stateOf(holder)).isEqualTo("APPROVED");
    }

    private void endMany() throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            int from = 1_000 + i;
            tasks.add(() -> {
                for (int build = from; build < 2_000 + GateBook.REMEMBERED / 10; build += 32) {
                    disk.keeper.submit(disk.request("free", build).id(), Given.approve("alice"));
                }
                return null;
            });
        }
        for (Future<Void> done : KeeperOnDisk.atOnce(tasks)) {
            done.get();
        }
    }

    @Test
    public void archive_knowsThatALockWasGivenBackInALaterMonth() throws Exception {
        String holder = askAndApprove(1);
        disk.clock.advance(Duration.ofDays(60));
        release(holder);
        endMany();
        assertThat(disk.keeper.inMemory(holder)).isEmpty();
        assertThat(disk.stateOf(holder)).isEqualTo("APPROVED");
        assertThat(disk.types(holder)).endsWith("closed", "released");
    }

    /** The lines after the one with the lock are lost with the power; what was decided in time opens once and is not undone. */
    @Test
    public void crash_betweenLockedAndClosed_opensAtTheStartWithOneLock() throws Exception {
        String id = cutAfterLocked();
        assertThat(disk.keeper.lockHolder("production").map(Gate::id)).contains(id);
        disk.clock.advance(Given.TIMEOUT);
        disk.keeper.start();
        disk.awaitState(id, "APPROVED+lock");
        assertThat(disk.types(id)).containsExactly("requested", "approved", "locked", "closed");
    }

    @Test
    public void crash_betweenLockedAndClosed_andTheCheckHasTurned_timesOutAndGivesTheLockBack() throws Exception {
        disk.host.environments.set(
                0, Given.environment("production", "any: alice", List.of(Puppets.timed("hours")), Optional.of(LockMode.SEQUENTIAL)));
        String id = cutAfterLocked();
        disk.host.puppets.says("hours", CheckResult.waiting("Closed for today."));
        disk.keeper.start();
        String next = ask(2);
        disk.host.puppets.says("hours", (subject, now, callbacks) ->
                subject.gate().equals(id) ? CheckResult.waiting("Closed for today.") : CheckResult.pass("Open."));
        disk.keeper.submit(next, Given.approve("alice"));
        assertThat(disk.stateOf(next)).isEqualTo("OPEN");
        disk.clock.set(disk.gate(id).requested().deadline());
        disk.keeper.clockMoved();
        disk.awaitState(id, "TIMED_OUT");
        disk.awaitState(next, "APPROVED+lock");
    }

    /** A gate of which only the lines up to the one with the lock are left. */
    private String cutAfterLocked() throws Exception {
        String id = askAndApprove(1);
        disk.crash();
        List<String> lines = disk.lines();
        assertThat(lines.get(lines.size() - 1)).contains("\"type\":\"closed\"");
        disk.writeLines(lines.subList(0, lines.size() - 1));
        disk.open();
        assertThat(disk.stateOf(id)).isEqualTo("OPEN+lock");
        return id;
    }

    @Test
    public void restore_holderThatTheJournalLost_holdsAgain() throws Exception {
        Gate lost = disk.gate(askAndApprove(1));
        loseTheJournal();
        disk.keeper.start();
        disk.keeper.restore(lost);
        assertThat(disk.keeper.lockHolders()).extracting(Gate::id).containsExactly(lost.id());
        String second = askAndApprove(2);
        assertThat(disk.stateOf(second)).isEqualTo("OPEN");
        disk.restart();
        assertThat(disk.keeper.lockHolder("production").map(Gate::id)).contains(lost.id());
        release(lost.id());
        disk.awaitState(second, "APPROVED+lock");
    }

    /** Nothing can undo that two builds are under way then; but no third comes in before both are over. */
    @Test
    public void restore_holderWhileAnotherGotTheLock_nobodyElseGetsItBeforeBothGaveItBack() throws Exception {
        Gate lost = disk.gate(askAndApprove(1));
        loseTheJournal();
        disk.keeper.start();
        String second = askAndApprove(2);
        disk.keeper.restore(lost);
        String third = askAndApprove(3);
        disk.restart();
        release(lost.id());
        assertThat(disk.keeper.lockHolder("production").map(Gate::id)).contains(second);
        String fourth = askAndApprove(4);
        assertThat(disk.stateOf(fourth)).isEqualTo("OPEN");
        assertThat(disk.stateOf(third)).isEqualTo("OPEN");
        release(second);
        disk.awaitState(third, "APPROVED+lock");
    }

    private void loseTheJournal() throws Exception {
        disk.keeper.close();
        Files.delete(disk.journal().resolve("2026-03.jsonl"));
        disk.open();
    }

    @Test
    public void diskFull_whoCouldNotRecordTheLockDoesNotKeepItFromOthers() throws Exception {
        DiskLimit.assumePossible();
        String first = ask(1);
        String second = ask(2);
        DiskLimit.roomFor(0, disk.journal().resolve("2026-03.jsonl"), () -> {
            disk.refuses(first, Given.approve("alice"), Refusal.Kind.UNAVAILABLE);
            assertThat(disk.keeper.lockHolder("production")).isEmpty();
        });
        disk.keeper.submit(second, Given.approve("alice"));
        disk.awaitState(second, "APPROVED+lock");
        assertThat(disk.stateOf(first)).isEqualTo("OPEN");
    }

    @Test
    public void diskFull_whenItIsTheNextOnesTurn_itGetsItWhenThereIsRoom() throws Exception {
        DiskLimit.assumePossible();
        String first = askAndApprove(1);
        String second = askAndApprove(2);
        String third = askAndApprove(3);
        // Room for the line that gives the lock back, and not for those that give it to the next.
        DiskLimit.roomFor(500, disk.journal().resolve("2026-03.jsonl"), () -> {
            release(first);
            disk.awaitState(first, "APPROVED");
            await()
                    .until(() -> disk.keeper.lockQueue("production").stream().map(Gate::id).toList().equals(List.of(second, third)));
        });
        await().until(() -> {
            disk.passes(Duration.ofMinutes(1));
            return disk.stateOf(second).equals("APPROVED+lock");
        });
        assertThat(disk.stateOf(third)).isEqualTo("OPEN");
    }

    @Test
    public void newestOnly_tables() throws Exception {
        Map<String, String> table = new TreeMap<>(Map.ofEntries(
                Map.entry("ask 1, ask 2", "1 SUPERSEDED, 2 OPEN"),
                Map.entry("ask 2, ask 1", "1 SUPERSEDED, 2 OPEN"),
                Map.entry("ask 1, ask 2, ask 3", "1 SUPERSEDED, 2 SUPERSEDED, 3 OPEN"),
                Map.entry("ask 3, ask 1, ask 2", "1 SUPERSEDED, 2 SUPERSEDED, 3 OPEN"),
                Map.entry("ask 1, approve 1, ask 2", "1 APPROVED+lock, 2 OPEN"),
                Map.entry("ask 1, approve 1, ask 2, approve 2, ask 3", "1 APPROVED+lock, 2 SUPERSEDED, 3 OPEN"),
                Map.entry(
                        "ask 1, approve 1, ask 2, approve 2, ask 3, approve 3, release 1",
                        "1 APPROVED, 2 SUPERSEDED, 3 APPROVED+lock"),
                Map.entry("ask 2, approve 2, ask 1", "1 SUPERSEDED, 2 APPROVED+lock"),
                Map.entry("ask 2, reject 2, ask 1", "1 OPEN, 2 REJECTED"),
                Map.entry("ask 1, ask 2, reject 2", "1 SUPERSEDED, 2 REJECTED"),
                Map.entry("ask 1, ask 2, reject 2, ask 3, approve 3", "1 SUPERSEDED, 2 REJECTED, 3 APPROVED+lock"),
                Map.entry("ask 2, cancel 2, ask 1, approve 1", "1 APPROVED+lock, 2 CANCELLED")));
        int job = 0;
        for (boolean restarts : List.of(false, true)) {
            for (Map.Entry<String, String> row : table.entrySet()) {
                // Each in an environment of its own, so that no lock of the row before is in the way.
                String environment = "newest-" + job++;
                disk.host.environments.add(locked(environment, LockMode.NEWEST_ONLY));
                Map<String, String> ids = new TreeMap<>();
                for (String step : row.getKey().split(", ")) {
                    play(environment, step, ids);
                    if (restarts) {
                        disk.restart();
                    }
                }
                for (String expected : row.getValue().split(", ")) {
                    String[] halves = expected.split(" ");
                    disk.awaitState(ids.get(halves[0]), halves[1]);
                }
            }
        }
    }

    private void play(String environment, String step, Map<String, String> ids) throws Exception {
        String build = step.split(" ")[1];
        disk.clock.advance(Duration.ofSeconds(1));
        switch (step.split(" ")[0]) {
            case "ask" -> ids.put(
                    build,
                    disk.keeper
                            .request(Given.request(environment, "team/" + environment, Integer.parseInt(build), Set.of()))
                            .id());
            case "approve" -> disk.keeper.submit(ids.get(build), Given.approve("alice"));
            case "reject" -> disk.keeper.submit(ids.get(build), Given.reject("alice"));
            case "cancel" -> disk.keeper.cancel(ids.get(build), Given.cancel());
            case "release" -> release(ids.get(build));
            default -> throw new IllegalArgumentException(step);
        }
    }

    @Test
    public void newestOnly_whoWasSupersededStaysSo_howeverSoonTheNewerEnds() throws Exception {
        Gate old = disk.gate(ask("newest", 1));
        Gate newer = disk.gate(ask("newest", 2));
        disk.keeper.submit(newer.id(), Given.reject("alice"));
        Gate rejected = disk.gate(newer.id());

        Locks locks = new Locks();
        locks.follow(old);
        locks.follow(newer);
        locks.follow(rejected);
        assertThat(locks.newer(old)).contains(2);
        disk.awaitOutcome(old.id(), Outcome.SUPERSEDED);
        locks.follow(disk.gate(old.id()));
        assertThat(locks.newer(old)).as("nothing is kept of gates that ended").isEmpty();

        Locks late = new Locks();
        late.follow(newer);
        late.follow(rejected);
        late.follow(old);
        assertThat(late.newer(old)).as("asked when the newer had ended").isEmpty();
    }

    @Test
    public void newestOnly_saysByWhich() throws Exception {
        String old = ask("newest", 1);
        ask("newest", 7);
        disk.awaitOutcome(old, Outcome.SUPERSEDED);
        GateEvent.Closed closed = disk.gate(old).closed().orElseThrow();
        assertThat(closed.reason()).isEqualTo("Superseded by team/app #7, which asked for newest too.");
        assertThat(closed.actor()).isEmpty();
    }

    @Test
    public void newestOnly_otherJobsAndOtherEnvironmentsAreNotTouched() throws Exception {
        String mine = ask("newest", 1);
        String elsewhere = ask("production", 1);
        disk.keeper.request(Given.request("newest", "team/other", 9, Set.of()));
        ask("production", 9);
        assertThat(disk.stateOf(mine)).isEqualTo("OPEN");
        assertThat(disk.stateOf(elsewhere)).isEqualTo("OPEN");
    }

    @Test
    public void newestOnly_theSameBuildDoesNotSupersedeItself() throws Exception {
        String first = ask("newest", 1);
        disk.clock.advance(Duration.ofSeconds(1));
        String second = disk.keeper.request(Given.withKey(Given.request("newest", 1), "key-2")).id();
        assertThat(List.of(disk.stateOf(first), disk.stateOf(second))).containsOnly("OPEN");
    }

    @Test
    public void newestOnly_manyAtOnceOneIsLeft() throws Exception {
        List<Callable<Gate>> asking = IntStream.rangeClosed(1, 16)
                .<Callable<Gate>>mapToObj(build -> () -> disk.request("newest", build))
                .toList();
        List<Gate> gates = new ArrayList<>();
        for (Future<Gate> one : KeeperOnDisk.atOnce(asking)) {
            gates.add(one.get());
        }
        for (Gate gate : gates) {
            disk.awaitState(gate.id(), gate.request().build() == 16 ? "OPEN" : "SUPERSEDED");
        }
    }
}
