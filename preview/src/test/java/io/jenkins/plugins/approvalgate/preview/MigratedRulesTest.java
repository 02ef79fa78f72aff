package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Fuzz;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Decision;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.People;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.engine.gate.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Two thousand environments by chance, twenty runs through each: what ours lets through Azure DevOps would have let through. A
 * failure names the seed.
 */
public class MigratedRulesTest {

    private static final int ENVIRONMENTS = 2_000;
    private static final int RUNS = 20;
    private static final long FIRST_SEED = 20_261_126;
    private static final CheckTypes TYPES = CheckTypes.of(new PreviewSurroundings(Map.of(), "", Path.of("")), List.of());

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder(Fuzz.memory());

    private int both;
    private int shut;
    private int stricter;
    private int neither;

    @Test
    public void whomAzureKeepsOut_weKeepOut() throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + ENVIRONMENTS; seed++) {
            AzureEnvironment azure = new AzureEnvironment(new Random(seed));
            try {
                Environment ours = AzureAnswers.migrated(azure.json(), folder.getRoot().toPath()).environments().get(0);
                assertThat(ours.timeout()).isLessThanOrEqualTo(Duration.ofMinutes(azure.shortestMinutes()));
                for (int i = 0; i < RUNS; i++) {
                    compare(azure, ours, azure.run());
                }
            } catch (AssertionError | RuntimeException | IOException | StartFailure failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage() + "\n" + azure.json(), failed);
            }
        }
        int all = ENVIRONMENTS * RUNS;
        // A tool that shuts everything would be strict, too.
        assertThat(both).as("both let through").isGreaterThan(all / 50);
        assertThat(neither).as("neither does").isGreaterThan(all / 4);
        assertThat(stricter + shut).as("ours alone keeps out").isLessThan(all / 5);
    }

    private void compare(AzureEnvironment azure, Environment ours, AzureEnvironment.Run run) {
        boolean there = azure.lets(run);
        boolean here = opens(ours, run);
        assertThat(here && !there).as("ours lets through, Azure does not: %s", run).isFalse();
        if (here) {
            both++;
        } else if (!there) {
            neither++;
        } else if (ours.checks().stream().anyMatch(check -> check.kind().equals("changeFreeze"))) {
            shut++;
        } else {
            stricter++;
        }
    }

    private static boolean opens(Environment environment, AzureEnvironment.Run run) {
        GateRequest plain = Given.request(environment.name(), 1, Set.of(id(run.requester())));
        GateRequest request = new GateRequest(
                plain.key(), plain.environment(), plain.job(), plain.build(), plain.buildUrl(), plain.stage(),
                Origin.branch(run.branch()), plain.requestedBy(), plain.requesters(), plain.message(), plain.metrics(),
                plain.links(), List.of());
        List<GateEvent> events = new ArrayList<>();
        GateEvent.Requested requested = GateEvent.Requested.of(request, environment, run.at());
        Gate gate = Gate.open("gate-1", new Recorded(1, requested));
        Conditions conditions = conditions(gate, request, run);
        People people = new Members(run.groups());
        for (String person : run.people()) {
            Command.Approve approve = Given.approve(id(person));
            Decision decision =
                    GateRules.decide(gate, approve, Standing.of(gate, approve.actor(), people), conditions, run.at());
            gate = taken(gate, decision, events);
        }
        gate = taken(gate, GateRules.settle(gate, conditions, run.at()), events);
        return gate.closed().filter(closed -> closed.outcome() == Outcome.APPROVED).isPresent();
    }

    private static Gate taken(Gate gate, Decision decision, List<GateEvent> events) {
        Gate after = gate;
        if (decision instanceof Decision.Accepted accepted) {
            for (GateEvent event : accepted.events()) {
                events.add(event);
                after = after.apply(new Recorded(events.size() + 1L, event));
            }
        }
        return after;
    }

    private static Conditions conditions(Gate gate, GateRequest request, AzureEnvironment.Run run) {
        List<CheckResult> results = new ArrayList<>();
        for (CheckSpec spec : gate.requested().checks()) {
            Subject subject = new Subject("gate-1", request, run.at(), gate.requested().deadline(), results.size());
            Check check = TYPES.create(spec);
            results.add(check instanceof Check.OfTime time
                    ? time.evaluate(subject, run.at())
                    : ((Check.OfRequest) check).evaluate(subject));
        }
        return new Conditions(results, Optional.empty(), Optional.empty());
    }

    private static String id(String person) {
        return person + "@example.com";
    }

    /** Groups as the tool names them, with the people that the run has in them. */
    private record Members(Map<String, Set<String>> groups) implements People {
        @Override
        public boolean same(String userId, String otherUserId) {
            return userId.equalsIgnoreCase(otherUserId);
        }

        @Override
        public boolean inGroup(String userId, String group) {
            // Whoever it is that shall approve where Azure asks nobody.
            return group.equals("generated approvers")
                    || groups.entrySet().stream().anyMatch(each -> group.equals("[Fabrikam] " + each.getKey())
                            && each.getValue().stream().map(MigratedRulesTest::id).anyMatch(userId::equals));
        }
    }
}
