package io.jenkins.plugins.approvalgate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;

/**
 * Ten thousand games with random policies, people and commands, each held to {@link NaiveGate} after every move. A
 * failure names the game's seed.
 */
public class RandomGamesTest {

    private static final int GAMES = 10_000;
    private static final long FIRST_SEED = 20_260_302;
    private static final String[] IDS = {"ada", "bob", "cyd", "dan", "eve", "fay", "gus"};
    private static final String[] GROUPS = {"red", "green", "blue"};

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private int stillOpen;
    private int handedOver;
    private int openedLater;

    @Test
    public void tenThousandGames_keepTheRules() throws IOException {
        for (int game = 0; game < GAMES; game++) {
            long seed = FIRST_SEED + game;
            try {
                new Game(new Random(seed)).play();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("game with seed " + seed + ": " + failed.getMessage(), failed);
            }
        }
        // A generator that never gets anywhere would prove nothing.
        for (Outcome reached : List.of(
                Outcome.APPROVED, Outcome.AUTO_APPROVED, Outcome.REJECTED, Outcome.CHECK_FAILED, Outcome.TIMED_OUT,
                Outcome.CANCELLED, Outcome.SUPERSEDED, Outcome.BYPASSED)) {
            assertThat(outcomes.getOrDefault(reached, 0)).as("games %s of %s", reached, outcomes).isGreaterThan(GAMES / 100);
        }
        assertThat(stillOpen).isGreaterThan(GAMES / 100);
        assertThat(handedOver).isGreaterThan(GAMES / 100);
        assertThat(openedLater).isGreaterThan(GAMES / 500);
    }

    private final class Game {
        private final Random random;
        private final Town town;
        private final Set<String> requesters = new LinkedHashSet<>();
        private final Play play;
        private final NaiveGate naive;
        private boolean released;

        Game(Random random) {
            this.random = random;
            String groups = Arrays.stream(GROUPS)
                    .map(group -> group + "=" + String.join(",", members()))
                    .collect(Collectors.joining(" "));
            town = random.nextInt(4) == 0 ? Town.caseSensitive(groups) : Town.of(groups);
            for (int i = random.nextInt(3); i > 0; i--) {
                requesters.add(person());
            }
            Optional<LockMode> lock = random.nextInt(3) == 0 ? Optional.of(LockMode.NEWEST_ONLY) : Optional.empty();
            play = new Play(Given.environment("production", policy(), checks(), lock), town, requesters);
            naive = new NaiveGate(play.gate.policy(), town, requesters, play.deadline());
        }

        private List<CheckSpec> checks() {
            List<CheckSpec> checks = new ArrayList<>();
            for (int i = Math.max(0, random.nextInt(6) - 2); i > 0; i--) {
                checks.add(new CheckSpec("check-" + i, Map.of()));
            }
            return checks;
        }

        /** What stands around the gate changes. */
        private void turn() {
            List<CheckResult> results = new ArrayList<>();
            for (int i = 0; i < play.gate.requested().checks().size(); i++) {
                results.add(result());
            }
            boolean locks = play.gate.wantsLock();
            Optional<String> held = locks && random.nextInt(3) == 0 ? Optional.of("Held.") : Optional.empty();
            Optional<String> newer = locks && random.nextInt(40) == 0 ? Optional.of("Superseded.") : Optional.empty();
            play.conditions = new Conditions(results, held, newer);
            naive.conditions = play.conditions;
        }

        private CheckResult result() {
            int kind = random.nextInt(60);
            if (kind < 36) {
                return CheckResult.pass("Passes.").until(play.now.plusSeconds(random.nextInt(3)));
            }
            if (kind < 56) {
                CheckResult waits = CheckResult.waiting("Waits " + random.nextInt(2) + ".").detailed("x" + random.nextInt());
                return kind < 42 ? CheckResult.NOT_ASKED : kind < 48 ? waits.barringApprovals() : waits;
            }
            return kind < 59 ? CheckResult.approve("Approves.") : CheckResult.fail("Fails.");
        }

        private Set<String> members() {
            Set<String> members = new LinkedHashSet<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                members.add(IDS[random.nextInt(IDS.length)]);
            }
            return members;
        }

        private String policy() {
            String order = List.of("any", "sequential", "unanimous").get(random.nextInt(3));
            boolean any = order.equals("any");
            Set<String> names = new LinkedHashSet<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                names.add(random.nextBoolean() ? IDS[random.nextInt(IDS.length)] : "@" + GROUPS[random.nextInt(3)]);
            }
            String entries = names.stream()
                    .map(name -> name.startsWith("@") && !any ? name + "*" + (1 + random.nextInt(2)) : name)
                    .collect(Collectors.joining(", "));
            return order + (any ? " " + (1 + random.nextInt(3)) : "")
                    + (random.nextInt(4) == 0 ? ", requester may" : "") + ": " + entries;
        }

        /** Somebody, now and then with the shift key held. */
        private String person() {
            String id = IDS[random.nextInt(IDS.length)];
            return random.nextInt(5) == 0 ? id.toUpperCase(Locale.ROOT) : id;
        }

        void play() throws IOException {
            for (int moves = 1 + random.nextInt(25); moves > 0; moves--) {
                move();
                check();
            }
            // Costs as much as all the rest of a game.
            if (random.nextInt(4) == 0) {
                checkReplay();
            }
            Optional<GateEvent.Closed> closed = play.gate.closed();
            if (naive.outcome.equals(Optional.of(Outcome.APPROVED)) && play.gate.approvals(closed.get().at()).stream().anyMatch(a -> a.from().isPresent())) {
                openedLater++;
            }
            naive.outcome.ifPresentOrElse(
                    outcome -> outcomes.merge(outcome, 1, Integer::sum), () -> stillOpen++);
        }

        private void move() {
            passTime();
            if (random.nextInt(15) == 0) {
                town.set(GROUPS[random.nextInt(3)], members());
            }
            if (random.nextInt(3) == 0) {
                turn();
            }
            if (random.nextInt(10) > 0) {
                play.settle();
                naive.settle(play.now);
            }
            int kind = random.nextInt(60);
            if (kind == 0) {
                cancel();
            } else if (kind == 1) {
                bypass();
            } else if (kind < 8) {
                reassign();
            } else if (play.gate.holdsLock() && random.nextInt(4) == 0) {
                release();
            } else {
                submit();
            }
        }

        private void passTime() {
            int kind = random.nextInt(40);
            if (kind < 20) {
                play.now = play.now.plusMillis(random.nextInt(3));
            } else if (kind < 35) {
                play.now = play.now.plus(Duration.ofHours(random.nextInt(48)));
            } else if (kind == 35 && play.now.isBefore(play.deadline())) {
                play.now = play.deadline().minusMillis(random.nextInt(3));
            }
        }

        private void cancel() {
            boolean over = naive.outcome.isPresent() || !play.now.isBefore(play.deadline());
            Decision decision = play.take(GateRules.cancel(play.gate, Given.cancel(), play.now));
            assertEquals("too late to cancel", over, decision instanceof Decision.Refused);
            if (!over) {
                naive.outcome = Optional.of(Outcome.CANCELLED);
            }
        }

        /** Gives the lock back, once. */
        private void release() {
            List<GateEvent> events = GateRules.release(play.gate, Given.release(), play.now);
            assertEquals("one line", 1, events.size());
            play.add(events.get(0));
            assertEquals("none", List.of(), GateRules.release(play.gate, Given.release(), play.now));
            released = true;
        }

        private void bypass() {
            boolean permitted = random.nextInt(3) > 0;
            Command.Bypass command = new Command.Bypass(person(), random.nextInt(4) == 0 ? " " : "It burns.");
            Optional<Decision.Why> expected = naive.bypass(command, permitted, play.now);
            same(command, expected, play.take(GateRules.bypass(play.gate, command, permitted, play.conditions, play.now)));
        }

        private void reassign() {
            Optional<String> from = random.nextInt(4) == 0 ? Optional.of(GROUPS[random.nextInt(3)]) : Optional.empty();
            Command.Reassign command =
                    new Command.Reassign(person(), from, person(), random.nextInt(20) == 0 ? "" : "On holiday.");
            boolean mayRead = random.nextInt(10) > 0;
            Standing standing = play.standing(command.actor());
            assertEquals(
                    "may reassign",
                    naive.mayReassign(command.actor(), play.now),
                    !GateRules.mayReassign(play.gate, standing, play.now).isEmpty());
            Substitute to = new Substitute(play.standing(command.to()), true, mayRead, Optional.empty());
            Optional<Decision.Why> expected = naive.reassign(command, mayRead, play.now);
            same(command, expected, play.take(GateRules.reassign(play.gate, command, standing, to, play.now)));
            handedOver += expected.isEmpty() ? 1 : 0;
        }

        private void same(Object command, Optional<Decision.Why> expected, Decision decision) {
            Optional<Decision.Why> why = decision instanceof Decision.Refused refused
                    ? Optional.of(refused.why())
                    : Optional.empty();
            if (!why.equals(expected)) {
                fail(command + " at " + play.now + " of " + play.gate + " in " + town + ": " + decision + ", but expected " + expected);
            }
        }

        private void submit() {
            Command.ByPerson command = command();
            checkPreviews(command.actor());
            boolean answersFit = !(command instanceof Command.Approving approving)
                    || !approving.checklist().contains("No such line") && !approving.inputs().containsValue("mars");
            Gate before = play.gate;
            Optional<Decision.Why> expected = naive.submit(command, answersFit, play.now);
            Decision decision = play.submit(command);
            same(command, expected, decision);
            if (expected.isPresent()) {
                assertSame("a refusal leaves nothing", before, play.gate);
            }
        }

        private Command.ByPerson command() {
            String who = person();
            int kind = random.nextInt(20);
            if (kind < 14) {
                String comment = random.nextInt(20) == 0 ? "x".repeat(10_001) : random.nextBoolean() ? "" : "ünïcödé 😀\n";
                List<String> ticks = random.nextInt(15) == 0 ? List.of("No such line") : List.of("Tests passed");
                Map<String, String> inputs = random.nextInt(15) == 0 ? Map.of("region", "mars") : Map.of("region", "us", "notes", "\t\"");
                return kind < 10
                        ? new Command.Approve(who, comment, ticks, inputs)
                        : new Command.Defer(who, comment, later(), ticks, inputs);
            }
            return kind < 18
                    ? new Command.Withdraw(who, "")
                    : new Command.Reject(who, random.nextInt(3) == 0 ? " " : "no");
        }

        /** Soon as a rule; now and then not later than now, or not before the end. */
        private Instant later() {
            return random.nextInt(10) == 0 ? play.deadline() : play.now.plus(Duration.ofHours(random.nextInt(30)));
        }

        /** What the pages show beforehand is what happens then. */
        private void checkPreviews(String who) {
            Standing standing = play.standing(who);
            assertEquals(
                    "may approve",
                    naive.mayApprove(who, play.now),
                    GateRules.whyNotApprove(play.gate, standing, play.conditions, play.now).isEmpty());
            assertEquals(
                    "may reject",
                    naive.mayReject(who, play.now),
                    GateRules.whyNotReject(play.gate, standing, play.now).isEmpty());
            boolean open = naive.outcome.isEmpty() && play.now.isBefore(play.deadline());
            assertEquals(
                    "may withdraw",
                    open && naive.mayWithdraw(who),
                    GateRules.mayWithdraw(play.gate, standing, play.now));
        }

        private void check() {
            Gate gate = play.gate;
            Tally tally = gate.tally();
            assertEquals(naive.outcome, gate.closed().map(GateEvent.Closed::outcome));
            assertEquals(List.copyOf(naive.approvers()), play.approvers());
            assertEquals(naive.given(), tally.given());
            assertEquals(naive.required(), tally.required());
            if (naive.outcome.equals(Optional.of(Outcome.APPROVED))) {
                assertTrue("approved", tally.complete());
            }
            assertEquals(naive.given() >= naive.required(), tally.complete());
            assertEquals(tally.complete(), tally.missing().isEmpty());
            checkPlaces(gate, tally);
            List<Recorded> ends = gate.history().stream()
                    .filter(recorded -> recorded.event() instanceof GateEvent.Closed)
                    .toList();
            assertEquals("closings", naive.outcome.isPresent() ? 1 : 0, ends.size());
            if (!ends.isEmpty()) {
                assertSame("the last", gate.history().get(gate.history().size() - (released ? 2 : 1)), ends.get(0));
            }
            checkChecksAndLock(gate);
        }

        private void checkChecksAndLock(Gate gate) {
            assertEquals("recorded of checks", naive.recorded, count(gate, GateEvent.CheckEvaluated.class));
            boolean opened = naive.outcome.filter(Outcome::opens).isPresent();
            assertEquals("got the lock", gate.wantsLock() && opened ? 1 : 0, count(gate, GateEvent.Locked.class));
            assertEquals("has the lock", gate.wantsLock() && opened && !released, gate.holdsLock());
        }

        private int count(Gate gate, Class<? extends GateEvent> kind) {
            return (int) gate.history().stream().map(Recorded::event).filter(kind::isInstance).count();
        }

        /** One person never fills two places, and the requester none unless allowed. */
        private void checkPlaces(Gate gate, Tally tally) {
            List<String> placed = new ArrayList<>();
            for (int entry = 0; entry < gate.policy().approvers().size(); entry++) {
                placed.addAll(tally.filledBy(entry));
            }
            assertEquals("places", tally.given(), placed.size());
            assertEquals("people", tally.given(), placed.stream().filter(this::isFirstOfTheirName).distinct().count());
            if (!gate.policy().requesterMayApprove()) {
                assertTrue("requesters stay out", placed.stream().noneMatch(this::isRequester));
            }
        }

        private boolean isFirstOfTheirName(String who) {
            return play.approvers().stream().filter(other -> town.same(who, other)).findFirst().equals(Optional.of(who));
        }

        private boolean isRequester(String who) {
            return requesters.stream().anyMatch(other -> town.same(who, other));
        }

        private void checkReplay() throws IOException {
            List<Recorded> read = new ArrayList<>();
            for (Recorded recorded : play.gate.history()) {
                read.add(throughJson(recorded));
            }
            assertReplayed(Gate.replay(play.gate.id(), read), play.gate);
            Recorded restored = throughJson(new Recorded(99, new GateEvent.Restored(play.now, play.gate.history())));
            Gate again = Gate.open(play.gate.id(), restored);
            assertThat(again.approvals()).isEqualTo(play.gate.approvals());
            assertThat(again.closed()).isEqualTo(play.gate.closed());
            assertThat(again.holdsLock()).isEqualTo(play.gate.holdsLock());
        }

        private Recorded throughJson(Recorded recorded) throws IOException {
            JournalLine.Draft draft = EventCodec.draft(play.gate.id(), recorded.event());
            return EventCodec.decode(new JournalLine(
                    recorded.seq(),
                    Instant.parse(draft.at().toString()),
                    draft.gate(),
                    draft.type(),
                    draft.actor(),
                    (ObjectNode) Json.read(Json.canonical(draft.data())),
                    JournalLine.NO_HASH,
                    JournalLine.NO_HASH));
        }

        private void assertReplayed(Gate actual, Gate expected) {
            assertThat(actual.history()).isEqualTo(expected.history());
            assertThat(actual.approvals()).isEqualTo(expected.approvals());
            assertThat(actual.policy()).isEqualTo(expected.policy());
            assertThat(actual.standIns()).isEqualTo(expected.standIns());
            assertThat(actual.bypassed()).isEqualTo(expected.bypassed());
            assertThat(actual.closed()).isEqualTo(expected.closed());
            assertThat(actual.inputs()).isEqualTo(expected.inputs());
            assertThat(actual.holdsLock()).isEqualTo(expected.holdsLock());
            for (int i = 0; i < expected.requested().checks().size(); i++) {
                assertThat(actual.check(i)).isEqualTo(expected.check(i));
            }
            assertThat(actual.tally().given()).isEqualTo(expected.tally().given());
        }
    }
}
