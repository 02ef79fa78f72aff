package io.jenkins.plugins.approvalgate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Town;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** To defer, to reassign, to bypass: what each means, and what is said to those who may not. */
public class HandOverTest {

    private final Town town = Town.of("team=carol,dave sec=erin,frank");

    private Play play(String policy) {
        return new Play(policy, town);
    }

    private static Command.Defer deferred(Play play, String who, int hours) {
        return Given.defer(who, play.now.plus(Duration.ofHours(hours)));
    }

    private Decision reassign(Play play, Command.Reassign command) {
        Substitute to = new Substitute(
                play.standing(command.to()),
                !command.to().startsWith("nobody"),
                !command.to().startsWith("outsider"),
                Feasibility.whyNever(play.gate, command, List.of(), town));
        return play.take(GateRules.reassign(play.gate, command, play.standing(command.actor()), to, play.now));
    }

    private void refuses(Play play, Command.Reassign command, String message) {
        Decision decision = reassign(play, command);
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        assertThat(((Decision.Refused) decision).message()).isEqualTo(message);
    }

    @Test
    public void defer_opensAtItsTimeAndNotBefore() {
        Play play = play("any: alice").accepts(deferred(play("any: alice"), "alice", 8));
        assertThat(play.state()).isEqualTo("OPEN 1/1");
        assertThat(play.gate.tally(play.now).complete()).isFalse();
        play.after(Duration.ofHours(8).minusMillis(1)).settle();
        assertThat(play.state()).isEqualTo("OPEN 1/1");
        play.after(Duration.ofMillis(1)).settle();
        assertThat(play.state()).isEqualTo("APPROVED");
        assertThat(play.gate.closed().get().reason()).isEqualTo("Approved by alice.");
    }

    @Test
    public void defer_anotherWhoMayApproveOpensItEarlier() {
        Play play = play("any: alice, bob");
        play.accepts(deferred(play, "alice", 8)).accepts(Given.approve("bob"));
        assertThat(play.state()).isEqualTo("APPROVED");
        assertThat(play.gate.closed().get().reason()).isEqualTo("Approved by bob.");
        assertThat(play.gate.standing()).extracting(GateEvent.Approving::approver).containsExactly("bob");
    }

    @Test
    public void defer_sequentialGoesOnToTheNextAndWaitsInTheEnd() {
        Play play = play("sequential: alice, bob");
        play.accepts(deferred(play, "alice", 8)).accepts(Given.approve("bob"));
        assertThat(play.state()).isEqualTo("OPEN 2/2");
        play.after(Duration.ofHours(8)).settle();
        assertThat(play.state()).isEqualTo("APPROVED");
    }

    @Test
    public void defer_outsideOfTheGatesTimeIsRefused() {
        Play play = play("any: alice");
        assertThat(play.refuses(deferred(play, "alice", 0), Decision.Why.INVALID).message())
                .isEqualTo("The time from which your approval takes effect has to be later than now.");
        assertThat(play.refuses(Given.defer("alice", play.deadline()), Decision.Why.INVALID).message())
                .contains("your approval would take effect too late");
        play.accepts(Given.defer("alice", play.deadline().minusMillis(1)));
        assertThat(play.refuses(Given.approve("alice"), Decision.Why.NOT_YOURS).message()).contains("withdraw your approval first");
        play.accepts(Given.withdraw("alice")).accepts(Given.approve("alice"));
        assertThat(play.state()).isEqualTo("APPROVED");
    }

    @Test
    public void defer_aTimeThatPassedWhileNobodyWasHereOpensUnlessTheGatesEndPassedToo() {
        Play slept = play("any: alice");
        slept.accepts(deferred(slept, "alice", 8)).after(Duration.ofDays(3)).settle();
        assertThat(slept.state()).isEqualTo("APPROVED");
        Play overslept = play("any: alice");
        overslept.accepts(deferred(overslept, "alice", 8)).after(Duration.ofDays(31)).settle();
        assertThat(overslept.state()).isEqualTo("TIMED_OUT");
    }

    @Test
    public void reassign_userEntryNamesTheOtherFromThenOn() {
        Play play = play("sequential: alice, bob");
        assertThat(reassign(play, Given.reassign("alice", "zoe"))).isInstanceOf(Decision.Accepted.class);
        assertThat(play.gate.tally().missing()).containsExactly("1 approval by zoe");
        assertThat(play.gate.requested().policy().approvers()).contains(Approver.user("alice"));
        assertThat(play.refuses(Given.approve("alice"), Decision.Why.NOT_YOURS).message()).startsWith("You are not among");
        assertThat(play.refuses(Given.reject("alice"), Decision.Why.NOT_YOURS).message()).startsWith("You are not among");
        play.accepts(Given.approve("ZOE")).accepts(Given.approve("bob"));
        assertThat(play.state()).isEqualTo("APPROVED");
    }

    @Test
    public void reassign_backAgain() {
        Play play = play("any: alice");
        reassign(play, Given.reassign("alice", "zoe"));
        reassign(play, Given.reassign("zoe", "alice"));
        play.accepts(Given.approve("alice"));
        assertThat(play.state()).isEqualTo("APPROVED");
    }

    @Test
    public void reassign_groupsMemberIsStoodInFor() {
        Play play = play("unanimous: @team*2, bob");
        assertThat(reassign(play, Given.reassign("carol", "zoe"))).isInstanceOf(Decision.Accepted.class);
        play.refuses(Given.approve("carol"), Decision.Why.NOT_YOURS);
        play.accepts(Given.approve("zoe")).accepts(Given.approve("dave")).accepts(Given.approve("bob"));
        assertThat(play.state()).isEqualTo("APPROVED");
    }

    @Test
    public void reassign_toWhomItMayNotGo() {
        Play play = play("unanimous: alice, bob, @team, @sec*2");
        play.accepts(Given.approve("dave"));
        refuses(play, Given.reassign("alice", "Alice"), "You are Alice yourself: name somebody else.");
        refuses(play, Given.reassign("alice", "nobody-1"), "There is no user \"nobody-1\" who may see this build.");
        refuses(play, Given.reassign("alice", "outsider"), "There is no user \"outsider\" who may see this build.");
        refuses(play, Given.reassign("alice", "starter"), "starter started this build, and production wants a second pair of eyes.");
        refuses(play, Given.reassign("alice", "dave"), "dave has approved already, and one person does not fill two entries.");
        refuses(play, Given.reassign("alice", "bob"), "bob has an entry already, and one person does not fill two.");
        refuses(play, Given.reassign("erin", "frank"), "frank may approve for group sec already.");
        refuses(play, new Command.Reassign("alice", Optional.empty(), "zoe", " "), "Say why you hand it over: the comment is required.");
        refuses(play, new Command.Reassign("alice", Optional.of("sec"), "zoe", "x"), "You have no entry \"sec\" here.");
        assertThat(play.gate.history()).hasSize(2);
    }

    @Test
    public void reassign_whoMayNot() {
        Play play = new Play("unanimous: alice, starter, @team", town, Set.of("starter"));
        play.accepts(Given.approve("alice")).accepts(Given.approve("carol"));
        refuses(play, Given.reassign("zoe", "yves"), "You are not among the approvers of production.");
        refuses(play, Given.reassign("starter", "yves"),
                "You started this build, and production wants a second pair of eyes. You can abort the build instead.");
        refuses(play, Given.reassign("alice", "yves"), "You have approved already. To decide otherwise, withdraw your approval first.");
        refuses(play, Given.reassign("dave", "yves"), "Your entry has all the approvals that it needs.");
        play.accepts(Given.reject("dave"));
    }

    @Test
    public void reassign_asFarAsThePolicyLets() {
        Environment plain = Given.environment("production", "unanimous: alice, @team");
        for (ReassignTo to : ReassignTo.values()) {
            ApprovalPolicy p = plain.policy();
            ApprovalPolicy policy = new ApprovalPolicy(p.order(), 1, p.approvers(), false, false, to);
            Play play = new Play(
                    new Environment("production", "", policy, plain.timeout(), plain.sla(), "", List.of(), List.of(), Optional.empty()),
                    town, Set.of());
            assertThat(reassign(play, Given.reassign("alice", "zoe")) instanceof Decision.Accepted).as("%s", to).isEqualTo(to == ReassignTo.ANYONE);
            if (to != ReassignTo.ANYONE) {
                assertThat(reassign(play, Given.reassign("alice", "dave")) instanceof Decision.Accepted)
                        .as("%s", to)
                        .isEqualTo(to == ReassignTo.APPROVERS);
            }
        }
    }

    @Test
    public void reassign_notSoThatNobodyCouldOpenIt() {
        Play play = play("unanimous: alice, @own");
        Command.Reassign command = Given.reassign("alice", "carol");
        List<ApproverGroup> own = List.of(new ApproverGroup("own", List.of("carol"), List.of()));
        assertThat(Feasibility.whyNever(play.gate, command, own, town)).isPresent();
        Substitute to = new Substitute(play.standing("carol"), true, true, Feasibility.whyNever(play.gate, command, own, town));
        Decision decision = GateRules.reassign(play.gate, command, play.standing("alice"), to, play.now);
        assertThat(((Decision.Refused) decision).message()).startsWith("Then nobody could open the gate any more: ");
    }

    @Test
    public void bypass_opensWhateverIsMissingAndSaysWho() {
        Play play = play("unanimous: alice, bob");
        play.conditions = Conditions.NONE;
        play.take(GateRules.bypass(play.gate, Given.bypass("gate-admin"), true, play.conditions, play.now));
        assertThat(play.state()).isEqualTo("BYPASSED");
        assertThat(play.gate.closed().get().reason()).isEqualTo("Bypassed by gate-admin: It burns.");
        assertThat(play.gate.closed().get().actor()).contains("gate-admin");
    }

    @Test
    public void bypass_waitsForTheLockAndIsNotStoppedByAFailedCheck() {
        Environment locked = Given.environment(
                "production", "any: alice", List.of(new CheckSpec("x", Map.of())), Optional.of(LockMode.SEQUENTIAL));
        Play play = new Play(locked, town, Set.of());
        Conditions failed = new Conditions(List.of(CheckResult.fail("No.")), Optional.empty(), Optional.empty());
        play.conditions = failed.held("Another build holds it.");
        play.take(GateRules.bypass(play.gate, Given.bypass("gate-admin"), true, play.conditions, play.now));
        assertThat(play.state()).startsWith("OPEN");
        play.settle();
        assertThat(play.state()).startsWith("OPEN");
        assertThat(play.refuses(Given.approve("alice"), Decision.Why.NOT_YOURS).message()).startsWith("It was bypassed, and waits for no approvals.");
        play.conditions = failed;
        play.settle();
        assertThat(play.state()).isEqualTo("BYPASSED");
        assertThat(play.gate.holdsLock()).isTrue();
    }

    @Test
    public void approve_whereACommentIsRequired() {
        Environment plain = Given.environment("production", "any: alice");
        ApprovalPolicy policy = new ApprovalPolicy(
                Order.ANY, 1, plain.policy().approvers(), false, true, ReassignTo.ANYONE);
        Play play = new Play(
                new Environment("production", "", policy, plain.timeout(), plain.sla(), "", List.of(), List.of(), Optional.empty()),
                town, Set.of());
        Command.Approve silent = new Command.Approve("alice", " ", List.of(), Map.of());
        assertThat(play.refuses(silent, Decision.Why.INVALID).message())
                .isEqualTo("Say why you approve: production wants a comment.");
        play.accepts(Given.approve("alice"));
    }
}
