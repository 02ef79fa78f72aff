package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.step.Locks.awaitHolder;
import static io.jenkins.plugins.approvalgate.step.Locks.gateOf;
import static io.jenkins.plugins.approvalgate.step.Locks.goOn;
import static io.jenkins.plugins.approvalgate.step.Locks.pass;
import static io.jenkins.plugins.approvalgate.step.Locks.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Result;
import io.jenkins.plugins.approvalgate.build.LockHolders;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.File;
import java.util.concurrent.TimeUnit;
import org.apache.commons.lang3.StringUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** Blocks and locks outlive the controller, wherever it stops. */
public class BlockRestartTest {

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private static final String BLOCK = """
            def gate = approvalGate('production') {
                echo 'begun'
                approvalGate 'busy'
                echo 'deployed'
            }
            echo "after: ${gate.outcome}"
            """;

    private static final String NO_BLOCK = "approvalGate 'production'\napprovalGate 'busy'";

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

    private static WorkflowRun begin(JenkinsRule jenkins, String name, String script) throws Exception {
        return start(pipeline(jenkins.jenkins, name, script), "developer");
    }

    private static WorkflowRun build(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getBuildByNumber(1);
    }

    private static void awaitResumed(WorkflowRun build) {
        await().atMost(PATIENCE)
                .until(() -> !build.getExecution()
                        .getCurrentExecutions(false)
                        .get(1, TimeUnit.MINUTES)
                        .isEmpty());
    }

    private static void assertSucceeds(JenkinsRule jenkins, String name) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins, name)));
    }

    private static void assertRanOnce(JenkinsRule jenkins) throws Exception {
        assertSucceeds(jenkins, "deploy");
        String log = JenkinsRule.getLog(build(jenkins, "deploy"));
        assertThat(StringUtils.countMatches(log, "begun")).isEqualTo(1);
        assertThat(StringUtils.countMatches(log, "deployed")).isEqualTo(1);
        assertThat(StringUtils.countMatches(log, "Gave the lock of production back: Its block ended.")).isEqualTo(1);
        assertThat(log).contains("after: APPROVED");
        assertThat(keeper().lockHolders()).isEmpty();
    }

    @Test
    public void waiting_theBlockRunsAfterwards() throws Throwable {
        sessions.then(jenkins -> {
            Locks.set(jenkins, "sequential");
            jenkins.waitForMessage("Waiting at the gate of production", begin(jenkins, "deploy", BLOCK));
        });
        sessions.then(jenkins -> {
            pass(build(jenkins, "deploy"));
            goOn(build(jenkins, "deploy"));
            assertRanOnce(jenkins);
        });
    }

    @Test
    public void openedBeforeTheBuildResumed_theBlockRuns() throws Throwable {
        sessions.then(jenkins -> {
            Locks.set(jenkins, "sequential");
            WorkflowRun run = begin(jenkins, "deploy", BLOCK);
            jenkins.waitForMessage("Waiting at the gate of production", run);
            approvedEarly = gateOf(run, "production").id();
        });
        sessions.then(jenkins -> {
            goOn(build(jenkins, "deploy"));
            assertRanOnce(jenkins);
        });
    }

    @Test
    public void inTheBlock_theLockStaysAndTheBlockGoesOn() throws Throwable {
        Gate[] gate = new Gate[1];
        sessions.then(jenkins -> {
            Locks.set(jenkins, "sequential");
            gate[0] = pass(begin(jenkins, "deploy", BLOCK));
        });
        sessions.then(jenkins -> {
            awaitResumed(build(jenkins, "deploy"));
            new LockHolders().run();
            awaitHolder(gate[0]);
            goOn(build(jenkins, "deploy"));
            assertRanOnce(jenkins);
            assertThat(released(gate[0]).reason()).isEqualTo("Its block ended.");
        });
    }

    @Test
    public void inTheBlock_abortedAfterTheRestart() throws Throwable {
        Gate[] gate = new Gate[1];
        sessions.then(jenkins -> {
            Locks.set(jenkins, "sequential");
            gate[0] = pass(begin(jenkins, "deploy", BLOCK));
        });
        sessions.then(jenkins -> {
            WorkflowRun run = build(jenkins, "deploy");
            awaitResumed(run);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            released(gate[0]);
            assertThat(keeper().lockHolders()).isEmpty();
        });
    }

    @Test
    public void blockEndedWhileTheJournalCouldNotBeWritten_theLockIsGivenBackAfterTheRestart() throws Throwable {
        Gate[] gate = new Gate[1];
        sessions.then(jenkins -> {
            Locks.set(jenkins, "sequential");
            WorkflowRun run = begin(jenkins, "deploy", """
                    try {
                        approvalGate('production') { timeout(time: 20, unit: 'SECONDS') { approvalGate 'busy' } }
                    } catch (late) {
                        echo 'after'
                    }
                    """);
            gate[0] = pass(run);
            keeper().journal().close();
            jenkins.waitForMessage("The lock cannot be given back now, and will be tried again", run);
            jenkins.assertLogNotContains("after", run);
        });
        sessions.then(jenkins -> {
            assertSucceeds(jenkins, "deploy");
            jenkins.assertLogContains("after", build(jenkins, "deploy"));
            assertThat(released(gate[0]).reason()).isEqualTo("Its block ended.");
        });
    }

    @Test
    public void withoutABlock_theLockStaysWithTheBuildAndGoesToTheNext() throws Throwable {
        Gate[] gates = new Gate[2];
        sessions.then(jenkins -> {
            Locks.set(jenkins, "sequential");
            gates[0] = pass(begin(jenkins, "deploy", NO_BLOCK));
            gates[1] = approve(gateOf(begin(jenkins, "next", NO_BLOCK), "production"), "alice");
        });
        sessions.then(jenkins -> {
            awaitResumed(build(jenkins, "deploy"));
            awaitHolder(gates[0]);
            assertThat(now(gates[1]).isOpen()).isTrue();
            goOn(build(jenkins, "deploy"));
            assertSucceeds(jenkins, "deploy");
            awaitHolder(gates[1]);
            goOn(build(jenkins, "next"));
            assertSucceeds(jenkins, "next");
            assertThat(released(gates[1]).at()).isAfter(released(gates[0]).at());
        });
    }

    @Test
    public void holderDeletedWhileDown_frees() throws Throwable {
        Gate[] gates = new Gate[2];
        sessions.then(jenkins -> {
            Locks.set(jenkins, "sequential");
            gates[0] = pass(begin(jenkins, "deploy", NO_BLOCK));
            gates[1] = approve(gateOf(begin(jenkins, "next", NO_BLOCK), "production"), "alice");
        });
        Util.deleteRecursive(new File(sessions.getHome(), "jobs/deploy/builds/1"));
        sessions.then(jenkins -> {
            assertThat(released(gates[0]).reason()).isEqualTo("Its build had ended without giving the lock back.");
            awaitHolder(gates[1]);
            goOn(build(jenkins, "next"));
            assertSucceeds(jenkins, "next");
        });
    }
}
