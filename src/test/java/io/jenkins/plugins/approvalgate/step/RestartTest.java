package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.ended;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Result;
import io.jenkins.plugins.approvalgate.build.GateRecords;
import io.jenkins.plugins.approvalgate.build.GateSummary;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A gate outlives the controller: what was decided stays decided, what waits goes on waiting. */
public class RestartTest {

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    /** The gate that alice approves in the middle of the next start; {@code null} for none. */
    private static volatile String approvedEarly;

    /** After the jobs are loaded, and before the first build resumes, which is when all is initialized. */
    @Initializer(after = InitMilestone.JOB_LOADED, before = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void approveBeforeAnyBuildResumes() throws Refusal {
        String gateId = approvedEarly;
        if (gateId != null) {
            approvedEarly = null;
            approve(keeper().find(gateId).orElseThrow(), "alice");
        }
    }

    /** A pipeline that passes staging and waits at production, which wants both alice and bob. */
    private static Gate waitingAtProduction(JenkinsRule jenkins) throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(
                environment("staging", "any", user("alice")),
                environment("production", "unanimous", user("alice"), user("bob")));
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", """
                def first = approvalGate('staging')
                def second = approvalGate('production')
                echo "first ${first.outcome} by ${first.approvers}, second ${second.outcome} by ${second.approvers}"
                """), "developer");
        approve(openGate(), "alice");
        jenkins.waitForMessage("Waiting at the gate of production", build);
        Gate gate = openGate();
        await().atMost(PATIENCE).ignoreException(IOException.class).until(() -> GateRecords.gate(build, gate.id())
                .isOpen());
        return gate;
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
    }

    private static void awaitResumed(WorkflowRun build) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> build.getExecution().getCurrentExecutions(false).get(1, TimeUnit.MINUTES).size() == 1);
    }

    private static void assertSucceeds(JenkinsRule jenkins, String message) throws Exception {
        WorkflowRun build = build(jenkins);
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains(message, build);
    }

    @Test
    public void decisionAfterTheBuildResumed_theBuildGoesOn() throws Throwable {
        Gate[] gate = new Gate[1];
        sessions.then(jenkins -> {
            gate[0] = waitingAtProduction(jenkins);
            approve(gate[0], "bob");
        });
        sessions.then(jenkins -> {
            awaitResumed(build(jenkins));
            assertThat(now(gate[0]).approvals()).extracting(Approval::approver).containsExactly("bob");
            approve(gate[0], "alice");
            assertSucceeds(jenkins, "first APPROVED by [alice], second APPROVED by [bob, alice]");
        });
    }

    @Test
    public void decisionBeforeTheBuildResumed_theBuildGoesOn() throws Throwable {
        sessions.then(jenkins -> {
            Gate gate = waitingAtProduction(jenkins);
            approve(gate, "bob");
            approvedEarly = gate.id();
        });
        sessions.then(jenkins -> {
            assertThat(approvedEarly).isNull();
            assertSucceeds(jenkins, "second APPROVED by [bob, alice]");
        });
    }

    @Test
    public void abortAfterTheRestart_cancelsTheGate() throws Throwable {
        Gate[] gate = new Gate[1];
        sessions.then(jenkins -> gate[0] = waitingAtProduction(jenkins));
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            awaitResumed(build);
            build.doStop();
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatus(Result.ABORTED, build);
            assertThat(ended(gate[0]).outcome()).isEqualTo(Outcome.CANCELLED);
        });
    }

    @Test
    public void deadlineWhileDown_timesOutAtTheStart() throws Throwable {
        Instant[] deadline = new Instant[1];
        sessions.then(jenkins -> {
            settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
            EnvironmentItem hurried = environment("hurried", "any", user("alice"));
            hurried.setTimeout("15s");
            configure(hurried);
            start(pipeline(jenkins.jenkins, "deploy", "approvalGate('hurried')"), "developer");
            deadline[0] = openGate().requested().deadline();
        });
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(deadline[0]));
        Instant restart = Instant.now();
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatus(Result.FAILURE, build);
            jenkins.assertLogContains("Timed out: nobody opened it within 15s", build);
            assertThat(keeper().ended().get(0).closed().orElseThrow().at()).isAfter(restart);
        });
    }

    private Path journal() {
        return sessions.getHome().toPath().resolve("approval-gate/journal");
    }

    private void loseTheJournal() throws IOException {
        Util.deleteRecursive(new File(sessions.getHome(), "approval-gate"));
    }

    private Path buildXml() {
        return sessions.getHome().toPath().resolve("jobs/deploy/builds/1/build.xml");
    }

    private static void awaitKept(JenkinsRule jenkins, Gate gate, int events) {
        WorkflowRun build = build(jenkins);
        await().atMost(PATIENCE).until(() -> GateRecords.gate(build, gate.id()).history().size() == events);
    }

    @Test
    public void journalLost_theGateIsRestoredFromItsBuildWithItsApprovals() throws Throwable {
        Gate[] gate = new Gate[1];
        sessions.then(jenkins -> {
            gate[0] = waitingAtProduction(jenkins);
            approve(gate[0], "bob");
            awaitKept(jenkins, gate[0], 2);
        });
        loseTheJournal();
        sessions.then(jenkins -> {
            jenkins.waitForMessage("The gate was restored from this build's own record", build(jenkins));
            Gate restored = openGate();
            assertThat(restored.id()).isEqualTo(gate[0].id());
            assertThat(restored.approvals()).extracting(Approval::approver).containsExactly("bob");
            assertThat(restored.request()).isEqualTo(gate[0].request());
            assertThat(restored.requested().deadline()).isEqualTo(gate[0].requested().deadline());
            try (Stream<Path> files = Files.list(journal())) {
                assertThat(files.filter(file -> file.toString().endsWith(".jsonl")))
                        .singleElement()
                        .satisfies(file -> assertThat(Files.readString(file)).contains("\"type\":\"restored\""));
            }
            assertThat(keeper().journal().verify().ok()).isTrue();
        });
        sessions.then(jenkins -> {
            approve(openGate(), "alice");
            assertSucceeds(jenkins, "first APPROVED by [alice], second APPROVED by [bob, alice]");
        });
    }

    @Test
    public void journalLostAndBuildTamperedWith_theGateStaysShut() throws Throwable {
        Gate[] gate = new Gate[1];
        sessions.then(jenkins -> {
            gate[0] = waitingAtProduction(jenkins);
            approve(gate[0], "bob");
            awaitKept(jenkins, gate[0], 2);
        });
        loseTheJournal();
        String record = Files.readString(buildXml());
        Files.writeString(buildXml(), record.replace("developer", "somebodyElse"));
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            jenkins.waitForMessage("The gate cannot be found now", build);
            jenkins.assertLogContains("the build's record of it is not sound", build);
            assertThat(keeper().open()).isEmpty();
            assertThat(keeper().find(gate[0].id())).isEmpty();
            assertThat(build.isBuilding()).isTrue();
            build.doStop();
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatus(Result.ABORTED, build);
        });
    }

    @Test
    public void journalThere_whatStandsInBuildXmlDecidesNothing() throws Throwable {
        Gate[] gate = new Gate[1];
        sessions.then(jenkins -> gate[0] = waitingAtProduction(jenkins));
        Files.writeString(buildXml(), Files.readString(buildXml()).replace("alice", "mallory"));
        sessions.then(jenkins -> {
            approve(gate[0], "bob");
            approve(gate[0], "alice");
            assertSucceeds(jenkins, "second APPROVED by [bob, alice]");
        });
    }

    @Test
    public void buildPageAfterTheJournalIsLost_stillShowsHowItEnded() throws Throwable {
        sessions.then(jenkins -> {
            Gate gate = waitingAtProduction(jenkins);
            approve(gate, "bob");
            approve(gate, "alice");
            awaitKept(jenkins, gate, 4);
            jenkins.waitForCompletion(build(jenkins));
        });
        loseTheJournal();
        sessions.then(jenkins -> assertThat(
                        build(jenkins).getAction(GateRecords.class).getGates())
                .satisfiesExactly(
                        staging -> assertThat(staging.getDecisions())
                                .extracting(GateSummary.Decision::sentence)
                                .containsExactly("Approved by alice"),
                        production -> assertThat(production.getDecisions())
                                .extracting(GateSummary.Decision::sentence)
                                .containsExactly("Approved by bob", "Approved by alice")));
    }

    @Test
    public void buildDeletedWhileDown_cancelsItsGate() throws Throwable {
        Gate[] gate = new Gate[1];
        sessions.then(jenkins -> gate[0] = waitingAtProduction(jenkins));
        Util.deleteRecursive(buildXml().getParent().toFile());
        sessions.then(jenkins -> {
            assertThat(ended(gate[0]).outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(ended(gate[0]).reason()).isEqualTo("Its build is gone.");
        });
    }

    @Test
    public void journalThatCannotBeRead_leavesEveryGateShutAndSaysWhy() throws Throwable {
        sessions.then(jenkins -> waitingAtProduction(jenkins));
        Path aside = sessions.getHome().toPath().resolve("aside");
        Files.move(journal(), aside);
        Files.writeString(journal(), "a file where a folder has to be");
        sessions.then(jenkins -> {
            jenkins.waitForMessage("The approval gates are shut", build(jenkins));
            assertThat(build(jenkins).isBuilding()).isTrue();
        });
        Files.delete(journal());
        Files.move(aside, journal());
        sessions.then(jenkins -> {
            Gate gate = openGate();
            approve(gate, "bob");
            approve(gate, "alice");
            assertSucceeds(jenkins, "second APPROVED by [bob, alice]");
        });
    }
}
