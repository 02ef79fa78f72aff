package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.jenkinsci.plugins.workflow.cps.nodes.StepNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A step that waits is marked as paused, which is what stage views look at. */
public class PauseTest {

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
    }

    private static List<FlowNode> steps(WorkflowRun build) {
        return new DepthFirstScanner()
                .filteredNodes(
                        build.getExecution(),
                        node -> node instanceof StepNode step
                                && step.getDescriptor() instanceof ApprovalGateStep.DescriptorImpl);
    }

    private static void begin(JenkinsRule jenkins, String script) throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("staging", "any", user("alice")));
        start(pipeline(jenkins.jenkins, "deploy", script), "developer");
        openGate();
    }

    private static void awaitPaused(JenkinsRule jenkins) {
        WorkflowRun build = build(jenkins);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(steps(build)).anyMatch(PauseAction::isPaused));
    }

    private static void assertPausedOnceAndOver(JenkinsRule jenkins) {
        assertThat(steps(build(jenkins))).isNotEmpty().noneMatch(PauseAction::isPaused);
        assertThat(steps(build(jenkins)).stream().flatMap(node -> PauseAction.getPauseActions(node).stream()))
                .singleElement()
                .satisfies(pause -> {
                    assertThat(pause.getCause()).isEqualTo("Approval gate");
                    assertThat(pause.getEndTime()).isGreaterThanOrEqualTo(pause.getStartTime());
                });
    }

    @Test
    public void throughARestart_untilTheGateOpens() throws Throwable {
        sessions.then(jenkins -> {
            begin(jenkins, "stage('Deploy') { approvalGate('staging') }");
            awaitPaused(jenkins);
        });
        sessions.then(jenkins -> {
            awaitPaused(jenkins);
            approve(openGate(), "alice");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins)));
            assertPausedOnceAndOver(jenkins);
        });
        sessions.then(PauseTest::assertPausedOnceAndOver);
    }

    @Test
    public void aBlockBehindTheGateIsNoPause() throws Throwable {
        sessions.then(jenkins -> {
            begin(jenkins, "approvalGate('staging') { echo 'behind' }");
            awaitPaused(jenkins);
            approve(openGate(), "alice");
            jenkins.waitForMessage("behind", build(jenkins));
            assertThat(steps(build(jenkins))).noneMatch(PauseAction::isPaused);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins)));
            assertPausedOnceAndOver(jenkins);
        });
    }

    @Test
    public void anAbortedBuildIsNotPausedAnyMore() throws Throwable {
        sessions.then(jenkins -> {
            begin(jenkins, "approvalGate('staging')");
            awaitPaused(jenkins);
            build(jenkins).doStop();
            jenkins.waitForCompletion(build(jenkins));
            assertPausedOnceAndOver(jenkins);
        });
    }
}
