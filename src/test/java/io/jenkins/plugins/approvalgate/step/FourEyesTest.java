package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.reject;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.Map;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Whoever is behind a build does not approve it. */
public class FourEyesTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        EnvironmentItem trusting = environment("trusting", "any", user("alice"));
        trusting.setRequesterMayApprove(true);
        configure(environment("staging", "any", user("alice"), user("bob")), trusting);
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static void assertBarred(Gate gate, String person) {
        assertThatThrownBy(() -> approve(gate, person)).hasMessageContaining("second pair of eyes");
        assertThatThrownBy(() -> reject(gate, person, "no")).hasMessageContaining("second pair of eyes");
    }

    private static void finish(WorkflowRun build, Gate gate, String approver) throws Exception {
        approve(gate, approver);
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    public void upstream_whoStartedTheFirstBuildMayNotApproveTheLast() throws Exception {
        WorkflowRun first = start(pipeline(jenkins.jenkins, "first", "echo 'first'"), "alice");
        jenkins.waitForCompletion(first);
        WorkflowRun second = pipeline(jenkins.jenkins, "second", "echo 'second'")
                .scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(first)))
                .get();
        WorkflowRun third = pipeline(jenkins.jenkins, "third", "approvalGate('staging')")
                .scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(second)))
                .waitForStart();
        Gate gate = openGate();
        assertThat(gate.request().requesters()).containsExactly("alice");
        assertBarred(gate, "alice");
        finish(third, gate, "bob");
    }

    /** A build of {@code job} that {@code before} started. */
    private static WorkflowRun startedBy(WorkflowRun before, String job) throws Exception {
        WorkflowRun build = pipeline(jenkins.jenkins, job, "echo 'on'")
                .scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(before)))
                .get();
        jenkins.assertBuildStatusSuccess(build);
        return build;
    }

    /** The last of so many builds, each of which started the next, the first by {@code user}. */
    private static WorkflowRun chain(int length, String user) throws Exception {
        WorkflowRun last = start(pipeline(jenkins.jenkins, "link-0", "echo 'on'"), user);
        jenkins.waitForCompletion(last);
        for (int i = 1; i < length; i++) {
            last = startedBy(last, "link-" + i);
        }
        return last;
    }

    @Test
    public void upstream_throughMoreBuildsThanACauseTells() throws Exception {
        WorkflowRun last = chain(25, "alice");
        WorkflowRun build = pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')")
                .scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(last)))
                .waitForStart();
        Gate gate = openGate();
        assertThat(gate.request().requesters()).containsExactly("alice");
        assertBarred(gate, "alice");
        finish(build, gate, "bob");
    }

    @Test
    public void upstream_throughABuildThatIsGone_isRefused() throws Exception {
        WorkflowRun last = chain(14, "alice");
        jenkins.jenkins.getItem("link-2").delete();
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')");
        WorkflowRun build =
                job.scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(last))).get();
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("it cannot be found out who started this build: link-2 #1, through which it was started, is gone", build);
        // One of that name again, which nobody is behind, is not believed.
        pipeline(jenkins.jenkins, "link-2", "echo 'nobody'").scheduleBuild2(0).get();
        jenkins.assertBuildStatus(
                Result.FAILURE, job.scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(last))).get());
    }

    @Test
    public void rebuild_whoRebuiltMayNotApprove() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')");
        WorkflowRun original = start(job, "developer");
        reject(openGate(), "alice", "not yet");
        jenkins.waitForCompletion(original);
        WorkflowRun build;
        try (ACLContext asBob = ACL.as2(User.getById("bob", true).impersonate2())) {
            // As the Rebuilder plugin does it: the causes of the original with an upstream cause, and who rebuilt.
            build = job.scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(original), new Cause.UserIdCause()))
                    .waitForStart();
        }
        Gate gate = openGate();
        assertThat(gate.request().requesters()).containsExactlyInAnyOrder("bob", "developer");
        assertBarred(gate, "bob");
        finish(build, gate, "alice");
    }

    @Test
    public void restartFromStage_whoRestartedMayNotApprove() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", """
                pipeline {
                    agent none
                    stages { stage('Deploy') { steps { approvalGate('staging') } } }
                }
                """);
        WorkflowRun original = start(job, "developer");
        reject(openGate(), "alice", "not yet");
        jenkins.waitForCompletion(original);
        Queue.Item restarted;
        try (ACLContext asBob = ACL.as2(User.getById("bob", true).impersonate2())) {
            restarted = original.getAction(RestartDeclarativePipelineAction.class).run("Deploy");
        }
        WorkflowRun build = (WorkflowRun) restarted.getFuture().waitForStart();
        Gate gate = openGate();
        assertThat(gate.request().requesters()).contains("bob");
        assertBarred(gate, "bob");
        finish(build, gate, "alice");
    }

    @Test
    public void severalWhoAskedForTheSameBuild_areAllBehindIt() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')");
        WorkflowRun build = job.scheduleBuild2(
                        0, new CauseAction(new Cause.UserIdCause("developer"), new Cause.UserIdCause("alice")))
                .waitForStart();
        Gate gate = openGate();
        assertThat(gate.request().requesters()).containsExactlyInAnyOrder("developer", "alice");
        assertBarred(gate, "alice");
        finish(build, gate, "bob");
    }

    @Test
    public void replay_whoReplayedMayNotApprove() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "echo 'harmless'");
        WorkflowRun original = start(job, "developer");
        jenkins.waitForCompletion(original);
        Queue.Item replayed;
        try (ACLContext asBob = ACL.as2(User.getById("bob", true).impersonate2())) {
            replayed = original.getAction(ReplayAction.class).run2("approvalGate('staging')", Map.of());
        }
        WorkflowRun build = (WorkflowRun) replayed.getFuture().waitForStart();
        Gate gate = openGate();
        assertThat(gate.request().requesters()).contains("bob");
        assertBarred(gate, "bob");
        finish(build, gate, "alice");
    }

    @Test
    public void otherSpellingOfTheSameUserIsTheSameUser() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "alice");
        Gate gate = openGate();
        assertBarred(gate, "ALICE");
        finish(build, gate, "bob");
    }

    @Test
    public void timer_nobodyIsBarred() throws Exception {
        WorkflowRun build = pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')")
                .scheduleBuild2(0)
                .waitForStart();
        Gate gate = openGate();
        assertThat(gate.request().requesters()).isEmpty();
        assertThat(gate.request().requestedBy()).isNotBlank();
        finish(build, gate, "alice");
    }

    @Test
    public void environmentMayTrustWhoStartedTheBuild() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('trusting')"), "alice");
        finish(build, openGate(), "alice");
    }
}
