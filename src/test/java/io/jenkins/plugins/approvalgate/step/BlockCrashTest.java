package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.step.Locks.awaitHolder;
import static io.jenkins.plugins.approvalgate.step.Locks.gateOf;
import static io.jenkins.plugins.approvalgate.step.Locks.goOn;
import static io.jenkins.plugins.approvalgate.step.Locks.pass;
import static io.jenkins.plugins.approvalgate.step.Locks.released;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RealJenkinsRule;

/** A controller that is killed while one build is busy under the lock and another one waits for it. */
public class BlockCrashTest {

    @Rule
    public final RealJenkinsRule controller = new RealJenkinsRule();

    @Test
    public void theLockStaysWithItsBlockAndThenGoesToTheNext() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(BlockCrashTest::oneIsBusyAndOneWaits);
        controller.stopJenkinsForcibly();
        controller.startJenkins();
        controller.runRemotely(BlockCrashTest::bothEndOneAfterTheOther);
    }

    private static void oneIsBusyAndOneWaits(JenkinsRule jenkins) throws Throwable {
        Locks.configureProduction("sequential");
        String script = """
                approvalGate('production') { approvalGate 'busy' }
                echo 'after'
                """;
        WorkflowRun busy = pipeline(jenkins.jenkins, "busy", script).scheduleBuild2(0).waitForStart();
        pass(busy);
        jenkins.waitForMessage("Waiting at the gate of busy", busy);
        WorkflowRun next = pipeline(jenkins.jenkins, "next", script).scheduleBuild2(0).waitForStart();
        approve(gateOf(next, "production"), "alice");
        jenkins.waitForMessage("Approved by alice", next);
    }

    private static WorkflowRun build(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getBuildByNumber(1);
    }

    private static void bothEndOneAfterTheOther(JenkinsRule jenkins) throws Throwable {
        Gate held = keeper().lockHolder("production").orElseThrow();
        assertThat(held.request().job()).isEqualTo("busy");
        Gate waiting = gateOf(build(jenkins, "next"), "production");
        goOn(build(jenkins, "busy"));
        awaitHolder(waiting);
        goOn(build(jenkins, "next"));
        for (String name : new String[] {"busy", "next"}) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins, name)));
            jenkins.assertLogContains("after", build(jenkins, name));
        }
        assertThat(released(waiting).at()).isAfter(released(held).at());
        assertThat(keeper().journal().verify().ok()).isTrue();
    }
}
