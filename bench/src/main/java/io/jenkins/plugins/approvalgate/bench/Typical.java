package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values as a pipeline that deploys models would have them. */
final class Typical {

    /** A Monday at 10:00 in New York. */
    static final Instant MONDAY = Instant.parse("2026-03-02T15:00:00Z");

    private Typical() {}

    /** Branch control, and business hours that refuse approvals out of hours. */
    static List<CheckSpec> checks() {
        return List.of(
                new CheckSpec("branchControl", Map.of("allowed", "main")),
                new CheckSpec(
                        "businessHours",
                        Map.of(
                                "days", "MON-FRI",
                                "from", "09:00",
                                "to", "17:00",
                                "timeZone", "America/New_York",
                                "outside", "refuse")));
    }

    static Environment environment(String name, Order order, List<Approver> approvers, List<CheckSpec> checks) {
        return new Environment(
                name,
                "Final approval before " + name,
                new ApprovalPolicy(order, 1, approvers, false),
                Duration.ofDays(30),
                Optional.of(Duration.ofHours(48)),
                "Review the deployment plan.",
                List.of("Security review passed"),
                checks,
                Optional.empty());
    }

    /** What {@code job #build} asks for. */
    static GateRequest request(String environment, String job, int build, String requester) {
        return new GateRequest(
                "stage-9",
                environment,
                job,
                build,
                "job/" + job.replace("/", "/job/") + "/" + build + "/",
                Optional.of("DeployToProduction"),
                Origin.branch("main"),
                requester,
                Set.of(requester),
                "Release 1." + build + " of the sensor models",
                Map.of("accuracy", "0.94", "loss", "0.21"),
                List.of(new Link("MLflow", "https://mlflow.example.org/#/runs/" + build)),
                List.of(new InputField("region", InputField.Kind.CHOICE, List.of("eu", "us"), "eu", "Where to")));
    }

    static Command.Approve approve(String who) {
        return new Command.Approve(
                who, "Looks good: accuracy is above the baseline.", List.of("Security review passed"), Map.of());
    }
}
