package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.Test;

/**
 * What checks that ask others do to a gate from the request to its end, whatever they, the clock, the disk and the power
 * do.
 */
public class AskingLifeTest extends CheckLife {

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
                throw CheckLife.<RuntimeException>sneaky(one.get());
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
}
