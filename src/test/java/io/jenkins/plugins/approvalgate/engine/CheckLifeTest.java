package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.CheckType;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.Test;

/**
 * What checks of the request and of the time do to a gate, whatever they, the clock and the power do. Those that ask:
 * {@link AskingLifeTest}.
 */
public class CheckLifeTest extends CheckLife {

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
    public void fixedOrTimed_thatThrowsWaitsAndTheGateCanBeRejected() throws Exception {
        for (Supplier<Throwable> one : List.<Supplier<Throwable>>of(IllegalStateException::new, () -> new NoClassDefFoundError("x"))) {
            for (CheckSpec spec : List.of(Puppets.fixed("bug"), Puppets.timed("bug"))) {
                puppets.says("bug", (subject, now, callbacks) -> {
                    throw CheckLife.<RuntimeException>sneaky(one.get());
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
                    throw CheckLife.<RuntimeException>sneaky(one.get());
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
