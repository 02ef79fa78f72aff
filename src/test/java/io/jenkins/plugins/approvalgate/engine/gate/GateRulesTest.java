package io.jenkins.plugins.approvalgate.engine.gate;

import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.CLOSED;
import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.INVALID;
import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.NOT_YOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Town;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** What is recorded, what people are told, and what is said about time. Orders and minimums: {@link ApprovalOrderTest}. */
public class GateRulesTest {

    private final Play play = new Play("any 2: alice, bob, @team", Town.of("team=carol,dave"));

    @Test
    public void approve_lastOneClosesInTheSameWrite() {
        play.accepts(Given.approve("alice"));
        Decision decision = play.submit(Given.approve("carol"));
        assertThat(((Decision.Accepted) decision).events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Approved", "Closed");
        assertThat(play.gate.closed())
                .contains(new GateEvent.Closed(
                        play.now, Optional.of("carol"), Outcome.APPROVED, "Approved by alice, carol."));
    }

    @Test
    public void approve_keepsTicksAnswersAndTheEntriesOfThatMoment() {
        play.accepts(new Command.Approve(
                "carol", "good", List.of("Tests passed"), Map.of("region", "us", "dryRun", "true")));
        GateEvent.Approving approved = play.gate.standing().get(0);
        assertThat(approved.checklist()).containsExactly("Tests passed");
        assertThat(approved.entries()).containsExactly(2);
        assertThat(play.gate.inputs())
                .containsExactlyInAnyOrderEntriesOf(Map.of("region", "us", "dryRun", "true", "ticket", "", "notes", ""));
    }

    @Test
    public void approve_laterAnswersLieOnTopOfEarlierOnes() {
        Play three = new Play("any 3: alice, bob, carol", Town.of(""));
        three.accepts(new Command.Approve("alice", "", List.of(), Map.of("region", "us", "ticket", "A-1")))
                .accepts(new Command.Approve("bob", "", List.of(), Map.of("ticket", "B-2")));
        assertThat(three.gate.inputs()).containsEntry("region", "us").containsEntry("ticket", "B-2");
        three.accepts(Given.withdraw("bob"));
        assertThat(three.gate.inputs()).containsEntry("ticket", "A-1");
    }

    @Test
    public void approve_leavingTheGroupAfterwardsTakesNothingAway() {
        Town town = Town.of("team=carol,dave");
        Play twoOfTeam = new Play("unanimous: @team*2", town);
        twoOfTeam.accepts(Given.approve("carol"));
        town.set("team", Set.of("dave"));
        twoOfTeam.refuses(Given.approve("carol"), NOT_YOURS);
        twoOfTeam.accepts(Given.approve("dave"));
        assertThat(twoOfTeam.state()).isEqualTo("APPROVED");
    }

    @Test
    public void approve_whoLeftTheGroupMayStillWithdraw() {
        Town town = Town.of("team=carol,dave");
        Play twoOfTeam = new Play("unanimous: @team*2", town);
        twoOfTeam.accepts(Given.approve("carol"));
        town.set("team", Set.of("dave"));
        twoOfTeam.accepts(Given.withdraw("carol"));
        assertThat(twoOfTeam.state()).isEqualTo("OPEN 0/2");
    }

    @Test
    public void approve_badAnswersAreRefused() {
        Map<String, Command.Approve> bad = Map.of(
                "unknown line", new Command.Approve("alice", "", List.of("No such line"), Map.of()),
                "unknown input", new Command.Approve("alice", "", List.of(), Map.of("nothing", "x")),
                "no such choice", new Command.Approve("alice", "", List.of(), Map.of("region", "mars")),
                "no boolean", new Command.Approve("alice", "", List.of(), Map.of("dryRun", "yes")),
                "two lines", new Command.Approve("alice", "", List.of(), Map.of("ticket", "a\nb")),
                "too long", new Command.Approve("alice", "", List.of(), Map.of("notes", "x".repeat(10_001))));
        bad.forEach((name, command) -> {
            play.refuses(command, INVALID);
            assertThat(play.gate.history()).as(name).hasSize(1);
        });
        play.accepts(new Command.Approve("alice", "", List.of(), Map.of("notes", "a\n" + "x".repeat(9_998))));
    }

    @Test
    public void comment_longestIsTenThousandCharacters() {
        for (String who : List.of("alice", "mallory")) {
            String tooLong = "x".repeat(10_001);
            play.refuses(new Command.Approve(who, tooLong, List.of(), Map.of()), INVALID);
            play.refuses(new Command.Reject(who, tooLong), INVALID);
            play.refuses(new Command.Withdraw(who, tooLong), INVALID);
        }
        play.accepts(new Command.Approve("alice", "x".repeat(10_000), List.of(), Map.of()));
    }

    @Test
    public void reject_needsAComment() {
        for (String nothing : List.of("", " ", "\n\t", "\u2003")) {
            play.refuses(new Command.Reject("alice", nothing), INVALID);
        }
        play.accepts(new Command.Reject("alice", "too risky"));
        assertThat(play.gate.closed().orElseThrow().reason()).isEqualTo("Rejected by alice: too risky");
        assertThat(play.gate.history()).extracting(r -> r.event().getClass().getSimpleName())
                .containsExactly("Requested", "Rejected", "Closed");
    }

    @Test
    public void reject_strangerIsToldSoBeforeAnythingElse() {
        assertThat(play.refuses(new Command.Reject("mallory", ""), NOT_YOURS).message())
                .isEqualTo("You are not among the approvers of production.");
    }

    @Test
    public void fourEyes_requesterIsToldWhatToDoInstead() {
        Play own = new Play("any: starter", Town.of(""));
        assertThat(own.refuses(Given.approve("Starter"), NOT_YOURS).message())
                .contains("You started this build").contains("abort the build");
    }

    @Test
    public void sequential_whoIsEarlyIsToldWhoComesFirst() {
        Play inTurn = new Play("sequential: @team*2, alice", Town.of("team=carol,dave"));
        assertThat(inTurn.refuses(Given.approve("alice"), NOT_YOURS).message())
                .isEqualTo("It is not your turn yet: first it needs 2 approvals by group team.");
    }

    @Test
    public void closed_everybodyElseIsToldHow() {
        play.accepts(Given.reject("alice"));
        for (String who : List.of("alice", "bob", "starter", "mallory")) {
            Decision.Refused refused = play.refuses(Given.approve(who), CLOSED);
            assertThat(refused.outcome()).contains(Outcome.REJECTED);
            assertThat(refused.message()).isEqualTo("Already rejected. Rejected by alice: not like this");
        }
    }

    @Test
    public void deadline_oneMillisecondBeforeIsInTime() {
        play.now = play.deadline().minusMillis(1);
        play.accepts(Given.approve("alice")).accepts(Given.approve("bob"));
        assertThat(play.state()).isEqualTo("APPROVED");
    }

    @Test
    public void deadline_itselfIsTooLate() {
        play.accepts(Given.approve("alice"));
        play.now = play.deadline();
        for (Command.ByPerson late : List.of(
                Given.approve("bob"), Given.reject("bob"), Given.withdraw("alice"), Given.approve("mallory"))) {
            assertThat(play.refuses(late, CLOSED).outcome()).contains(Outcome.TIMED_OUT);
        }
        assertThat(GateRules.cancel(play.gate, Given.cancel(), play.now)).isInstanceOf(Decision.Refused.class);
        assertThat(GateRules.mayWithdraw(play.gate, play.standing("alice"), play.now)).isFalse();
    }

    @Test
    public void settle_doesNothingBeforeTheDeadline() {
        play.now = play.deadline().minusMillis(1);
        assertThat(play.settle()).isEqualTo(new Decision.Accepted(List.of()));
    }

    @Test
    public void settle_closesAtTheDeadlineAndSaysWhatWasMissing() {
        play.accepts(Given.approve("alice"));
        play.now = play.deadline();
        play.settle();
        assertThat(play.gate.closed())
                .contains(new GateEvent.Closed(
                        play.now,
                        Optional.empty(),
                        Outcome.TIMED_OUT,
                        "Timed out: nobody opened it within 30d; it still needed 1 approval by any of alice, bob, group team."));
        assertThat(play.settle()).isEqualTo(new Decision.Accepted(List.of()));
    }

    @Test
    public void settle_completeGateWithoutItsClosingIsApprovedEvenAfterTheDeadline() {
        for (boolean late : new boolean[] {false, true}) {
            Play cut = new Play("any 2: alice, bob", Town.of(""));
            for (String who : List.of("alice", "bob")) {
                cut.add(new GateEvent.Approved(
                        cut.now, who, "", Set.of(who.equals("alice") ? 0 : 1), List.of(), Map.of()));
            }
            cut.now = late ? cut.deadline() : cut.now;
            cut.settle();
            assertThat(cut.state()).isEqualTo("APPROVED");
        }
    }

    @Test
    public void settle_rejectedGateWithoutItsClosingIsRejected() {
        play.accepts(Given.approve("alice"));
        play.add(new GateEvent.Rejected(play.now, "bob", "no"));
        play.settle();
        assertThat(play.gate.closed().map(GateEvent.Closed::outcome)).contains(Outcome.REJECTED);
        assertThat(play.gate.closed().orElseThrow().reason()).isEqualTo("Rejected by bob: no");
    }

    @Test
    public void cancel_endsAnOpenGateOnly() {
        play.take(GateRules.cancel(play.gate, Given.cancel(), play.now));
        assertThat(play.state()).isEqualTo("CANCELLED");
        assertThat(((Decision.Refused) GateRules.cancel(play.gate, Given.cancel(), play.now)).outcome())
                .contains(Outcome.CANCELLED);
    }

    @Test
    public void requested_deadlineIsAWholeMillisecond() {
        Environment odd = Given.environment("odd", "any: alice", Duration.ofNanos(1_500_000));
        assertThat(GateEvent.Requested.of(Given.request("odd", 1), odd, Given.START).deadline())
                .isEqualTo(Given.START.plusMillis(1));
    }

    @Test
    public void fold_whatComesAfterTheEndChangesNothing() {
        play.accepts(Given.reject("alice"));
        Gate ended = play.gate;
        play.add(new GateEvent.Approved(play.now, "bob", "", Set.of(1), List.of(), Map.of()));
        play.add(new GateEvent.Closed(play.now, Optional.of("bob"), Outcome.APPROVED, "forged"));
        assertThat(play.gate.closed()).isEqualTo(ended.closed());
        assertThat(play.gate.approvals()).isEqualTo(ended.approvals());
        assertThat(play.gate.history()).hasSize(ended.history().size() + 2);
    }

    @Test
    public void fold_samePersonTwiceCountsOnce() {
        play.accepts(Given.approve("alice"));
        play.add(new GateEvent.Approved(play.now, "alice", "again", Set.of(0), List.of(), Map.of()));
        assertThat(play.state()).isEqualTo("OPEN 1/2");
    }

    @Test
    public void fold_aGateBeginsOnceAndWithARequest() {
        Recorded first = play.gate.history().get(0);
        assertThatThrownBy(() -> play.gate.apply(first)).isInstanceOf(IllegalArgumentException.class);
        Recorded approval = new Recorded(1, new GateEvent.Approved(play.now, "a", "", Set.of(0), List.of(), Map.of()));
        assertThatThrownBy(() -> Gate.open("x", approval)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Gate.open("x", new Recorded(1, new GateEvent.Restored(play.now, List.of()))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void restored_gateGoesOnWhereItWasEvenTwice() {
        play.accepts(Given.approve("alice"));
        Gate once = Gate.open("gate-1", new Recorded(50, new GateEvent.Restored(play.now, play.gate.history())));
        Gate twice = Gate.open("gate-1", new Recorded(90, new GateEvent.Restored(play.now, once.history())));
        for (Gate restored : List.of(once, twice)) {
            assertThat(restored.approvals()).isEqualTo(play.gate.approvals());
            assertThat(restored.isOpen()).isTrue();
        }
        assertThat(once.journalLines()).containsExactly(50L);
        assertThat(twice.journalLines()).containsExactly(90L);
    }
}
