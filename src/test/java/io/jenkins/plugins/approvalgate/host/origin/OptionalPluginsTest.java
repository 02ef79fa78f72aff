package io.jenkins.plugins.approvalgate.host.origin;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RealJenkinsRule;

/** A controller that has none of the plugins that we can do without, but those that run a pipeline. */
public class OptionalPluginsTest {

    @Rule
    public final RealJenkinsRule controller = new RealJenkinsRule()
            .omitPlugins(
                    "git",
                    "pipeline-groovy-lib",
                    "pipeline-model-definition",
                    "workflow-multibranch",
                    "configuration-as-code",
                    "metrics",
                    "pipeline-graph-view");

    @Test
    public void withoutThem_aBuildPassesItsGate() throws Throwable {
        controller.then(OptionalPluginsTest::passesItsGate);
    }

    private static void passesItsGate(JenkinsRule jenkins) throws Throwable {
        assertThat(jenkins.jenkins.getPlugin("git")).isNull();
        configure(environment("production", "any", user("alice")));
        WorkflowRun run = pipeline(jenkins.jenkins, "deploy", "approvalGate('production') { echo 'deployed' }")
                .scheduleBuild2(0)
                .waitForStart();
        assertThat(openGate().request().origin())
                .isEqualTo(new Origin(Optional.empty(), Optional.empty(), List.of(), false));
        jenkins.waitForMessage("Waiting at the gate of production", run);
        approve(openGate(), "alice");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("deployed", run);
    }
}
