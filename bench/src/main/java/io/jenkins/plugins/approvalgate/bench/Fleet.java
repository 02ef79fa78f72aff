package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A large house: {@value #ENVIRONMENTS} environments, {@value #JOBS} jobs, {@value #PEOPLE} people. What a gate has is of the size
 * that the example environments have: three approver entries, three checks, a checklist of five, three metrics, two links. Nobody is to be reminded before
 * {@link JournalFactory#END}, so that a start writes nothing.
 */
public final class Fleet {

    static final int ENVIRONMENTS = 40;
    static final int JOBS = 2_000;
    static final int PEOPLE = 400;

    /** Every eighth environment lets one build pass at a time. */
    private static final int LOCKED = 8;

    private static final List<String> WORDS = List.of(
            "release", "candidate", "sensor", "model", "rollout", "hotfix", "schema", "canary", "baseline", "pipeline",
            "quarterly", "ledger", "checkout", "ingest", "forecast", "billing");

    private Fleet() {}

    /** All environments; the same each time. */
    public static List<Environment> environments() {
        return IntStream.range(0, ENVIRONMENTS).mapToObj(Fleet::environment).toList();
    }

    private static Environment environment(int number) {
        String name = "environment-" + number;
        return new Environment(
                name,
                "Final approval before " + name,
                policy(number),
                Duration.ofDays(160),
                Optional.of(Duration.ofDays(130)),
                "Compare the new version with the one that runs in " + name + " before it goes there.\nReject when an indicator"
                        + " fell, when the way back is missing, or when the change was not announced.\n",
                List.of(
                        "The indicators of the release are within the expected range",
                        "The tests of the release candidate passed",
                        "The way back was tried on the staging system of " + name,
                        "The change was announced to those who are on call",
                        "The comparison with the baseline was reviewed"),
                List.of(
                        new CheckSpec("branchControl", Map.of("allowed", List.of("main", "release/*"))),
                        new CheckSpec("allowedJobs", Map.of("allowed", List.of("team-*/**"))),
                        new CheckSpec(
                                "metricThreshold",
                                Map.of("condition", "accuracy >= 0.5", "whenTrue", "pass", "whenFalse", "fail"))),
                number % LOCKED == 0 ? Optional.of(LockMode.SEQUENTIAL) : Optional.empty());
    }

    private static ApprovalPolicy policy(int number) {
        return new ApprovalPolicy(
                Order.UNANIMOUS,
                1,
                List.of(
                        Approver.user(person(number)),
                        Approver.group("security-team", 1),
                        Approver.group("release-managers-" + number % 5, 1)),
                false);
    }

    /** The id of one of the {@value #PEOPLE}. */
    public static String person(int number) {
        return "person-" + number % PEOPLE;
    }

    /** What build {@code build} of a job asks. */
    static GateRequest request(String environment, int job, int build, SplittableRandom random) {
        String name = "team-" + job % 50 + "/service-" + job + "/main";
        String url = "job/" + name.replace("/", "/job/") + "/" + build + "/";
        String starter = person(random.nextInt(PEOPLE));
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", "0." + (5_000 + random.nextInt(5_000)));
        metrics.put("loss", "0." + (1_000 + random.nextInt(4_000)));
        metrics.put("circuits", Integer.toString(100 + random.nextInt(900)));
        return new GateRequest(
                "step-" + (20 + random.nextInt(40)),
                environment,
                name,
                Optional.of(new UUID(job, job * 31L).toString()),
                build,
                url,
                Optional.of("Deploy"),
                new Origin(
                        Optional.of(new Origin.Head(Origin.Kind.BRANCH, "main")),
                        Optional.of(new Origin.Script("https://git.example.com/team-" + job % 50 + "/service-" + job, "Jenkinsfile")),
                        List.of(new Origin.Library("deployment", "v4", true)),
                        false),
                starter,
                Set.of(starter),
                "May " + words(random, 3) + " of service-" + job + " pass? " + words(random, 5) + ".",
                metrics,
                List.of(
                        new Link("MLflow", "https://mlflow.example.com/#/experiments/" + job + "/runs/" + build),
                        new Link("Ticket", "https://tickets.example.com/browse/CHG-" + random.nextInt(1_000_000))),
                List.of());
    }

    /** Some of the words that people use here. */
    static String words(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }
}
