package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Answers that come later, on an address that was given out: once, in time, and only if they are on record. */
public class CallbackTest {

    private static final Duration LIFE = Duration.ofHours(2);
    private static final CheckResult PASS = CheckResult.pass("The function agrees.");

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of(""),
            Given.environment("production", "any: alice", List.of(Puppets.asking("function")), Optional.empty()),
            Given.environment(
                    "two", "any: alice", List.of(Puppets.asking("function"), Puppets.asking("second")), Optional.of(LockMode.SEQUENTIAL)));

    /** What was given out, by gate and check. */
    private final Map<String, URI> addresses = new ConcurrentHashMap<>();

    @Before
    public void begin() {
        for (String name : List.of("function", "second")) {
            disk.host.puppets.says(name, this::callMeBack);
        }
        disk.keeper.start();
    }

    private CheckResult callMeBack(Subject subject, Instant now, Callbacks callbacks) throws IOException {
        Instant expires = now.plus(LIFE);
        addresses.put(subject.gate() + " " + subject.index(), callbacks.issue(subject, expires));
        return CheckResult.waiting("The function was asked and has not answered yet.").until(expires);
    }

    private Gate ask(int build) throws Exception {
        return ask("production", build);
    }

    private Gate ask(String environment, int build) throws Exception {
        Gate gate = disk.request(environment, build);
        int checks = gate.requested().checks().size();
        await().until(() -> disk.types(gate.id()).stream().filter("checkEvaluated"::equals).count() == checks);
        return disk.gate(gate.id());
    }

    private String token(Gate gate) {
        return token(gate, 0);
    }

    private String token(Gate gate, int check) {
        String path = addresses.get(gate.id() + " " + check).getPath();
        assertThat(path).startsWith("/approval-gate-callback/");
        return path.substring("/approval-gate-callback/".length());
    }

    private boolean answer(String token, CheckResult result) throws Refusal {
        boolean expected = disk.keeper.expects(token);
        boolean taken = disk.keeper.answer(token, result);
        assertThat(taken).isEqualTo(expected);
        return taken;
    }

    private List<String> refused() throws IOException {
        return disk.lines().stream().filter(line -> line.contains("\"type\":\"callbackRefused\"")).toList();
    }

    @Test
    public void pass_countsAndTheTokenIsUsed() throws Exception {
        Gate gate = ask(1);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        assertThat(answer(token(gate), PASS)).isTrue();
        assertThat(disk.stateOf(gate.id())).isEqualTo("APPROVED");
        assertThat(disk.types(gate.id()))
                .containsExactly(
                        "requested", "callbackIssued", "checkEvaluated", "approved", "callbackAnswered", "checkEvaluated", "closed");
        assertThat(refused()).isEmpty();
        assertThat(answer(token(gate), CheckResult.fail("Too late."))).isFalse();
        assertThat(refused()).hasSize(2);
        assertThat(disk.stateOf(gate.id())).isEqualTo("APPROVED");
    }

    @Test
    public void everyDecision_doesWhatItSays() throws Exception {
        Map<CheckResult, String> outcomes = Map.of(
                PASS, "OPEN",
                CheckResult.fail("No."), "CHECK_FAILED",
                CheckResult.approve("Nothing to see."), "AUTO_APPROVED",
                CheckResult.waiting("Ask again."), "OPEN");
        int build = 0;
        for (Map.Entry<CheckResult, String> one : outcomes.entrySet()) {
            Gate gate = ask(++build);
            assertThat(answer(token(gate), one.getKey())).isTrue();
            assertThat(disk.stateOf(gate.id())).isEqualTo(one.getValue());
            if (one.getValue().equals("OPEN")) {
                assertThat(disk.keeper.conditions(gate).checks().get(0).reason()).isEqualTo(one.getKey().reason());
            }
        }
    }

    @Test
    public void token_isUnguessableAndNowhereOnDisk() throws Exception {
        Set<String> tokens = new HashSet<>();
        for (int build = 1; build <= 10; build++) {
            Gate gate = ask(build);
            tokens.add(token(gate));
            assertThat(token(gate)).matches("[A-Za-z0-9_-]{43}");
            assertThat(Files.readString(disk.journal().resolve("2026-03.jsonl"))).doesNotContain(token(gate));
            assertThat(gate.toString() + gate.history()).doesNotContain(token(gate));
        }
        assertThat(tokens).hasSize(10);
        answer("wrong-token", PASS);
        assertThat(Files.readString(disk.journal().resolve("2026-03.jsonl"))).doesNotContain("wrong-token");
    }

    @Test
    public void wrong_isRefusedOnRecordAndNotWithoutEnd() throws Exception {
        Gate gate = ask(1);
        for (String wrong : List.of("", "x", token(gate).substring(1), token(gate) + "A", token(gate).toLowerCase(), "../" + token(gate))) {
            assertThat(disk.keeper.answer(wrong, PASS)).isFalse();
        }
        assertThat(refused()).hasSize(6).noneMatch(line -> line.contains(gate.id()));
        for (int i = 0; i < 100; i++) {
            assertThat(disk.keeper.expects("guess-" + i)).isFalse();
        }
        assertThat(refused()).hasSize(20);
        disk.clock.advance(Duration.ofSeconds(61));
        assertThat(disk.keeper.expects("guess")).isFalse();
        assertThat(refused()).hasSize(21);
        assertThat(answer(token(gate), PASS)).isTrue();
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void late_isRefusedFromTheInstantOn() throws Exception {
        Gate inTime = ask(1);
        Gate late = ask(2);
        disk.clock.advance(LIFE.minusMillis(1));
        assertThat(answer(token(inTime), PASS)).isTrue();
        disk.clock.advance(Duration.ofMillis(1));
        assertThat(answer(token(late), PASS)).isFalse();
        assertThat(refused()).isNotEmpty().allMatch(line -> line.contains(late.id()));
        assertThat(disk.keeper.conditions(late).checks().get(0).verdict()).isEqualTo(CheckResult.Verdict.WAIT);
    }

    @Test
    public void twiceAtOnce_oneCounts() throws Exception {
        for (int build = 1; build <= 20; build++) {
            Gate gate = ask(build);
            List<Callable<Boolean>> answering = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answering.add(() -> disk.keeper.answer(token(gate), PASS));
            }
            int taken = 0;
            for (Future<Boolean> one : KeeperOnDisk.atOnce(answering)) {
                taken += one.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
            assertThat(disk.types(gate.id())).filteredOn("callbackAnswered"::equals).hasSize(1);
        }
    }

    @Test
    public void askedAgain_onlyTheNewAddressWorks() throws Exception {
        Gate gate = ask(1);
        String old = token(gate);
        disk.passes(LIFE);
        await().until(() -> !token(gate).equals(old));
        assertThat(disk.keeper.answer(old, PASS)).isFalse();
        assertThat(disk.keeper.answer(token(gate), PASS)).isTrue();
    }

    @Test
    public void twoChecksOfOneGate_haveAddressesOfTheirOwn() throws Exception {
        Gate gate = ask("two", 1);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        assertThat(answer(token(gate, 1), PASS)).isTrue();
        assertThat(disk.stateOf(gate.id())).isEqualTo("OPEN");
        assertThat(answer(token(gate, 0), PASS)).isTrue();
        assertThat(disk.stateOf(gate.id())).isEqualTo("APPROVED+lock");
        Gate next = ask("two", 2);
        disk.keeper.submit(next.id(), Given.approve("alice"));
        answer(token(next, 0), PASS);
        answer(token(next, 1), PASS);
        assertThat(disk.stateOf(next.id())).isEqualTo("OPEN");
        disk.keeper.release(gate.id(), Given.release());
        disk.awaitState(next.id(), "APPROVED+lock");
    }

    @Test
    public void afterARestart_itStillWorksOnceAndNobodyIsAskedAgain() throws Exception {
        Gate gate = ask(1);
        disk.crash();
        disk.openAndStart();
        assertThat(answer(token(gate), PASS)).isTrue();
        disk.restart();
        assertThat(answer(token(gate), PASS)).isFalse();
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        assertThat(disk.stateOf(gate.id())).isEqualTo("APPROVED");
        assertThat(disk.host.puppets.asked("function")).isEqualTo(1);
    }

    @Test
    public void afterTheGateEnded_isRefused() throws Exception {
        Gate gate = ask(1);
        disk.keeper.submit(gate.id(), Given.reject("alice"));
        assertThat(answer(token(gate), PASS)).isFalse();
        disk.restart();
        assertThat(answer(token(gate), PASS)).isFalse();
        assertThat(disk.stateOf(gate.id())).isEqualTo("REJECTED");
    }

    @Test
    public void atTheDeadlineOfTheGate_isRefusedThoughNobodyLookedYet() throws Exception {
        disk.host.environments.set(
                0,
                Given.environment(
                        "production", "any: alice", Duration.ofHours(1), List.of(Puppets.asking("function")), Optional.empty()));
        Gate gate = ask(1);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        disk.clock.advance(Duration.ofHours(1));
        assertThat(disk.keeper.answer(token(gate), PASS)).isFalse();
        assertThat(disk.stateOf(gate.id())).isEqualTo("TIMED_OUT");
    }

    @Test
    public void journalFull_itHasNotHappenedAndTheAddressStillWorks() throws Exception {
        DiskLimit.assumePossible();
        Gate gate = ask(1);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        DiskLimit.roomFor(0, file(), () -> {
            try {
                disk.keeper.answer(token(gate), PASS);
                throw new AssertionError("taken");
            } catch (Refusal full) {
                assertThat(full.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
            }
            assertThat(disk.keeper.conditions(gate).checks().get(0).verdict()).isEqualTo(CheckResult.Verdict.WAIT);
        });
        // Whatever else happens to the gate: the answer was not taken.
        disk.keeper.submit(gate.id(), Given.withdraw("alice"));
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        assertThat(disk.stateOf(gate.id())).isEqualTo("OPEN");
        assertThat(answer(token(gate), PASS)).isTrue();
        assertThat(disk.stateOf(gate.id())).isEqualTo("APPROVED");
    }

    @Test
    public void journalFullAfterTheAnswer_itHasHappenedAndTheGateOpensWhenThereIsRoom() throws Exception {
        DiskLimit.assumePossible();
        Gate dry = ask(100);
        disk.keeper.submit(dry.id(), Given.approve("alice"));
        Gate gate = ask(101);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        long before = Files.size(file());
        assertThat(disk.keeper.answer(token(dry), PASS)).isTrue();
        List<String> lines = disk.lines();
        int closing = lines.get(lines.size() - 1).length() + 1;
        // Room for what the answer wrote there, and not for the line that closed the gate.
        int room = (int) (Files.size(file()) - before) - closing / 2;
        DiskLimit.roomFor(room, file(), () -> {
            assertThat(disk.keeper.answer(token(gate), PASS)).isTrue();
            assertThat(disk.stateOf(gate.id())).isEqualTo("OPEN");
        });
        assertThat(disk.keeper.answer(token(gate), PASS)).isFalse();
        await().until(() -> {
            disk.passes(Duration.ofMinutes(1));
            return disk.stateOf(gate.id()).equals("APPROVED");
        });
    }

    private Path file() {
        return disk.journal().resolve("2026-03.jsonl");
    }

    @Test
    public void journalFull_noAddressIsGivenOutThatIsNotOnRecord() throws Exception {
        DiskLimit.assumePossible();
        disk.host.puppets.says("function", CheckResult.waiting("Not yet."));
        Gate gate = ask(1);
        disk.host.puppets.says("function", this::callMeBack);
        DiskLimit.roomFor(0, file(), () -> {
            disk.passes(Puppets.INTERVAL);
            await().untilAsserted(() -> assertThat(disk.keeper.conditions(gate).checks().get(0).reason())
                    .startsWith("No answer yet: ")
                    .contains("could not be written"));
            assertThat(addresses).isEmpty();
        });
    }

    @Test
    public void addressOfJenkinsUnknown_saysSo() throws Exception {
        disk.host.surroundings.rootUrl(null);
        Gate gate = disk.request("production", 1);
        await().untilAsserted(() -> assertThat(disk.keeper.conditions(gate).checks().get(0).reason())
                .isEqualTo("No answer yet: the address of this Jenkins is not configured, so nobody can call back."));
        assertThat(addresses).isEmpty();
    }

    /** The token is never missing while its gate is written to. */
    @Test
    public void whileOthersDecideOnTheGate_itIsAlwaysKnown() throws Exception {
        Gate gate = ask(1);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        tasks.add(() -> {
            for (int i = 0; i < 200; i++) {
                disk.keeper.submit(gate.id(), Given.approve("alice"));
                disk.keeper.submit(gate.id(), Given.withdraw("alice"));
            }
            return true;
        });
        tasks.add(() -> {
            boolean known = true;
            for (int i = 0; i < 200_000; i++) {
                known &= disk.keeper.expects(token(gate));
            }
            return known;
        });
        for (Future<Boolean> one : KeeperOnDisk.atOnce(tasks)) {
            assertThat(one.get()).isTrue();
        }
    }

    @Test
    public void restoredGate_itsAddressWorksAgain() throws Exception {
        Gate gate = ask(1);
        disk.keeper.close();
        Files.delete(file());
        disk.openAndStart();
        assertThat(disk.keeper.expects(token(gate))).isFalse();
        disk.keeper.restore(gate);
        assertThat(answer(token(gate), PASS)).isTrue();
    }
}
