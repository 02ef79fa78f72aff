package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.CheckPool;
import io.jenkins.plugins.approvalgate.engine.check.CheckType;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What checks do to a gate from the request to its end, whatever they, the clock, the disk and the power do. */
public class CheckLifeTest {

    private static final Instant NINE = Given.START.plus(Duration.ofDays(1));
    private static final CheckResult PASS = CheckResult.pass("Fine.");
    private static final CheckResult FAIL = CheckResult.fail("Not fine.");

    @Rule
    public final QuietLog checks = new QuietLog(Checks.class);

    @Rule
    public final QuietLog pool = new QuietLog(CheckPool.class);

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(Town.of(""));

    private final Puppets puppets = disk.host.puppets;
    /** Lets whoever hangs go at the end. */
    private final CountDownLatch over = new CountDownLatch(1);
    private int builds;

    @Before
    public void begin() {
        disk.keeper.start();
    }

    @After
    public void end() {
        over.countDown();
    }

    private String ask(CheckSpec... specs) throws Exception {
        return ask(Given.TIMEOUT, specs);
    }

    private String ask(Duration timeout, CheckSpec... specs) throws Exception {
        String name = "environment-" + ++builds;
        disk.host.environments.add(
                Given.environment(name, "any: alice, bob", timeout, List.of(specs), Optional.empty()));
        return disk.request(name, builds).id();
    }

    private void approve(String id) throws Refusal {
        disk.keeper.submit(id, Given.approve("alice"));
    }

    private CheckResult says(String id) throws Refusal {
        return disk.keeper.conditions(disk.gate(id)).checks().get(0);
    }

    private void awaitReason(String id, String reason) {
        await().untilAsserted(() -> assertThat(says(id).reason()).isEqualTo(reason));
    }

    private List<String> recorded(String id) throws Refusal {
        return disk.gate(id).history().stream()
                .filter(line -> line.event() instanceof GateEvent.CheckEvaluated)
                .map(line -> ((GateEvent.CheckEvaluated) line.event()).result())
                .map(result -> result.verdict() + " " + result.reason())
                .toList();
    }

    private static Puppets.Voice from(Instant opening) {
        return (subject, now, callbacks) -> now.isBefore(opening)
                ? CheckResult.waiting("Opens at nine.").until(opening)
                : PASS;
    }

    /** Does not come back before the end of the test, however often it is interrupted. */
    private CheckResult hang() {
        while (true) {
            try {
                over.await();
                return PASS;
            } catch (InterruptedException ignored) {
                // that is the point
            }
        }
    }

    @Test
    public void fixed_failureClosesInTheSameWriteAsTheRequest() throws Exception {
        puppets.says("branch", CheckResult.fail("Branch feature/x is not allowed here."));
        String id = ask(Puppets.asking("never"), Puppets.fixed("branch"));
        assertThat(disk.types(id)).containsExactly("requested", "checkEvaluated", "closed");
        GateEvent.Closed closed = disk.gate(id).closed().orElseThrow();
        assertThat(closed.outcome().name() + ": " + closed.reason())
                .isEqualTo("CHECK_FAILED: Branch feature/x is not allowed here.");
        await().until(() -> disk.host.news.size() == 1);
        assertThat(disk.host.news.get(0).events()).hasSize(3);
        assertThat(puppets.asked("never")).isZero();
    }

    @Test
    public void fixed_isAskedOnceForAGateAndNotAgainAfterARestart() throws Exception {
        String id = ask(Puppets.fixed("branch"));
        disk.restart();
        int before = puppets.asked("branch");
        puppets.says("branch", FAIL);
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("APPROVED");
        assertThat(puppets.asked("branch")).isEqualTo(before);
    }

    @Test
    public void timed_approvedBeforeOpensWhenTheClockPasses() throws Exception {
        puppets.says("hours", from(NINE));
        String id = ask(Puppets.timed("hours"));
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        disk.clock.set(NINE.minusMillis(1));
        disk.keeper.clockMoved();
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        disk.clock.set(NINE);
        disk.keeper.clockMoved();
        disk.awaitState(id, "APPROVED");
        assertThat(disk.gate(id).closed().orElseThrow().at()).isEqualTo(NINE);
        assertThat(recorded(id)).containsExactly("WAIT Opens at nine.", "PASS Fine.");
    }

    @Test
    public void timed_opensAfterARestartBeforeOrAfterTheHour() throws Exception {
        puppets.says("hours", from(NINE));
        String before = ask(Puppets.timed("hours"));
        approve(before);
        disk.restart();
        disk.clock.set(NINE);
        disk.keeper.clockMoved();
        disk.awaitState(before, "APPROVED");
        puppets.says("hours", from(NINE.plusSeconds(60)));
        String after = ask(Puppets.timed("hours"));
        approve(after);
        disk.crash();
        disk.clock.set(NINE.plusSeconds(60));
        disk.openAndStart();
        disk.awaitState(after, "APPROVED");
    }

    @Test
    public void timed_clockSetBackHoldsAgainAndOpensInTheEnd() throws Exception {
        puppets.says("hours", from(NINE));
        String id = ask(Puppets.timed("hours"));
        disk.clock.set(NINE);
        disk.keeper.clockMoved();
        await().untilAsserted(() -> assertThat(recorded(id)).endsWith("PASS Fine."));
        disk.clock.set(NINE.minusSeconds(3_600));
        disk.keeper.clockMoved();
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        disk.clock.set(NINE);
        disk.keeper.clockMoved();
        disk.awaitState(id, "APPROVED");
    }

    @Test
    public void timed_barsApprovalsNotRejections() throws Exception {
        puppets.says("hours", CheckResult.waiting("Approvals are taken from nine.").barringApprovals());
        String id = ask(Puppets.timed("hours"));
        assertThat(disk.refuses(id, Given.approve("alice"), Refusal.Kind.NOT_YOURS)).hasMessage("Approvals are taken from nine.");
        assertThat(disk.gate(id).approvals()).isEmpty();
        disk.keeper.submit(id, Given.reject("bob"));
        assertThat(disk.stateOf(id)).isEqualTo("REJECTED");
    }

    @Test
    public void timed_whoApprovedBeforeItBarredCanWithdraw() throws Exception {
        String id = ask(Puppets.asking("slow"), Puppets.timed("hours"));
        puppets.says("slow", CheckResult.waiting("Later."));
        puppets.says("hours", CheckResult.waiting("Closed.").barringApprovals());
        String other = ask(Puppets.timed("free"), Puppets.timed("later"));
        puppets.says("later", CheckResult.waiting("Not yet."));
        disk.keeper.submit(other, Given.approve("alice"));
        puppets.says("later", CheckResult.waiting("Not yet.").barringApprovals());
        disk.keeper.submit(other, Given.withdraw("alice"));
        assertThat(disk.gate(other).approvals()).isEmpty();
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
    }

    @Test
    public void timed_thatOpensOnlyAfterTheDeadline_timesOutThoughApprovedInTime() throws Exception {
        puppets.says("hours", from(Given.START.plus(Duration.ofHours(3))));
        String up = ask(Duration.ofHours(2), Puppets.timed("hours"));
        approve(up);
        String down = ask(Duration.ofHours(2), Puppets.timed("hours"));
        approve(down);
        disk.passes(Duration.ofHours(2));
        disk.awaitState(up, "TIMED_OUT");
        assertThat(disk.gate(up).closed().orElseThrow().reason())
                .isEqualTo("Timed out: nobody opened it within 2h. Opens at nine.");
        disk.clock.set(Given.START);
        String third = ask(Duration.ofHours(2), Puppets.timed("hours"));
        approve(third);
        disk.crash();
        disk.clock.set(Given.START.plus(Duration.ofHours(5)));
        disk.openAndStart();
        disk.awaitState(down, "TIMED_OUT");
        disk.awaitState(third, "TIMED_OUT");
    }

    @Test
    public void fail_closesThoughApprovalsAreComplete() throws Exception {
        puppets.says("service", CheckResult.waiting("Still scanning."));
        String id = ask(Puppets.asking("service"));
        approve(id);
        awaitReason(id, "Still scanning.");
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        puppets.says("service", FAIL);
        disk.passes(Puppets.INTERVAL);
        disk.awaitState(id, "CHECK_FAILED");
        assertThat(disk.gate(id).closed().orElseThrow().reason()).isEqualTo("Not fine.");
    }

    @Test
    public void fail_whoseClosingLineWasLost_closesAtTheStart() throws Exception {
        puppets.says("service", FAIL);
        String id = ask(Puppets.asking("service"));
        disk.awaitState(id, "CHECK_FAILED");
        disk.crash();
        disk.writeLines(disk.lines().subList(0, 2));
        puppets.says("service", PASS);
        disk.openAndStart();
        disk.awaitState(id, "CHECK_FAILED");
    }

    @Test
    public void approve_byACheckOpensWithoutAnybodyAsSoonAsTheOthersPass() throws Exception {
        puppets.says("robot", CheckResult.approve("Only documents changed."));
        puppets.says("hours", from(NINE));
        String id = ask(Puppets.asking("robot"), Puppets.timed("hours"));
        awaitReason(id, "Only documents changed.");
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        disk.clock.set(NINE);
        disk.keeper.clockMoved();
        disk.awaitState(id, "AUTO_APPROVED");
        GateEvent.Closed closed = disk.gate(id).closed().orElseThrow();
        assertThat(closed.reason()).isEqualTo("Only documents changed.");
        assertThat(closed.actor()).isEmpty();
    }

    @Test
    public void asking_passThatExpiredDoesNotOpen() throws Exception {
        Instant expiry = Given.START.plus(Duration.ofMinutes(10));
        puppets.says("service", PASS.until(expiry));
        String id = ask(Puppets.asking("service"));
        awaitReason(id, "Fine.");
        puppets.says("service", (subject, now, callbacks) -> hang());
        // The clock alone, and nobody has looked at it yet.
        disk.clock.set(expiry);
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        assertThat(says(id).reason()).isEqualTo("It is being asked again.");
        disk.keeper.clockMoved();
        await().until(() -> puppets.asked("service") == 2);
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        over.countDown();
        disk.awaitState(id, "APPROVED");
        assertThat(recorded(id)).containsExactly("PASS Fine.", "WAIT It is being asked again.", "PASS Fine.");
    }

    @Test
    public void asking_passJustBeforeItExpiresOpens() throws Exception {
        Instant expiry = Given.START.plus(Duration.ofMinutes(10));
        puppets.says("service", PASS.until(expiry));
        String id = ask(Puppets.asking("service"));
        awaitReason(id, "Fine.");
        disk.clock.set(expiry.minusMillis(1));
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("APPROVED");
    }

    @Test
    public void asking_withoutAnAnswerIsRepeatedLaterAndLaterByTheEnginesClock() throws Exception {
        List<Instant> asked = new CopyOnWriteArrayList<>();
        puppets.says("service", (subject, now, callbacks) -> {
            asked.add(now);
            throw new IOException("connection refused");
        });
        String id = ask(Puppets.asking("service"));
        Instant due = Given.START;
        List<Instant> expected = new CopyOnWriteArrayList<>(List.of(due));
        for (int pause : List.of(10, 20, 40, 80, 160, 300, 300, 300)) {
            awaitAsked(asked, expected, id);
            due = due.plusSeconds(pause);
            disk.clock.set(due.minusMillis(1));
            disk.keeper.clockMoved();
            disk.clock.set(due);
            disk.keeper.clockMoved();
            expected.add(due);
        }
        awaitAsked(asked, expected, id);
        assertThat(recorded(id)).containsExactly("WAIT No answer yet: connection refused.");
        puppets.says("service", PASS);
        disk.passes(Duration.ofSeconds(300));
        awaitReason(id, "Fine.");
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("APPROVED");
    }

    /** The next turn is planned when the answer is in: wait for that before the clock goes on. */
    private void awaitAsked(List<Instant> asked, List<Instant> expected, String id) {
        await().untilAsserted(() -> assertThat(asked).isEqualTo(expected));
        await().until(() -> disk.keeper
                .answeredAt(disk.gate(id), 0)
                .equals(Optional.of(expected.get(expected.size() - 1))));
    }

    @Test
    public void asking_whoSaysWaitIsAskedAgainAfterTheIntervalOrWhenItSays() throws Exception {
        puppets.says("service", CheckResult.waiting("Scanning."));
        String id = ask(Puppets.asking("service"));
        awaitReason(id, "Scanning.");
        puppets.says("service", CheckResult.waiting("Nearly.").until(Given.START.plus(Duration.ofHours(1))));
        disk.passes(Puppets.INTERVAL);
        awaitReason(id, "Nearly.");
        puppets.says("service", PASS);
        disk.passes(Duration.ofMinutes(54));
        assertThat(puppets.asked("service")).isEqualTo(2);
        disk.passes(Duration.ofMinutes(1));
        awaitReason(id, "Fine.");
        disk.passes(Duration.ofDays(1));
        assertThat(puppets.asked("service")).isEqualTo(3);
    }

    @Test
    public void asking_hangingDelaysNoOtherGateEvenIfItIgnoresItsInterrupt() throws Exception {
        puppets.limit(Duration.ofMillis(200));
        puppets.says("quick", PASS);
        // As many as there are threads: others have to be found.
        for (int check = 0; check < 4; check++) {
            puppets.says("hanging-" + check, (subject, now, callbacks) -> hang());
            for (int gate = 0; gate < 5; gate++) {
                ask(Puppets.asking("hanging-" + check));
            }
        }
        await().until(() -> puppets.asked("hanging-0") + puppets.asked("hanging-1") + puppets.asked("hanging-2")
                        + puppets.asked("hanging-3")
                >= 16);
        String id = ask(Puppets.asking("quick"));
        approve(id);
        disk.awaitState(id, "APPROVED");
        String hanging = disk.keeper.open().iterator().next().id();
        assertThat(disk.refuses(hanging, Given.approve("mallory"), Refusal.Kind.NOT_YOURS)).isNotNull();
        disk.keeper.submit(hanging, Given.reject("alice"));
        assertThat(disk.stateOf(hanging)).isEqualTo("REJECTED");
    }

    @Test
    public void asking_overItsTimeSaysSo() throws Exception {
        puppets.limit(Duration.ofSeconds(1));
        puppets.says("slow", (subject, now, callbacks) -> {
            over.await();
            return PASS;
        });
        String id = ask(Puppets.asking("slow"));
        awaitReason(id, "No answer yet: there was no answer within 1 seconds.");
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
    }

    @Test
    public void asking_whateverItThrowsTheGateWaitsAndItIsAskedAgain() throws Exception {
        List<Supplier<? extends Throwable>> all = List.of(
                () -> new IOException("no route to host"),
                EOFException::new,
                IllegalStateException::new,
                () -> new NoClassDefFoundError("com/example/Client"),
                StackOverflowError::new);
        for (Supplier<? extends Throwable> one : all) {
            int builtBefore = builds;
            puppets.says("service-" + builtBefore, (subject, now, callbacks) -> {
                throw CheckLifeTest.<RuntimeException>sneaky(one.get());
            });
            recovers("service-" + builtBefore);
        }
        puppets.says("null", (subject, now, callbacks) -> null);
        recovers("null");
    }

    private void recovers(String name) throws Exception {
        String id = ask(Puppets.asking(name));
        await().untilAsserted(() -> assertThat(says(id).reason()).as(name).startsWith("No answer yet: ").doesNotContain("null"));
        puppets.says(name, PASS);
        disk.passes(Duration.ofSeconds(10));
        awaitReason(id, "Fine.");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    public void fixedOrTimed_thatThrowsWaitsAndTheGateCanBeRejected() throws Exception {
        for (Supplier<Throwable> one : List.<Supplier<Throwable>>of(IllegalStateException::new, () -> new NoClassDefFoundError("x"))) {
            for (CheckSpec spec : List.of(Puppets.fixed("bug"), Puppets.timed("bug"))) {
                puppets.says("bug", (subject, now, callbacks) -> {
                    throw CheckLifeTest.<RuntimeException>sneaky(one.get());
                });
                String id = ask(spec);
                assertThat(says(id).reason()).isEqualTo("The check itself failed; the log of the controller says how.");
                approve(id);
                assertThat(disk.stateOf(id)).isEqualTo("OPEN");
                puppets.says("bug", PASS);
                disk.keeper.submit(ask(spec), Given.reject("alice"));
                disk.restart();
                disk.awaitState(id, "APPROVED");
            }
        }
    }

    @Test
    public void recorded_onlyWhenItSaysSomethingElse() throws Exception {
        puppets.says("alerts", (subject, now, callbacks) ->
                PASS.detailed("at " + now).until(now.plus(Duration.ofMinutes(20))));
        String id = ask(Puppets.watching("alerts"));
        for (int times = 1; times <= 5; times++) {
            int expected = times;
            await().until(() -> puppets.asked("alerts") == expected);
            awaitAnswered(id);
            disk.passes(Puppets.INTERVAL);
        }
        await().until(() -> puppets.asked("alerts") == 6);
        assertThat(recorded(id)).containsExactly("PASS Fine.");
        awaitAnswered(id);
        puppets.says("alerts", CheckResult.waiting("An alert is firing."));
        disk.passes(Puppets.INTERVAL);
        awaitReason(id, "An alert is firing.");
        await().untilAsserted(() -> assertThat(recorded(id)).containsExactly("PASS Fine.", "WAIT An alert is firing."));
    }

    private void awaitAnswered(String id) {
        await().until(() -> disk.keeper.answeredAt(disk.gate(id), 0).equals(Optional.of(disk.clock.instant())));
    }

    @Test
    public void watching_afterARestartIsNotTrustedBeforeItIsAskedAgain() throws Exception {
        String id = ask(Puppets.watching("alerts"));
        awaitReason(id, "Nothing against it.");
        await().until(() -> !recorded(id).isEmpty());
        disk.keeper.close();
        puppets.says("alerts", (subject, now, callbacks) -> hang());
        disk.openAndStart();
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        assertThat(says(id).reason()).isEqualTo("It is being asked again.");
        over.countDown();
        disk.awaitState(id, "APPROVED");
    }

    @Test
    public void asking_afterARestartWhatPassedHoldsAndNobodyIsAsked() throws Exception {
        String id = ask(Puppets.asking("service"));
        await().until(() -> !recorded(id).isEmpty());
        disk.crash();
        puppets.says("service", FAIL);
        disk.openAndStart();
        disk.passes(Puppets.INTERVAL);
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("APPROVED");
        assertThat(puppets.asked("service")).isEqualTo(1);
    }

    @Test
    public void asking_neverAnsweredBeforeTheRestartIsAskedAtTheStart() throws Exception {
        puppets.says("service", (subject, now, callbacks) -> hang());
        String id = ask(Puppets.asking("service"));
        await().until(() -> puppets.asked("service") == 1);
        disk.crash();
        puppets.says("service", PASS);
        disk.openAndStart();
        awaitReason(id, "Fine.");
    }

    @Test
    public void unusableKind_waitsAndGoesOnWhenItsPluginIsBack() throws Exception {
        List<CheckType> types = List.copyOf(disk.host.checkTypes);
        for (CheckSpec spec : List.of(Puppets.fixed("a"), Puppets.timed("b"), Puppets.asking("c"), Puppets.watching("d"))) {
            String id = ask(spec);
            awaitReason(id, "Nothing against it.");
            disk.keeper.close();
            disk.host.checkTypes.clear();
            disk.openAndStart();
            assertThat(says(id).reason()).startsWith("The check " + spec.kind() + " cannot be evaluated");
            approve(id);
            assertThat(disk.stateOf(id)).as(spec.kind()).isEqualTo("OPEN");
            disk.keeper.close();
            disk.host.checkTypes.addAll(types);
            disk.openAndStart();
            disk.awaitState(id, "APPROVED");
        }
    }

    @Test
    public void unusableKind_whoseTypeThrowsAnythingKeepsNobodyElseFromWorking() throws Exception {
        for (Supplier<Throwable> one : List.<Supplier<Throwable>>of(
                NullPointerException::new, () -> new NoClassDefFoundError("x"), () -> new IllegalArgumentException("no"))) {
            disk.host.checkTypes.add(new CheckType() {
                @Override
                public String kind() {
                    return "broken" + builds;
                }

                @Override
                public Check create(Options options) {
                    throw CheckLifeTest.<RuntimeException>sneaky(one.get());
                }
            });
            String id = ask(new CheckSpec("broken" + builds, Map.of()));
            approve(id);
            assertThat(disk.stateOf(id)).isEqualTo("OPEN");
            disk.restart();
            String other = ask();
            approve(other);
            assertThat(disk.stateOf(other)).isEqualTo("APPROVED");
            disk.keeper.submit(id, Given.reject("bob"));
            disk.host.checkTypes.remove(disk.host.checkTypes.size() - 1);
        }
    }

    /** What others send a check can hold half a character, which no journal takes. */
    @Test
    public void saysHalfACharacter_isRecordedWithoutIt() throws Exception {
        puppets.says("service", CheckResult.waiting("State: \ud83d.").detailed("\udc00"));
        String id = ask(Puppets.asking("service"));
        await().untilAsserted(() -> assertThat(recorded(id)).containsExactly("WAIT State: \ufffd."));
        disk.keeper.submit(id, Given.reject("alice"));
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void untilTheEndOfTime_doesNotStopTheTimers() throws Exception {
        puppets.says("service", CheckResult.waiting("Never.").until(Instant.MAX));
        String id = ask(Duration.ofHours(1), Puppets.asking("service"));
        awaitReason(id, "Never.");
        disk.passes(Duration.ofHours(1));
        disk.awaitState(id, "TIMED_OUT");
        disk.passes(Duration.ofHours(1));
        String next = ask(Duration.ofHours(1));
        disk.passes(Duration.ofHours(1));
        disk.awaitState(next, "TIMED_OUT");
    }

    /** A time that has passed, of a check that does not come back, must not hide the next time of another. */
    @Test
    public void timed_opensThoughAnotherCheckHangsThatWasDueBefore() throws Exception {
        Instant due = Given.START.plus(Duration.ofMinutes(10));
        puppets.says("service", PASS.until(due));
        puppets.says("slow", CheckResult.waiting("Ask me later.").until(due));
        puppets.says("hours", from(NINE));
        String id = ask(Puppets.asking("slow"), Puppets.timed("hours"));
        awaitReason(id, "Ask me later.");
        puppets.says("slow", (subject, now, callbacks) -> hang());
        disk.clock.set(due);
        disk.keeper.clockMoved();
        await().until(() -> puppets.asked("slow") == 2);
        disk.keeper.submit(id, Given.approve("alice"));
        disk.clock.set(NINE);
        disk.keeper.clockMoved();
        await().untilAsserted(() -> assertThat(recorded(id)).endsWith("PASS Fine."));
    }

    @Test
    public void diskFull_whenTheAnswerComes_itCountsWhenThereIsRoom() throws Exception {
        DiskLimit.assumePossible();
        puppets.says("service", CheckResult.waiting("Scanning."));
        String id = ask(Puppets.asking("service"));
        approve(id);
        awaitReason(id, "Scanning.");
        await().until(() -> recorded(id).size() == 1);
        puppets.says("service", PASS);
        DiskLimit.roomFor(0, disk.journal().resolve("2026-03.jsonl"), () -> {
            disk.passes(Puppets.INTERVAL);
            awaitReason(id, "Fine.");
            assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        });
        await().until(() -> {
            disk.passes(Duration.ofMinutes(1));
            return disk.stateOf(id).equals("APPROVED");
        });
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void gate_keepsTheChecksItWasAskedWith() throws Exception {
        puppets.says("old", CheckResult.waiting("The old one."));
        String id = ask(Puppets.timed("old"));
        Gate gate = disk.gate(id);
        disk.host.environments.set(
                0, Given.environment(gate.request().environment(), "any: alice", List.of(), Optional.empty()));
        approve(id);
        assertThat(disk.stateOf(id)).isEqualTo("OPEN");
        puppets.says("old", PASS);
        disk.restart();
        disk.awaitState(id, "APPROVED");
    }

    @Test
    public void check_addedByOthersCannotTakeThePlaceOfOurs() throws Exception {
        disk.host.checkTypes.add(new CheckType() {
            @Override
            public String kind() {
                return "branchControl";
            }

            @Override
            public Check create(Options options) {
                throw new AssertionError("asked for");
            }
        });
        String id = ask(new CheckSpec("branchControl", Map.of("allowed", "release/*")));
        assertThat(disk.stateOf(id)).isEqualTo("CHECK_FAILED");
    }
}
