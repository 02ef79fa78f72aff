package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Rule;
import org.junit.Test;

/** Time that passes, with the controller up or down, and what a start finds. */
public class RestartTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol,dave"),
            Given.environment("one", "any: alice, bob"),
            Given.environment("two", "sequential: @team, alice"));

    @Test
    public void timeout_closesAtTheDeadlineNotBefore() throws Exception {
        disk.keeper.start();
        Gate gate = disk.request("one", 1);
        disk.clock.set(gate.requested().deadline().minusMillis(1));
        disk.keeper.clockMoved();
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        Gate late = disk.request("one", 2);
        disk.clock.set(late.requested().deadline().minusMillis(1));
        disk.keeper.clockMoved();
        assertThat(disk.gate(late.id()).isOpen()).isTrue();
        disk.clock.set(late.requested().deadline());
        disk.keeper.clockMoved();
        disk.awaitOutcome(late.id(), Outcome.TIMED_OUT);
        assertThat(disk.gate(late.id()).closed().orElseThrow().at()).isEqualTo(late.requested().deadline());
    }

    @Test
    public void timeout_whileDownClosesAtTheStart() throws Exception {
        Gate gate = disk.request("one", 1);
        Gate other = disk.request("two", 2);
        disk.keeper.close();
        disk.clock.set(gate.requested().deadline().plusSeconds(86_400));
        disk.host.news.clear();
        disk.open();
        assertThat(disk.keeper.open()).hasSize(2);
        disk.keeper.start();
        disk.awaitOutcome(gate.id(), Outcome.TIMED_OUT);
        disk.awaitOutcome(other.id(), Outcome.TIMED_OUT);
        await().until(() -> disk.host.news.size() == 2);
    }

    @Test
    public void timeout_afterARestartThatCameInTime() throws Exception {
        Gate gate = disk.request("one", 1);
        disk.clock.set(gate.requested().deadline().minusMillis(1));
        disk.restart();
        assertThat(disk.gate(gate.id()).isOpen()).isTrue();
        disk.clock.set(gate.requested().deadline());
        disk.keeper.clockMoved();
        disk.awaitOutcome(gate.id(), Outcome.TIMED_OUT);
    }

    @Test
    public void timeout_whoComesBeforeTheTimerIsToldAndItIsRecorded() throws Exception {
        Gate gate = disk.request("one", 1);
        disk.clock.set(gate.requested().deadline());
        assertThat(disk.refuses(gate.id(), Given.approve("alice"), Refusal.Kind.CLOSED).outcome()).contains(Outcome.TIMED_OUT);
        assertThat(disk.gate(gate.id()).closed().orElseThrow().outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(disk.keeper.journal().linesOf(gate.id())).hasSize(2);
    }

    @Test
    public void timeout_comesThoughTheClockWasSetBackWhenTheTimerRang() throws Exception {
        Gate gate = disk.request("one", 1);
        disk.keeper.close();
        Instant deadline = gate.requested().deadline();
        TimerAhead clock = new TimerAhead(deadline);
        try (GateKeeper keeper = GateKeeper.open(disk.journal().getParent(), disk.host, clock)) {
            keeper.start();
            await().until(() -> clock.askedByWorkers.get() > 4);
            assertThat(keeper.find(gate.id()).orElseThrow().isOpen()).isTrue();
            clock.ahead = false;
            disk.clock.set(deadline);
            keeper.clockMoved();
            await().until(() -> !keeper.find(gate.id()).orElseThrow().isOpen());
        }
        disk.open();
    }

    /** Rings for the timers, and shows everybody else a time before it. */
    private final class TimerAhead extends Clock {
        private final Instant ringing;
        private final AtomicInteger askedByWorkers = new AtomicInteger();
        private volatile boolean ahead = true;

        TimerAhead(Instant ringing) {
            this.ringing = ringing;
        }

        @Override
        public Instant instant() {
            String thread = Thread.currentThread().getName();
            if (thread.startsWith("approval-gate worker")) {
                askedByWorkers.incrementAndGet();
            }
            return ahead && thread.equals("approval-gate timers") ? ringing : disk.clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return disk.clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    public void crash_gateCanBeDecidedAtOnceAndAskedForAgain() throws Exception {
        Gate gate = disk.request("two", 1);
        disk.keeper.submit(gate.id(), Given.approve("carol"));
        Map<String, String> before = disk.state();
        disk.crash();
        disk.open();
        assertThat(disk.state()).isEqualTo(before);
        assertThat(disk.request("two", 1).id()).isEqualTo(gate.id());
        assertThat(disk.keeper.submit(gate.id(), Given.approve("alice")).closed().orElseThrow().outcome())
                .isEqualTo(Outcome.APPROVED);
    }

    @Test
    public void crash_approvalsCompleteButClosingLineLost_isApprovedAtTheStart() throws Exception {
        cutShort(Given.approve("alice"));
        String id = disk.keeper.open().iterator().next().id();
        disk.clock.set(disk.gate(id).requested().deadline().plusSeconds(1));
        disk.keeper.start();
        disk.awaitOutcome(id, Outcome.APPROVED);
    }

    @Test
    public void crash_rejectedButClosingLineLost_isRejectedAtTheStart() throws Exception {
        cutShort(Given.reject("alice"));
        String id = disk.keeper.open().iterator().next().id();
        disk.keeper.start();
        disk.awaitOutcome(id, Outcome.REJECTED);
    }

    @Test
    public void crash_rejectedButClosingLineLost_cannotBeApprovedBeforeTheStartEither() throws Exception {
        cutShort(Given.reject("alice"));
        String id = disk.keeper.open().iterator().next().id();
        assertThat(disk.refuses(id, Given.approve("bob"), Refusal.Kind.CLOSED).outcome()).contains(Outcome.REJECTED);
    }

    /** A gate whose last command has its first line on disk and not its second. */
    private void cutShort(Command.ByPerson last) throws Exception {
        Gate gate = disk.request("one", 1);
        disk.keeper.submit(gate.id(), last);
        disk.crash();
        List<String> lines = disk.lines();
        assertThat(lines).hasSize(3);
        disk.writeLines(lines.subList(0, 2));
        disk.open();
        assertThat(disk.keeper.open()).hasSize(1);
    }

    @Test
    public void restart_manyGates_areAsTheyWere() throws Exception {
        manyGates();
        Map<String, String> before = disk.state();
        disk.restart();
        assertThat(disk.state()).isEqualTo(before);
        disk.crash();
        disk.open();
        assertThat(disk.state()).isEqualTo(before);
        assertThat(disk.keeper.journal().damages()).isEmpty();
    }

    private void manyGates() throws Exception {
        for (int build = 0; build < 40; build++) {
            Gate gate = disk.request(build % 2 == 0 ? "one" : "two", build);
            switch (build % 5) {
                case 0 -> disk.keeper.submit(gate.id(), Given.approve(build % 2 == 0 ? "alice" : "carol"));
                case 1 -> disk.keeper.submit(gate.id(), Given.reject(build % 2 == 0 ? "bob" : "dave"));
                case 2 -> disk.keeper.cancel(gate.id(), Given.cancel());
                default -> disk.clock.set(disk.clock.instant().plusSeconds(1));
            }
        }
        assertThat(disk.keeper.open()).hasSizeGreaterThan(15);
        assertThat(disk.keeper.ended()).hasSizeGreaterThan(15);
    }

    @Test
    public void restore_gateThatTheJournalLost() throws Exception {
        Gate lost = disk.request("two", 1);
        lost = disk.keeper.submit(lost.id(), Given.approve("carol"));
        disk.keeper.close();
        Files.delete(disk.journal().resolve("2026-03.jsonl"));
        disk.open();
        assertThat(disk.keeper.find(lost.id())).isEmpty();
        Gate restored = disk.keeper.restore(lost);
        assertThat(restored.approvals()).isEqualTo(lost.approvals());
        assertThat(disk.lines()).hasSize(1);
        assertThat(disk.lines().get(0)).contains("\"type\":\"restored\"");
        assertThat(disk.keeper.restore(lost).history()).isEqualTo(restored.history());
        assertThat(disk.lines()).hasSize(1);
        disk.restart();
        assertThat(disk.gate(lost.id()).history()).isEqualTo(restored.history());
        assertThat(disk.request("two", 1).id()).isEqualTo(lost.id());
        assertThat(disk.keeper.submit(lost.id(), Given.approve("alice")).closed().map(GateEvent.Closed::outcome))
                .contains(Outcome.APPROVED);
    }

    @Test
    public void restore_endedGateStaysEnded() throws Exception {
        Gate gate = disk.request("one", 1);
        Gate ended = disk.keeper.submit(gate.id(), Given.reject("alice"));
        disk.keeper.close();
        Files.delete(disk.journal().resolve("2026-03.jsonl"));
        disk.open();
        disk.keeper.restore(ended);
        disk.restart();
        assertThat(disk.refuses(gate.id(), Given.approve("bob"), Refusal.Kind.CLOSED).outcome()).contains(Outcome.REJECTED);
    }

    @Test
    public void restore_knownGateIsLeftAlone() throws Exception {
        Gate old = disk.request("two", 1);
        Gate known = disk.keeper.submit(old.id(), Given.approve("carol"));
        assertThat(disk.keeper.restore(old).history()).isEqualTo(known.history());
        assertThat(disk.lines()).hasSize(2);
    }

    @Test
    public void restore_gateOfWhichOnlyTheBeginningIsSpoilt() throws Exception {
        for (String spoiling : List.of("garbage", "\"order\":\"any\"")) {
            Gate lost = disk.request("two", spoiling.length());
            lost = disk.keeper.submit(lost.id(), Given.approve("carol"));
            disk.crash();
            List<String> lines = new ArrayList<>(disk.lines());
            int place = lines.size() - 2;
            lines.set(place, spoiling.equals("garbage") ? spoiling : lines.get(place).replace("\"order\":\"sequential\"", spoiling));
            disk.writeLines(lines);
            disk.open();
            assertThat(disk.keeper.journal().damages()).isNotEmpty();
            assertThat(disk.keeper.find(lost.id())).isEmpty();
            disk.keeper.restore(lost);
            disk.restart();
            assertThat(disk.keeper.submit(lost.id(), Given.approve("alice")).isOpen()).isFalse();
            disk.keeper.close();
            disk.open();
            assertThat(disk.refuses(lost.id(), Given.approve("alice"), Refusal.Kind.CLOSED).outcome()).contains(Outcome.APPROVED);
            disk.crash();
            Files.delete(disk.journal().resolve("2026-03-2.jsonl"));
            Files.delete(disk.journal().resolve("2026-03.jsonl"));
            disk.open();
        }
    }

    @Test
    public void restore_gateWhoseLinesHoldButFollowATamperedOne() throws Exception {
        disk.request("one", 1);
        Gate second = disk.request("one", 2);
        disk.crash();
        disk.writeLines(disk.lines().subList(1, 2));
        disk.open();
        assertThat(disk.keeper.journal().damages()).hasSize(1);
        assertThat(disk.keeper.open()).isEmpty();
        assertThat(disk.keeper.restore(second).history()).isEqualTo(second.history());
        assertThat(disk.keeper.open()).hasSize(1);
        disk.keeper.submit(second.id(), Given.approve("alice"));
    }
}
