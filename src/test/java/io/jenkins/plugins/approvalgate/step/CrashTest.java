package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGates;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.reject;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RealJenkinsRule;

/** A controller that is killed, without a chance to write anything more. */
public class CrashTest {

    @Rule
    public final RealJenkinsRule controller = new RealJenkinsRule();

    @Test
    public void whatWasAcknowledgedIsThereAfterAKill() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(CrashTest::decideHalf);
        controller.stopJenkinsForcibly();
        controller.startJenkins();
        controller.runRemotely(CrashTest::decideTheRest);
    }

    /** Three builds wait for alice and bob; one has bob's approval, one is rejected, when the controller dies. */
    private static void decideHalf(JenkinsRule jenkins) throws Throwable {
        configure(environment("production", "unanimous", user("alice"), user("bob")));
        for (String job : new String[] {"approved", "rejected", "untouched"}) {
            WorkflowRun build = pipeline(jenkins.jenkins, job, "echo approvalGate('production').outcome")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("Waiting at the gate of production", build);
        }
        approve(openGateOf("approved"), "bob");
        reject(openGateOf("rejected"), "bob", "No.");
    }

    private static Gate openGateOf(String job) {
        return keeper().open().stream()
                .filter(gate -> gate.request().job().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private static void decideTheRest(JenkinsRule jenkins) throws Throwable {
        openGates(2);
        assertThat(openGateOf("approved").approvals()).extracting(Approval::approver).containsExactly("bob");
        approve(openGateOf("approved"), "alice");
        approve(openGateOf("untouched"), "alice");
        approve(openGate(), "bob");
        for (String job : new String[] {"approved", "untouched"}) {
            WorkflowRun build = build(jenkins, job);
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatusSuccess(build);
            jenkins.assertLogContains("APPROVED", build);
        }
        WorkflowRun rejected = build(jenkins, "rejected");
        jenkins.waitForCompletion(rejected);
        jenkins.assertLogContains("Rejected by bob: No.", rejected);
        assertThat(keeper().journal().verify().ok()).isTrue();
    }

    private static WorkflowRun build(JenkinsRule jenkins, String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }
}
