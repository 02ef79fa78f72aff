package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Decision;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.engine.gate.Standing;
import io.jenkins.plugins.approvalgate.engine.gate.Substitute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Test;

/** The copy of the open gates that is searched: it says what a look at each of them says, and looks at few. */
public class OpenGatesTest {

    private static final int GAMES = 40;
    private static final int STEPS = 150;
    private static final List<String> PEOPLE = List.of("alice", "bob", "Carol", "dave", "erin", "frank");
    private static final List<Environment> ENVIRONMENTS = List.of(
            Given.environment("any", "any: alice, bob, @team"),
            Given.environment("two", "any 2: alice, @team, @own"),
            Given.environment("turns", "sequential: alice, @team*2, bob"),
            Given.environment("all", "unanimous: alice, bob, @team"),
            Given.environment("pair", "unanimous: @team*2, @own"),
            Given.environment("open", "any, requester may: alice, @team"));

    private final OpenGates open = new OpenGates();
    private final Map<String, Gate> all = new TreeMap<>();
    private final Town town = Town.of("team=carol,dave,erin");
    private Random random;
    private Instant now = Given.START;
    private int builds;

    @Test
    public void search_saysWhatALookAtEachGateSays() {
        int found = 0;
        for (int game = 0; game < GAMES; game++) {
            random = new Random(game);
            for (int step = 0; step < STEPS; step++) {
                step();
                found += compare("game " + game + ", step " + step);
            }
            all.values().stream().map(gate -> closed(gate)).forEach(this::put);
            all.clear();
            assertThat(open.size()).isZero();
            assertThat(open.after("", gate -> true)).isEmpty();
            assertThat(open.byEnvironment(request -> true)).isEmpty();
        }
        assertThat(found).as("gates that asked somebody").isGreaterThan(10_000);
    }

    private Gate closed(Gate gate) {
        return gate.isOpen() ? after(gate, GateRules.cancel(gate, Given.cancel(), now)) : gate;
    }

    private <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Directory directory() {
        return new Directory(List.of(new ApproverGroup("own", List.of("frank"), List.of())), town);
    }

    private void put(Gate gate) {
        all.put(gate.id(), gate);
        open.follow(gate);
    }

    private static Gate after(Gate gate, Decision decision) {
        Gate next = gate;
        if (decision instanceof Decision.Accepted accepted) {
            for (GateEvent event : accepted.events()) {
                next = next.apply(new Recorded(0, event));
            }
        }
        return next;
    }

    private void step() {
        now = now.plusSeconds(random.nextInt(600));
        if (random.nextInt(3) == 0 || all.isEmpty()) {
            Environment environment = of(ENVIRONMENTS);
            String job = of(List.of("team/app", "team/lib", "secret/app"));
            GateEvent.Requested requested = GateEvent.Requested.of(
                    Given.request(environment.name(), job, ++builds, Set.of(of(PEOPLE))), environment, now);
            put(Gate.open(GateId.next(now), new Recorded(0, requested)));
        } else if (random.nextInt(8) == 0) {
            town.set("team", new TreeSet<>(List.of(of(PEOPLE), of(PEOPLE), of(PEOPLE))));
        } else {
            Gate gate = of(List.copyOf(all.values()));
            put(after(gate, decide(gate, of(PEOPLE))));
        }
    }

    private Decision decide(Gate gate, String who) {
        Directory directory = directory();
        Standing standing = Standing.of(gate, who, directory);
        return switch (random.nextInt(10)) {
            case 0 -> GateRules.decide(gate, Given.withdraw(who), standing, Conditions.NONE, now);
            case 1 -> GateRules.decide(gate, Given.reject(who), standing, Conditions.NONE, now);
            case 2, 3 -> GateRules.decide(
                    gate, Given.defer(who, now.plusSeconds(1 + random.nextInt(3_600))), standing, Conditions.NONE, now);
            case 4, 5 -> {
                Command.Reassign command = Given.reassign(who, of(PEOPLE));
                Substitute to =
                        new Substitute(Standing.of(gate, command.to(), directory), true, true, Optional.empty());
                yield GateRules.reassign(gate, command, standing, to, now);
            }
            case 6 -> GateRules.bypass(gate, Given.bypass(who), true, new Conditions(List.of(), Optional.of("held"), Optional.empty()), now);
            default -> GateRules.decide(gate, Given.approve(who), standing, Conditions.NONE, now);
        };
    }

    private int compare(String about) {
        String who = of(PEOPLE);
        Directory directory = directory();
        List<Gate> each = all.values().stream().filter(Gate::isOpen).toList();
        String cursor = each.isEmpty() || random.nextBoolean() ? "" : of(each).id();
        Predicate<Gate> isAsked = gate -> isAsked(gate, Standing.of(gate, who, directory));
        List<Gate> expected = each.stream()
                .filter(gate -> gate.id().compareTo(cursor) > 0)
                .filter(isAsked)
                .toList();

        assertThat(open.after(cursor, gate -> GateRules.asks(gate, Standing.of(gate, who, directory), now))
                        .filter(isAsked))
                .as("%s, for %s", about, who)
                .isEqualTo(expected);
        assertThat(open.after("")).as(about).isEqualTo(each);
        assertThat(open.size()).as(about).isEqualTo(each.size());
        assertThat(open.byEnvironment(request -> !request.job().startsWith("secret")))
                .as(about)
                .isEqualTo(each.stream()
                        .filter(gate -> !gate.request().job().startsWith("secret"))
                        .collect(Collectors.groupingBy(gate -> gate.request().environment(), Collectors.counting())));
        return expected.size();
    }

    private boolean isAsked(Gate gate, Standing standing) {
        return !gate.tally().complete()
                && GateRules.whyNotReject(gate, standing, now).isEmpty()
                && GateRules.whyNotApprove(gate, standing, Conditions.NONE, now).isEmpty();
    }

    private List<Gate> open(int count, String environment) {
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            now = now.plusMillis(1);
            Environment of = ENVIRONMENTS.stream()
                    .filter(e -> e.name().equals(environment))
                    .findFirst()
                    .orElseThrow();
            Gate gate = Gate.open(
                    GateId.next(now),
                    new Recorded(0, GateEvent.Requested.of(Given.request(environment, "team/" + i % 7, ++builds, Set.of("x")), of, now)));
            put(gate);
            gates.add(gate);
        }
        return gates;
    }

    @Test
    public void search_asksOnceForAllGatesThatAskTheSame() {
        open(5_000, "any");
        open(5_000, "turns");
        Gate approved = open(1, "all").get(0);
        put(after(approved, GateRules.decide(
                approved, Given.approve("bob"), Standing.of(approved, "bob", directory()), Conditions.NONE, now)));
        AtomicInteger asked = new AtomicInteger();

        List<Gate> found = open.after("", gate -> {
                    asked.incrementAndGet();
                    return gate.request().environment().equals("turns");
                })
                .toList();

        assertThat(found).hasSize(5_000);
        assertThat(asked).hasValue(3);
    }

    @Test
    public void count_asksOnceForEachJobOfAnEnvironment() {
        open(700, "any");
        open(700, "two");
        AtomicInteger asked = new AtomicInteger();

        Map<String, Long> counts = open.byEnvironment(request -> asked.incrementAndGet() > 0);

        assertThat(counts).isEqualTo(Map.of("any", 700L, "two", 700L));
        assertThat(asked).hasValue(14);
    }

    @Test
    public void walk_seesWhatChangesWhileItGoes() {
        List<Gate> gates = open(1_000, "all");
        List<String> seen = new ArrayList<>();
        open.after("", gate -> true).forEach(gate -> {
            seen.add(gate.id());
            int next = seen.size();
            if (next % 100 == 0 && next + 50 < gates.size()) {
                // one that is still to come goes into a group that nobody has seen before
                Gate later = gates.get(gates.size() - 1 - next / 100);
                put(after(later, GateRules.decide(
                        later, Given.approve("bob"), Standing.of(later, "bob", directory()), Conditions.NONE, now)));
            }
        });

        assertThat(seen).isEqualTo(IntStream.range(0, 1_000).mapToObj(gates::get).map(Gate::id).toList());
    }
}
