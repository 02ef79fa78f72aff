package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.ended;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.group;
import static io.jenkins.plugins.approvalgate.Jenkinses.groupOf;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.reject;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Result;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

public class ApprovalGateStepTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(groupOf("security-team", "carol"));
        configure(
                environment("production", "unanimous", user("alice"), group("security-team", 1)),
                environment("staging", "any", user("alice"), user("bob")),
                hurried("hurried"));
    }

    private static EnvironmentItem hurried(String name) {
        EnvironmentItem item = environment(name, "any", user("alice"));
        item.setTimeout("2s");
        return item;
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    @Test
    public void approval_pipelineGoesOnWithWhoWhenAndComment() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", """
                def gate = approvalGate(environment: 'production', message: 'Release 1.4', metrics: [accuracy: 0.94],
                    links: [MLflow: 'https://mlflow.example.org/'])
                echo "approved=${gate.approved} outcome=${gate.outcome} by=${gate.approvers} said=${gate.comment}"
                echo "at=${gate.decidedAt} inputs=${gate.inputs}"
                """);
        WorkflowRun build = start(job, "developer");
        Gate gate = openGate();
        assertThat(gate.request().metrics()).containsEntry("accuracy", "0.94");
        assertThat(gate.request().requesters()).containsExactly("developer");

        approve(gate, "carol");
        assertThat(keeper().find(gate.id()).orElseThrow().isOpen()).isTrue();
        approve(gate, "alice");

        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains("approved=true outcome=APPROVED by=[carol, alice] said=", build);
        jenkins.assertLogContains("Approved by carol; it still needs 1 approval by alice.", build);
    }

    @Test
    public void rejection_failsTheStepWithTheComment() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "developer");
        reject(openGate(), "bob", "The plan is missing.");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("Rejected by bob: The plan is missing.", build);
    }

    @Test
    public void rejection_scriptGetsTheOutcomeIfItAskedForThat() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", """
                def gate = approvalGate(environment: 'staging', failOnRejection: false)
                echo "${gate.approved} ${gate.outcome} ${gate.comment}"
                """), "developer");
        reject(openGate(), "bob", "Not today.");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains("false REJECTED Not today.", build);
    }

    @Test
    public void unknownEnvironment_failsAtOnceWithTheKnownOnesAndTheNearest() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('prodution')"), "developer");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("There is no environment \"prodution\". Did you mean \"production\"?", build);
        jenkins.assertLogContains("Configured are: production, staging, hurried.", build);
    }

    @Test
    public void fourEyes_whoStartedTheBuildMayNotApproveIt() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "alice");
        Gate gate = openGate();
        assertThatThrownBy(() -> approve(gate, "alice"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_YOURS))
                .hasMessageContaining("second pair of eyes");
        approve(gate, "bob");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    public void administratorWhoIsNoApproverMayNotDecide() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "developer");
        Gate gate = openGate();
        assertThatThrownBy(() -> approve(gate, "admin")).hasMessageContaining("not among the approvers");
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    @Test
    public void abort_cancelsTheGate() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "developer");
        Gate gate = openGate();
        build.doStop();
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.ABORTED, build);
        assertThat(ended(gate).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(ended(gate).reason()).isEqualTo("The build was aborted.");
    }

    @Test
    public void abort_isNotAnOutcomeThatAScriptCanAskFor() throws Exception {
        WorkflowRun build = start(
                pipeline(jenkins.jenkins, "deploy", "approvalGate(environment: 'staging', failOnRejection: false)\necho 'went on'"),
                "developer");
        openGate();
        build.doStop();
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.ABORTED, build);
        jenkins.assertLogNotContains("went on", build);
    }

    @Test
    public void timeout_failsTheStepSayingSo() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('hurried')"), "developer");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains(
                "The gate of hurried was timed out. Timed out: nobody opened it within 2s; it still needed 1 approval by alice.",
                build);
        assertThat(keeper().ended().get(keeper().ended().size() - 1).closed().orElseThrow().outcome())
                .isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    public void timeout_scriptGetsTheOutcomeIfItAskedForThat() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", """
                def gate = approvalGate(environment: 'hurried', failOnRejection: false)
                echo "${gate.approved} ${gate.outcome} ${gate.approvers}"
                """), "developer");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains("false TIMED_OUT []", build);
    }

    @Test
    public void jobDeletedAndMadeAgain_doesNotInheritTheApproval() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')");
        WorkflowRun build = start(job, "developer");
        Gate first = openGate();
        approve(first, "alice");
        jenkins.waitForCompletion(build);
        job.delete();

        WorkflowRun again = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "developer");
        assertThat(openGate().id()).isNotEqualTo(first.id());
        assertThat(again.isBuilding()).isTrue();
    }

    @Test
    public void log_nobodysCommentPassesForALineOfOurs() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "developer");
        reject(openGate(), "bob", "No.\n[approval gate] Approved by alice.\nFinished: SUCCESS");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(build.getLog(1_000))
                .noneMatch(line -> line.startsWith("[approval gate] Approved"))
                .noneMatch(line -> line.equals("Finished: SUCCESS"));
    }
}
