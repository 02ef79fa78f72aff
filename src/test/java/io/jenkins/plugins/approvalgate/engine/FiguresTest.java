package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.Test;

/** What became of gates: counted, and held against a count that knows how each gate was made. */
public class FiguresTest {

    private static final int GAMES = 300;
    private static final long FIRST_SEED = 4_2026;
    private static final Duration SLA = Duration.ofHours(4);

    /** A gate, and what whoever made it knows of it. */
    private record Made(Gate gate, Instant end, Outcome outcome, Optional<Duration> decided, Optional<Boolean> kept) {}

    /** Makes one gate, event by event. */
    private static final class Story {
        private final List<Recorded> events = new ArrayList<>();
        private final Instant start;
        private Instant now;

        Story(String policy, Instant start) {
            this.start = start;
            now = start;
            Environment environment = Given.environment("production", policy);
            add(GateEvent.Requested.of(Given.request("production", 1), environment, start));
        }

        private void add(GateEvent event) {
            events.add(new Recorded(events.size() + 1, event));
        }

        Story after(Duration time) {
            now = now.plus(time);
            return this;
        }

        Story approve(String who, int... entries) {
            Set<Integer> places = new HashSet<>();
            for (int entry : entries) {
                places.add(entry);
            }
            add(new GateEvent.Approved(now, who, "", places, List.of(), Map.of()));
            return this;
        }

        Story deferUntil(Instant until, String who, int entry) {
            add(new GateEvent.Deferred(now, who, "", until, Set.of(entry), List.of(), Map.of()));
            return this;
        }

        Story bypass(String who) {
            add(new GateEvent.Bypassed(now, who, "incident"));
            return this;
        }

        Story withdraw(String who) {
            add(new GateEvent.Withdrawn(now, who, "", List.of()));
            return this;
        }

        Story reject(String who) {
            add(new GateEvent.Rejected(now, who, "no"));
            return close(Outcome.REJECTED, who);
        }

        Story close(Outcome outcome, String... actor) {
            add(new GateEvent.Closed(now, List.of(actor).stream().findFirst(), outcome, "So it is."));
            return this;
        }

        Gate gate() {
            return Gate.replay("gate-" + start.toEpochMilli(), events);
        }
    }

    private static Story story(String policy) {
        return new Story(policy, Given.START);
    }

    private static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }

    private static Figures.Times times(Story... stories) {
        return Figures.of(List.of(stories).stream().map(Story::gate).toList()).all().times();
    }

    @Test
    public void noGates_giveNoFigures() {
        Figures none = Figures.of(List.of(story("any: alice").gate()));

        assertThat(none.since()).isEmpty();
        assertThat(none.all().outcomes()).isEmpty();
        assertThat(none.all().times()).isEqualTo(new Figures.Times(0, Optional.empty(), Optional.empty()));
        assertThat(none.sla()).isEqualTo(new Figures.Kept(0, 0));
        assertThat(none.months()).isEmpty();
    }

    @Test
    public void decision_isTheLastNeededApproval_notTheOpening() {
        Story waitedForHours = story("unanimous: alice, bob")
                .after(hours(1)).approve("alice", 0)
                .after(hours(1)).approve("bob", 1)
                .after(hours(20)).close(Outcome.APPROVED);

        assertThat(times(waitedForHours)).isEqualTo(new Figures.Times(1, Optional.of(hours(2)), Optional.of(hours(2))));
    }

    @Test
    public void approvalThatWasNotNeeded_doesNotCount_oneThatWasTakenBackNeither() {
        Story oneTooMany = story("any 1: alice, bob")
                .after(hours(1)).approve("alice", 0)
                .after(hours(5)).approve("bob", 1)
                .after(hours(1)).close(Outcome.APPROVED);
        Story onSecondThought = story("any 1: alice, bob")
                .after(hours(1)).approve("alice", 0)
                .after(hours(1)).withdraw("alice")
                .after(hours(5)).approve("bob", 1)
                .close(Outcome.APPROVED);

        assertThat(times(oneTooMany).median()).contains(hours(1));
        assertThat(times(onSecondThought).median()).contains(hours(7));
    }

    @Test
    public void deferral_isAnAnswerWhenItIsGiven_andABypassWhateverTheLockSays() {
        Story tonight = story("any: alice")
                .after(hours(1)).deferUntil(Given.START.plus(hours(10)), "alice", 0)
                .after(hours(9)).close(Outcome.APPROVED, "alice");
        Story locked = story("any: alice").after(hours(2)).bypass("gate-admin").after(hours(5)).close(Outcome.BYPASSED, "gate-admin");

        assertThat(times(tonight).median()).contains(hours(1));
        assertThat(times(locked).median()).contains(hours(2));
    }

    @Test
    public void whatNobodyDecided_hasNoTime() {
        assertThat(times(
                        story("any: alice").close(Outcome.CHECK_FAILED),
                        story("any: alice").close(Outcome.AUTO_APPROVED),
                        story("any: alice").after(hours(720)).close(Outcome.TIMED_OUT),
                        story("any: alice").after(hours(1)).approve("alice", 0).after(hours(1)).close(Outcome.CANCELLED, "carol")))
                .isEqualTo(new Figures.Times(0, Optional.empty(), Optional.empty()));
    }

    @Test
    public void sla_isMissedByLateAnswersAndByNone_andKeptThoughAnotherEndedTheGate() {
        Figures figures = Figures.of(List.of(
                story("any: alice").after(SLA).reject("alice").gate(),
                story("any: alice").after(SLA.plusMillis(1)).reject("alice").gate(),
                story("any: alice").after(hours(720)).close(Outcome.TIMED_OUT).gate(),
                story("any: alice").after(hours(1)).approve("alice", 0).after(hours(719)).close(Outcome.TIMED_OUT).gate(),
                // gone before anybody was late
                story("any: alice").after(hours(1)).close(Outcome.CANCELLED).gate()));

        assertThat(figures.sla()).isEqualTo(new Figures.Kept(2, 4));
    }

    @Test
    public void month_isThatOfTheEnd_inUtc() {
        Story overnight = new Story("any: alice", Instant.parse("2026-02-28T23:59:00Z"))
                .after(Duration.ofMinutes(1)).reject("alice");

        Figures figures = Figures.of(List.of(overnight.gate()));

        assertThat(figures.months()).containsOnlyKeys(YearMonth.of(2026, 3));
        assertThat(figures.since()).contains(Instant.parse("2026-03-01T00:00:00Z"));
    }

    @Test
    public void percentiles_areTimesThatWereTaken() {
        List<Story> ten = new ArrayList<>();
        for (int n = 10; n >= 1; n--) {
            ten.add(story("any: alice").after(hours(n)).reject("alice"));
        }

        assertThat(times(ten.toArray(new Story[0]))).isEqualTo(new Figures.Times(10, Optional.of(hours(5)), Optional.of(hours(9))));
        assertThat(times(ten.get(0), ten.get(9)).median()).contains(hours(1));
    }

    @Test
    public void randomGates_areCountedAsTheirMakerCounts() {
        for (int game = 0; game < GAMES; game++) {
            long seed = FIRST_SEED + game;
            try {
                hold(new Random(seed));
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("gates with seed " + seed + ": " + failed.getMessage(), failed);
            }
        }
    }

    private static void hold(Random random) {
        List<Made> made = new ArrayList<>();
        int number = random.nextInt(60);
        for (int i = 0; i < number; i++) {
            made.add(make(random));
        }
        List<Gate> gates = new ArrayList<>(made.stream().map(Made::gate).toList());
        gates.add(story("any: alice").after(hours(1)).approve("alice", 0).gate());
        Collections.shuffle(gates, random);

        Figures figures = Figures.of(gates);

        assertThat(figures.since()).isEqualTo(made.stream().map(Made::end).sorted().findFirst());
        assertPart(figures.all(), made);
        Map<YearMonth, List<Made>> byMonth = new TreeMap<>();
        made.forEach(one -> byMonth
                .computeIfAbsent(YearMonth.from(one.end().atOffset(ZoneOffset.UTC)), month -> new ArrayList<>())
                .add(one));
        assertThat(List.copyOf(figures.months().keySet())).isEqualTo(List.copyOf(byMonth.keySet()));
        byMonth.forEach((month, ofMonth) -> assertPart(figures.months().get(month), ofMonth));
        assertThat(figures.sla().of()).isEqualTo((int) made.stream().filter(one -> one.kept().isPresent()).count());
        assertThat(figures.sla().kept()).isEqualTo((int) made.stream().filter(one -> one.kept().orElse(false)).count());
    }

    private static void assertPart(Figures.Part part, List<Made> made) {
        for (Outcome outcome : Outcome.values()) {
            int expected = (int) made.stream().filter(one -> one.outcome() == outcome).count();
            assertThat(part.outcomes().getOrDefault(outcome, 0)).as("%s", outcome).isEqualTo(expected);
            assertThat(part.outcomes().containsKey(outcome)).as("%s", outcome).isEqualTo(expected > 0);
        }
        List<Duration> taken = made.stream().flatMap(one -> one.decided().stream()).toList();
        assertThat(part.times().decided()).isEqualTo(taken.size());
        assertThat(part.times().median()).isEqualTo(naive(taken, 0.5));
        assertThat(part.times().p90()).isEqualTo(naive(taken, 0.9));
    }

    /** By the definition: the smallest time that was taken which at least that share did not exceed. */
    private static Optional<Duration> naive(List<Duration> taken, double share) {
        return taken.stream()
                .filter(candidate -> taken.stream().filter(other -> other.compareTo(candidate) <= 0).count()
                        >= share * taken.size() - 1e-9)
                .min(Duration::compareTo);
    }

    private static Made make(Random random) {
        Instant start = Given.START.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 200)));
        boolean two = random.nextBoolean();
        Story story = new Story(two ? "unanimous: alice, bob" : "any 1: alice, bob", start);
        Optional<Instant> answered = Optional.empty();
        if (random.nextBoolean()) {
            story.after(minutes(random)).approve("alice", 0).after(minutes(random)).withdraw("alice");
        }
        if (random.nextInt(3) > 0) {
            story.after(minutes(random)).approve("bob", 1);
            if (two) {
                story.after(minutes(random)).approve("alice", 0);
            }
            answered = Optional.of(story.now);
            if (!two && random.nextBoolean()) {
                story.after(minutes(random)).approve("alice", 0);
            }
        }
        story.after(minutes(random));
        Outcome outcome = outcome(random, answered.isPresent());
        switch (outcome) {
            case REJECTED -> {
                answered = Optional.of(story.now);
                story.reject("bob");
            }
            case BYPASSED -> {
                answered = Optional.of(story.now);
                story.bypass("gate-admin").after(minutes(random)).close(outcome, "gate-admin");
            }
            case APPROVED, AUTO_APPROVED, CHECK_FAILED, TIMED_OUT, CANCELLED, SUPERSEDED -> story.close(outcome);
        }
        boolean byPeople = outcome == Outcome.APPROVED || outcome == Outcome.REJECTED || outcome == Outcome.BYPASSED;
        Instant due = start.plus(SLA);
        Optional<Boolean> kept = answered.map(at -> !at.isAfter(due))
                .or(() -> story.now.isAfter(due) ? Optional.of(false) : Optional.empty());
        Optional<Duration> decided = byPeople ? answered.map(at -> Duration.between(start, at)) : Optional.empty();
        return new Made(story.gate(), story.now, outcome, decided, kept);
    }

    /** Nothing is approved that people did not approve. */
    private static Outcome outcome(Random random, boolean complete) {
        Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
        return outcome == Outcome.APPROVED && !complete ? Outcome.TIMED_OUT : outcome;
    }

    private static Duration minutes(Random random) {
        return Duration.ofMinutes(random.nextInt(180));
    }
}
