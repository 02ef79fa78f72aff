package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Puppets;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.UnknownEnvironmentException;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;

/**
 * What the lists and counts say, against a look at each open gate by itself, after each of hundreds of steps: people decide,
 * defer, hand over and withdraw, groups change, hours end, builds come and end.
 */
public class InboxGamesTest {

    private static final int GAMES = 4;
    private static final int STEPS = 100;
    private static final List<String> PEOPLE =
            List.of("alice", "bob", "Carol", "dave", "erin", "frank", "starter", "gate-admin");
    private static final List<String> JOBS = List.of("team/app", "team/lib", "secret/app");
    private static final List<String> ENVIRONMENTS =
            List.of("any", "two", "turns", "all", "pair", "open", "locked", "hours");

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol,dave,erin ops=frank"),
            Given.environment("any", "any: alice, bob, @team"),
            Given.environment("two", "any 2: alice, @team, @own"),
            Given.environment("turns", "sequential: alice, @team*2, bob"),
            Given.environment("all", "unanimous: alice, bob, @team", Duration.ofHours(9)),
            Given.environment("pair", "unanimous: @team*2, @own"),
            Given.environment("open", "any, requester may: alice, starter, @ops"),
            Given.environment("locked", "any: alice, @team", List.of(), Optional.of(LockMode.NEWEST_ONLY)),
            Given.environment("hours", "any 2: alice, bob, carol", List.of(Puppets.timed("sun")), Optional.empty()));

    private Api api;
    private Random random;
    private int builds;

    @Test
    public void lists_areWhatALookAtEachGateSays() throws Exception {
        api = new Api(disk.keeper, disk.host);
        disk.host.approverGroups.add(new ApproverGroup("own", List.of("bob"), List.of("ops")));
        int shown = 0;
        for (int game = 0; game < GAMES; game++) {
            random = new Random(game);
            disk.keeper.open().forEach(this::end);
            for (int step = 0; step < STEPS; step++) {
                String what = step();
                FakeCaller caller = caller();
                String about = "game " + game + ", step " + step + ", after " + what + ", for " + caller;
                shown += compare(caller, about);
            }
        }
        assertThat(shown).as("gates in all inboxes").isGreaterThan(200);
    }

    private void end(Gate gate) {
        try {
            disk.keeper.cancel(gate.id(), Given.cancel());
        } catch (Refusal endedByItself) {
            assertThat(endedByItself.kind()).isEqualTo(Refusal.Kind.CLOSED);
        }
    }

    private FakeCaller caller() {
        Set<String> folders = random.nextInt(4) == 0 ? Set.of("team", "secret") : Set.of("team");
        return new FakeCaller(Optional.of(of(PEOPLE)).filter(who -> random.nextInt(20) > 0), true, folders, false);
    }

    private <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String step() {
        try {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> {
                    return request();
                }
                case 4 -> {
                    return group();
                }
                case 5 -> {
                    Duration by = Duration.ofMinutes(random.nextInt(120));
                    disk.clock.advance(by);
                    disk.keeper.clockMoved();
                    return "time went on by " + by;
                }
                case 6 -> {
                    CheckResult says = random.nextBoolean()
                            ? CheckResult.pass("It is day.")
                            : CheckResult.waiting("It is night.").barringApprovals();
                    disk.host.puppets.says("sun", says);
                    return says.reason();
                }
                default -> {
                    return decide();
                }
            }
        } catch (Refusal refused) {
            return refused.getMessage();
        }
    }

    private String request() throws Refusal {
        try {
            return disk.keeper
                    .request(Given.request(of(ENVIRONMENTS), of(JOBS), ++builds, Set.of(of(PEOPLE))))
                    .toString();
        } catch (UnknownEnvironmentException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String group() {
        Set<String> members = new TreeSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            members.add(of(PEOPLE));
        }
        String group = of(List.of("team", "ops"));
        disk.host.town.set(group, members);
        return group + " is now " + members;
    }

    private String decide() throws Refusal {
        List<Gate> open = disk.keeper.open().stream().sorted(Comparator.comparing(Gate::id)).toList();
        if (open.isEmpty()) {
            return "nothing";
        }
        String gate = of(open).id();
        String who = of(PEOPLE);
        Gate after =
                switch (random.nextInt(14)) {
                    case 0 -> disk.keeper.submit(gate, Given.withdraw(who));
                    case 1 -> disk.keeper.submit(gate, Given.reject(who));
                    case 2, 3 -> disk.keeper.submit(
                            gate, Given.defer(who, disk.clock.instant().plusSeconds(random.nextInt(7_200))));
                    case 4, 5, 6 -> disk.keeper.reassign(gate, Given.reassign(who, of(PEOPLE)));
                    case 7 -> disk.keeper.bypass(gate, new Command.Bypass(who, "It burns."), true);
                    case 8 -> disk.keeper.cancel(gate, Given.cancel());
                    default -> disk.keeper.submit(gate, Given.approve(who));
                };
        return who + " and " + after;
    }

    /** All that the API counts and lists; gives the length of the inbox. */
    private int compare(FakeCaller caller, String about) {
        String environment = of(ENVIRONMENTS);
        while (true) {
            long before = disk.keeper.openGates().changes();
            List<Gate> readable = disk.keeper.open().stream()
                    .filter(gate -> caller.mayRead(gate.request()))
                    .sorted(Comparator.comparing(Gate::id))
                    .toList();
            GateJson json = new GateJson(disk.keeper, disk.host, caller, disk.keeper.now());
            List<String> open = ids(readable, gate -> true);
            List<String> mine = ids(readable, json::isAsked);
            List<String> mineThere = ids(readable, gate -> gate.request().environment().equals(environment) && json.isAsked(gate));
            Map<String, Long> byEnvironment = readable.stream()
                    .collect(Collectors.groupingBy(gate -> gate.request().environment(), Collectors.counting()));

            List<String> openShown = all(caller, "scope=open", 50);
            List<String> mineShown = all(caller, "scope=mine", 1 + random.nextInt(9));
            List<String> thereShown = all(caller, "scope=mine&environment=" + environment, 3);
            JsonNode summary = api.get(caller, "summary").json();
            JsonNode rows = api.get(caller, "environments").json().path("environments");
            if (disk.keeper.openGates().changes() != before) {
                // something that was due by itself came in between
                continue;
            }
            assertThat(openShown).as(about).isEqualTo(open);
            assertThat(mineShown).as(about).isEqualTo(mine);
            assertThat(thereShown).as(about).isEqualTo(mineThere);
            assertThat(summary.path("waitingForYou").intValue()).as(about).isEqualTo(mine.size());
            assertThat(summary.path("open").intValue()).as(about).isEqualTo(open.size());
            rows.forEach(row -> assertThat(row.path("open").longValue())
                    .as("%s: %s", about, row)
                    .isEqualTo(byEnvironment.getOrDefault(row.path("name").textValue(), 0L)));
            return mine.size();
        }
    }

    private static List<String> ids(List<Gate> gates, Predicate<Gate> wanted) {
        return gates.stream().filter(wanted).map(Gate::id).toList();
    }

    private List<String> all(FakeCaller caller, String query, int limit) {
        List<String> ids = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            JsonNode page = api.get(caller, "gates?" + query + "&limit=" + limit + "&cursor=" + cursor).is(200).json();
            page.path("gates").forEach(row -> ids.add(row.path("id").textValue()));
            cursor = page.path("next").textValue();
        }
        return ids;
    }
}
