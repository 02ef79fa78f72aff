package io.jenkins.plugins.approvalgate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Town;
import java.util.List;
import java.util.Set;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * Who has to approve, how many, in which order. A step is a person and what they try: {@code +} approve, {@code -}
 * reject, {@code ~} withdraw; an exclamation mark behind it says that they may not, {@code #} that the gate has ended.
 */
@RunWith(Parameterized.class)
public class ApprovalOrderTest {

    private static final String TEAM = "team=carol,dave,erin";
    private static final String OVERLAP = "a=x,y b=x,z c=x";

    private record Row(String name, String policy, String groups, String steps, String end) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, String policy, String groups, String steps, String end) {
        return new Row(name, policy, groups, steps, end);
    }

    @Parameters(name = "{0}")
    public static List<Row> rows() {
        return List.of(
                row("any_nobodyYet", "any: alice, bob", "", "", "OPEN 0/1"),
                row("any_firstUserOpens", "any: alice, bob", "", "alice+", "APPROVED"),
                row("any_secondUserOpens", "any: alice, bob", "", "bob+", "APPROVED"),
                row("any_memberOfGroupOpens", "any: alice, @team", TEAM, "dave+", "APPROVED"),
                row("any_strangerMayNot", "any: alice, @team", TEAM, "mallory+! mallory-!", "OPEN 0/1"),
                row("any_unknownGroupHasNobody", "any: alice, @ghosts", TEAM, "carol+!", "OPEN 0/1"),
                row("any2_oneIsNotEnough", "any 2: alice, bob", "", "alice+", "OPEN 1/2"),
                row("any2_twoOpen", "any 2: alice, bob, @team", TEAM, "carol+ alice+", "APPROVED"),
                row("any2_twoOfOneGroupOpen", "any 2: alice, @team", TEAM, "carol+ dave+", "APPROVED"),
                row("any2_onePersonNeverCountsTwice", "any 2: alice, @team", TEAM, "carol+ carol+!", "OPEN 1/2"),
                row("any2_namedAndInGroupCountsOnce", "any 2: carol, @team", TEAM, "carol+ carol+!", "OPEN 1/2"),
                row("any3_twoAreNotEnough", "any 3: alice, bob, @team", TEAM, "alice+ bob+", "OPEN 2/3"),
                row("any3_threeOpen", "any 3: alice, bob, @team", TEAM, "alice+ bob+ erin+", "APPROVED"),
                row("any_idsDifferInCaseOnly", "any 2: Alice, bob", "", "aLICE+ ALICE+! bob+", "APPROVED"),
                row("any_afterTheEndNobodyMay", "any: alice, bob", "", "alice+ bob+# bob-# alice~#", "APPROVED"),
                row("any_rejectionCloses", "any 2: alice, bob, @team", TEAM, "alice+ bob- carol+#", "REJECTED"),
                row("any_whoApprovedRejectsOnlyAfterWithdrawing", "any 2: alice, bob", "", "alice+ alice-! alice~ alice-", "REJECTED"),
                row("any_withdrawnDoesNotCount", "any 2: alice, bob, @team", TEAM, "alice+ alice~ bob+", "OPEN 1/2"),
                row("any_withdrawnMayApproveAgain", "any 2: alice, bob", "", "alice+ alice~ bob+ alice+", "APPROVED"),
                row("any_nothingToWithdraw", "any 2: alice, bob", "", "alice~! mallory~!", "OPEN 0/2"),
                row("any_withdrawsOnlyOnesOwn", "any 3: alice, bob, @team", TEAM, "alice+ bob~! ALICE~", "OPEN 0/3"),
                row("sequential_firstThenSecond", "sequential: alice, bob", "", "alice+ bob+", "APPROVED"),
                row("sequential_secondEntryCannotDecideBeforeFirst", "sequential: alice, bob", "", "bob+! bob-!", "OPEN 0/2"),
                row("sequential_firstAloneIsNotEnough", "sequential: alice, bob", "", "alice+", "OPEN 1/2"),
                row("sequential_secondMayRejectInTurn", "sequential: alice, bob", "", "alice+ bob-", "REJECTED"),
                row("sequential_groupThenUser", "sequential: @team, alice", TEAM, "alice+! dave+ alice+", "APPROVED"),
                row("sequential_groupNeedsTwo", "sequential: @team*2, alice", TEAM, "carol+ alice+! dave+ alice+", "APPROVED"),
                row("sequential_groupOfTwoNotByOne", "sequential: @team*2, alice", TEAM, "carol+ carol+! CAROL+!", "OPEN 1/3"),
                row("sequential_thirdOfGroupIsNotNeeded", "sequential: @team*2, alice", TEAM, "carol+ dave+ erin+!", "OPEN 2/3"),
                row("sequential_thirdOfGroupMayStillReject", "sequential: @team*2, alice", TEAM, "carol+ dave+ erin-", "REJECTED"),
                row("sequential_namedPersonDoesNotFillTheirGroup", "sequential: @team, carol", TEAM, "carol+! dave+ carol+", "APPROVED"),
                row("sequential_samePersonNeverFillsTwoGroups", "sequential: @a, @b", OVERLAP, "x+ x+! z+", "APPROVED"),
                row("sequential_withdrawalLetsLaterLapse", "sequential: alice, bob, carol", "", "alice+ bob+ alice~", "OPEN 0/3"),
                row("sequential_withdrawalOfLaterKeepsEarlier", "sequential: alice, bob, carol", "", "alice+ bob+ bob~", "OPEN 1/3"),
                row("sequential_withdrawalKeepsOthersOfSameEntry", "sequential: @team*2, alice, bob", TEAM, "carol+ dave+ alice+ carol~", "OPEN 1/4"),
                row("sequential_lapsedHasToApproveAnew", "sequential: alice, bob, carol", "", "alice+ bob+ alice~ bob+! alice+ bob+ carol+", "APPROVED"),
                row("unanimous_allInAnyOrder", "unanimous: alice, bob, @team", TEAM, "erin+ bob+ alice+", "APPROVED"),
                row("unanimous_oneMissing", "unanimous: alice, bob, @team", TEAM, "erin+ alice+", "OPEN 2/3"),
                row("unanimous_secondOfGroupIsNotNeeded", "unanimous: alice, @team", TEAM, "erin+ dave+!", "OPEN 1/2"),
                row("unanimous_secondOfGroupMayReject", "unanimous: alice, @team", TEAM, "erin+ dave-", "REJECTED"),
                row("unanimous_groupNeedsThree", "unanimous: @team*3", TEAM, "carol+ dave+ erin+", "APPROVED"),
                row("unanimous_namedPersonLeavesGroupToOthers", "unanimous: carol, @team", TEAM, "carol+ carol+!", "OPEN 1/2"),
                row("unanimous_namedPersonAndAnotherMember", "unanimous: carol, @team", TEAM, "dave+ carol+", "APPROVED"),
                row("unanimous_onePersonNeverFillsTwoGroups", "unanimous: @a, @b", OVERLAP, "x+ x+!", "OPEN 1/2"),
                row("unanimous_overlap_xMovesToB_soYFillsA", "unanimous: @a, @b", OVERLAP, "x+ y+", "APPROVED"),
                row("unanimous_overlap_xMovesToA_soZFillsB", "unanimous: @a, @b", OVERLAP, "x+ z+", "APPROVED"),
                row("unanimous_overlap_chainOfMoves", "unanimous: @a, @b, @c", OVERLAP, "y+ z+ x+", "APPROVED"),
                row("unanimous_overlap_xIsKeptForC", "unanimous: @a, @b, @c", OVERLAP, "x+ y+ z+", "APPROVED"),
                row("unanimous_overlap_twoOfOneGroup", "unanimous: @a*2, @b", OVERLAP, "x+ z+ y+", "APPROVED"),
                row("unanimous_overlap_noPlaceLeft", "unanimous: @a, @b", "a=x b=x,y,z", "y+ z+!", "OPEN 1/2"),
                row("unanimous_withdrawalFreesThePlace", "unanimous: alice, @team", TEAM, "erin+ erin~ dave+ alice+", "APPROVED"),
                row("fourEyes_starterMayNot", "any: starter, bob", "", "starter+! starter-! STARTER+!", "OPEN 0/1"),
                row("fourEyes_starterInGroupMayNot", "any: @team", "team=starter,bob", "starter+! bob+", "APPROVED"),
                row("fourEyes_replayerMayNot", "any: replayer, bob", "", "replayer+! bob+", "APPROVED"),
                row("fourEyes_environmentAllowsIt", "any, requester may: starter, bob", "", "starter+", "APPROVED"),
                row("fourEyes_allowedRequesterStillCountsOnce", "any 2, requester may: starter, bob", "", "starter+ starter+!", "OPEN 1/2"));
    }

    private final Row row;

    public ApprovalOrderTest(Row row) {
        this.row = row;
    }

    @Test
    public void plays() {
        Play play = new Play(row.policy(), Town.of(row.groups()), Set.of("starter", "replayer"));
        for (String step : row.steps().split(" ")) {
            if (!step.isEmpty()) {
                take(play, step);
            }
        }
        assertThat(play.state()).isEqualTo(row.end());
    }

    private static void take(Play play, String step) {
        String who = step.split("[-+~]")[0];
        Command.ByPerson command =
                switch (step.charAt(who.length())) {
                    case '+' -> Given.approve(who);
                    case '-' -> Given.reject(who);
                    default -> Given.withdraw(who);
                };
        if (step.endsWith("!")) {
            play.refuses(command, Decision.Why.NOT_YOURS);
        } else if (step.endsWith("#")) {
            assertThat(play.refuses(command, Decision.Why.CLOSED).outcome())
                    .isEqualTo(play.gate.closed().map(GateEvent.Closed::outcome));
        } else {
            play.accepts(command);
        }
    }
}
