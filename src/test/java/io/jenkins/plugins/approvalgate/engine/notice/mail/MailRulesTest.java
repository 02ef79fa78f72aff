package io.jenkins.plugins.approvalgate.engine.notice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;

/** Who is told what, line by line. */
public class MailRulesTest {

    private static final Town TOWN = Town.of("team=carol,dave,erin sec=erin,frank");

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(TOWN);

    private final FakePeople people = new FakePeople();
    private int requests;

    /** What a person did, in a word: {@code alice+} approves, {@code alice-} withdraws, {@code alice!} rejects, {@code alice>bob} reassigns. */
    private void act(String gate, String act) throws Exception {
        if (act.contains(">")) {
            String[] fromTo = act.split(">");
            disk.keeper.reassign(gate, new Command.Reassign(fromTo[0], Optional.empty(), fromTo[1], "on leave"));
            return;
        }
        String who = act.substring(0, act.length() - 1);
        switch (act.charAt(act.length() - 1)) {
            case '+' -> disk.keeper.submit(gate, Given.approve(who));
            case '-' -> disk.keeper.submit(gate, Given.withdraw(who));
            case '!' -> disk.keeper.submit(gate, Given.reject(who));
            default -> throw new IllegalArgumentException(act);
        }
    }

    private MailDesk desk() {
        return new MailDesk(disk.keeper, disk.host, people);
    }

    /** Of each line that tells somebody something, what and whom: {@code approval alice bob}. */
    private List<String> told(String gate) throws Exception {
        List<String> told = new ArrayList<>();
        for (JournalLine line : disk.keeper.journal().linesOf(gate)) {
            List<Notice> notices = desk().noticesOf(line);
            if (!notices.isEmpty()) {
                told.add(notices.get(0).kind().word() + " " + names(notices.stream().map(Notice::recipient).toList()));
            }
        }
        return told;
    }

    private static String names(List<Recipient> recipients) {
        return recipients.stream()
                .map(one -> one instanceof Recipient.Person person ? person.id() : ((Recipient.Address) one).mail())
                .collect(Collectors.joining(" "));
    }

    private List<String> told(String policy, String acts) throws Exception {
        return told(Given.environment("prod", policy), Given.request("prod", 1), acts);
    }

    private List<String> told(Environment environment, GateRequest request, String acts) throws Exception {
        disk.host.environments.clear();
        disk.host.environments.add(environment);
        Gate gate = disk.keeper.request(Given.withKey(request, "key " + ++requests));
        for (String act : acts.split(" ")) {
            if (!act.isEmpty()) {
                act(gate.id(), act);
            }
        }
        return told(gate.id());
    }

    private static Environment notifying(String policy, Notifications notifications) {
        Environment plain = Given.environment("prod", policy);
        return new Environment(
                plain.name(), plain.description(), plain.policy(), plain.timeout(), plain.sla(), plain.instructions(),
                plain.checklist(), plain.checks(), plain.lock(), notifications);
    }

    private static Notifications addresses(Map<Approver, List<String>> addresses) {
        return new Notifications(Optional.empty(), List.of(), Duration.ZERO, addresses);
    }

    @Test
    public void any_allAreAsked_once() throws Exception {
        assertThat(told("any: alice, bob", "")).containsExactly("approval alice bob");
        assertThat(told("any 2: alice, bob, @team", "alice+")).containsExactly("approval alice bob carol dave erin");
        assertThat(told("any 2: alice, bob, @team", "alice+ alice-")).containsExactly("approval alice bob carol dave erin");
        assertThat(told("any: alice, bob", "alice+")).containsExactly("approval alice bob", "outcome starter");
    }

    @Test
    public void sequential_eachIsAsked_whenItIsTheirTurn() throws Exception {
        assertThat(told("sequential: alice, @team*2, bob", "alice+ carol+ dave+ bob+"))
                .containsExactly("approval alice", "approval carol dave erin", "approval bob", "outcome starter");
    }

    @Test
    public void sequential_withdrawn_asksAgainOnlyWhoComeIntoTurnAgain() throws Exception {
        assertThat(told("sequential: @team, alice, bob", "carol+ carol-"))
                .containsExactly("approval carol dave erin", "approval alice", "approval dave erin");
        assertThat(told("sequential: alice, bob, frank", "alice+ bob+ alice- alice+"))
                .as("bob's approval lapsed with that of alice")
                .containsExactly("approval alice", "approval bob", "approval frank", "approval bob");
    }

    @Test
    public void unanimous_allAreAsked_andThoseOfAFilledEntryAgainWhenSomebodyWithdraws() throws Exception {
        assertThat(told("unanimous: alice, @team*2", "carol+ dave+ dave-"))
                .containsExactly("approval alice carol dave erin", "approval erin");
    }

    @Test
    public void reassigned_asksTheOther() throws Exception {
        assertThat(told("sequential: alice, bob", "alice>frank frank+"))
                .containsExactly("approval alice", "approval frank", "approval bob");
        assertThat(told("unanimous: bob, @team", "carol>frank")).containsExactly("approval bob carol dave erin", "approval frank");
    }

    @Test
    public void fourEyes_thoseWhoStartedTheBuildAreNotAsked() throws Exception {
        Environment environment = Given.environment("prod", "any: alice, @team");
        assertThat(told(environment, Given.request("prod", 1, Set.of("Alice", "dave")), ""))
                .containsExactly("approval carol erin");
        assertThat(told(
                        Given.environment("prod", "any, requester may: alice, bob"),
                        Given.request("prod", 1, Set.of("alice")),
                        ""))
                .containsExactly("approval alice bob");
    }

    @Test
    public void whoMayNotReadTheJob_isToldNothing() throws Exception {
        assertThat(told("any: alice, outsider-1", "")).containsExactly("approval alice");
        assertThat(told(
                        Given.environment("prod", "any: alice"),
                        Given.request("prod", 1, Set.of("outsider-2", "starter")),
                        "alice+"))
                .containsExactly("approval alice", "outcome starter");
    }

    @Test
    public void samePersonByAnEntryAndAGroup_isAskedOnce() throws Exception {
        assertThat(told("unanimous: Carol, @team", "")).containsExactly("approval Carol dave erin");
        assertThat(told("unanimous: @team, @sec", "")).containsExactly("approval carol dave erin frank");
    }

    @Test
    public void groupThatCannotBeListed_isToldAtTheAddressesOfItsEntry() throws Exception {
        Approver unknown = Approver.group("auditors", 1);
        assertThat(told(
                        notifying("any: alice, @auditors", addresses(Map.of(unknown, List.of("audit@example.com")))),
                        Given.request("prod", 1),
                        ""))
                .containsExactly("approval alice audit@example.com");
        assertThat(told("any: alice, @auditors", "")).containsExactly("approval alice");
        assertThat(told(
                        notifying(
                                "sequential: alice, @auditors*2",
                                addresses(Map.of(unknown, List.of("audit@example.com", "more@example.com")))),
                        Given.request("prod", 1),
                        "alice+"))
                .containsExactly("approval alice", "approval audit@example.com more@example.com");
    }

    @Test
    public void groupThatCanBeListed_isNotToldAtTheAddresses() throws Exception {
        assertThat(told(
                        notifying("any: @sec", addresses(Map.of(Approver.group("sec", 1), List.of("sec@example.com")))),
                        Given.request("prod", 1),
                        ""))
                .containsExactly("approval erin frank");
    }

    @Test
    public void outcome_goesToThoseWhoStartedItAndWhoseChangesItHas_butNotToWhoDidIt() throws Exception {
        people.culprits.addAll(List.of("carol", "STARTER", "alice"));
        assertThat(told("any: alice, bob", "alice!")).containsExactly("approval alice bob", "outcome starter carol");
    }

    @Test
    public void outcome_ofWhatNobodyStarted_goesToNobody() throws Exception {
        assertThat(told(Given.environment("prod", "any: alice"), Given.request("prod", 1, Set.of()), "alice+"))
                .as("\"timer\" is no user")
                .containsExactly("approval alice");
    }

    @Test
    public void pullRequest_whoseAuthorChoseTheNamesInIt_tellsNoCulprits() throws Exception {
        people.culprits.add("carol");
        GateRequest r = Given.request("prod", 1);
        GateRequest proposed = new GateRequest(
                r.key(), r.environment(), r.job(), r.build(), r.buildUrl(), r.stage(),
                Origin.of(new Origin.Head(Origin.Kind.PULL_REQUEST, "PR-1")), r.requestedBy(), r.requesters(), r.message(),
                r.metrics(), r.links(), r.inputs());
        assertThat(told(Given.environment("prod", "any: alice"), proposed, "alice+"))
                .containsExactly("approval alice", "outcome starter");
    }

    @Test
    public void reminder_goesToThoseStillInTurn_escalationToItsAddresses() throws Exception {
        disk.host.environments.add(Given.environment("prod", "unanimous: alice, bob, @sec"));
        String id = disk.request("prod", 1).id();
        act(id, "alice+");
        Gate gate = disk.gate(id);
        MailRules rules = new MailRules(
                new Directory(List.of(), TOWN), Notifications.USUAL, disk.host::mayRead, people);

        MailRules.Told reminded = rules.toTell(Optional.of(gate), gate, new GateEvent.Reminded(Given.START, Given.START));
        MailRules.Told escalated = rules.toTell(
                Optional.of(gate), gate, new GateEvent.Escalated(Given.START, List.of("ops@example.com")));

        assertThat(reminded.kind()).isEqualTo(MailKind.REMINDER);
        assertThat(names(reminded.recipients())).isEqualTo("bob erin frank");
        assertThat(escalated.kind()).isEqualTo(MailKind.ESCALATION);
        assertThat(names(escalated.recipients())).isEqualTo("ops@example.com");
    }

    @Test
    public void restored_tellsNobodyAgain() throws Exception {
        disk.host.environments.add(Given.environment("prod", "sequential: alice, bob"));
        Gate lost = Gate.replay(
                GateId.next(Given.START),
                List.of(new Recorded(7, GateEvent.Requested.of(Given.request("prod", 9), disk.host.environments.get(0), Given.START))));
        disk.keeper.restore(lost);
        assertThat(told(lost.id())).isEmpty();
        act(lost.id(), "alice+");
        assertThat(told(lost.id())).containsExactly("approval bob");
    }

    @Test
    public void whatIsNoLongerSo_isKnown() throws Exception {
        disk.host.environments.add(Given.environment("prod", "unanimous: alice, bob"));
        String id = disk.request("prod", 1).id();
        Notice toAlice = desk().noticesOf(disk.keeper.journal().linesOf(id).get(0)).get(0);
        assertThat(desk().isStillSo(toAlice, disk.gate(id))).isTrue();
        act(id, "alice+");
        assertThat(desk().isStillSo(toAlice, disk.gate(id))).as("she has approved").isFalse();
        act(id, "alice-");
        assertThat(desk().isStillSo(toAlice, disk.gate(id))).isTrue();
        act(id, "bob!");
        assertThat(desk().isStillSo(toAlice, disk.gate(id))).as("it is closed").isFalse();
    }
}
