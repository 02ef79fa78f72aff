package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.gate.Change;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The example pipeline: the same stages, gates and words as in examples/Jenkinsfile. */
final class Pipeline {

    static final String NAME = "mlops";
    static final String ARTIFACT = "changed_circuits.json";

    /** What every run pretends to bring. */
    static final List<Change> CHANGES = List.of(
            new Change("9c41e7d", "developer-1", "Retrain the circuits whose drift is above 0.2", Optional.empty()),
            new Change("51b0f3a", "ml-engineer-2", "Read the sensors' new calibration file", Optional.empty()));

    /** The branches that the example is about, in the order in which a change goes through them. */
    static final List<String> BRANCHES = List.of("develop", "release/1.0", "main");

    private record Stage(String name, String environment, String message) {}

    private static final List<Stage> TRAINING = List.of(
            new Stage("ValidateData", "", ""),
            new Stage("TrainCircuits", "", ""),
            new Stage("PromoteToRegistry", "registry-promotion", "The models are trained; 3 circuits changed"));
    private static final List<Stage> RELEASE = List.of(
            new Stage("PrepareTest", "", ""),
            new Stage("DeployToTest", "test-deployment", "The test environment is prepared"),
            new Stage("IntegrationTests", "", ""),
            new Stage("QASignOff", "qa-signoff", "All tests of the release passed"));
    private static final List<Stage> PRODUCTION = List.of(
            new Stage("PlanProduction", "", ""),
            new Stage("DeployToProduction", "production-deployment", "The deployment plan is written"));

    private static final List<Link> LINKS =
            List.of(new Link("MLflow", "https://mlflow.example.org/#/experiments/7"));

    private Pipeline() {}

    /** The steps that a run of {@code branch} goes through, none begun. */
    static List<Step> steps(String branch) {
        return stages(branch).stream()
                .map(stage -> Step.notBegun(stage.name(), Optional.of(stage.environment()).filter(e -> !e.isEmpty())))
                .toList();
    }

    private static List<Stage> stages(String branch) {
        if (branch.equals("main")) {
            return PRODUCTION;
        }
        return branch.startsWith("release/") ? RELEASE : TRAINING;
    }

    /** The metrics of a run that was given none. */
    static Map<String, String> metrics() {
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", "0.94");
        metrics.put("loss", "0.21");
        metrics.put("circuits", "128");
        return metrics;
    }

    /** What {@code run} asks before the stage of {@code step}: the same each time, so that the same gate is found. */
    static GateRequest request(Run run, Step step) {
        String message = stages(run.branch()).stream()
                .filter(stage -> stage.name().equals(step.stage()))
                .map(Stage::message)
                .findFirst()
                .orElse("");
        return new GateRequest(
                step.stage(),
                step.environment().orElseThrow(),
                NAME,
                run.number(),
                NAME + "/" + run.number() + "/",
                Optional.of(step.stage()),
                Origin.branch(run.branch()),
                run.user(),
                Set.of(run.user()),
                message,
                run.metrics(),
                LINKS,
                List.of());
    }
}
