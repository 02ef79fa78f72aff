package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.clear;
import static io.jenkins.plugins.approvalgate.Jenkinses.ended;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.reject;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.step.Locks.awaitHolder;
import static io.jenkins.plugins.approvalgate.step.Locks.gateOf;
import static io.jenkins.plugins.approvalgate.step.Locks.goOn;
import static io.jenkins.plugins.approvalgate.step.Locks.pass;
import static io.jenkins.plugins.approvalgate.step.Locks.released;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.build.LockHolders;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What is done behind a gate, and the lock that is held meanwhile. */
public class BlockTest {

    @ClassRule
    public static final JenkinsRule jenkins = Jenkinses.shared();

    private static final String BLOCK = """
            def gate = approvalGate('production') {
                approvalGate 'busy'
                echo 'deployed'
                'this is not what the step returns'
            }
            echo "after: ${gate.outcome} by ${gate.approvers}"
            approvalGate 'busy'
            """;

    private static final String NO_BLOCK = "approvalGate 'production'\napprovalGate 'busy'";

    @Before
    public void locked() throws Exception {
        clear(jenkins.jenkins);
        Locks.set(jenkins, "sequential");
    }

    private static WorkflowRun begin(String script) throws Exception {
        return start(pipeline(jenkins.jenkins, "deploy", script), "developer");
    }

    private static void assertEnds(WorkflowRun run, Result result) throws Exception {
        jenkins.assertBuildStatus(result, jenkins.waitForCompletion(run));
    }

    @Test
    public void block_runsBehindTheGateAndGivesTheLockBack() throws Exception {
        WorkflowRun run = begin(BLOCK);
        Gate gate = pass(run);
        jenkins.assertLogContains("Holds the lock of production.", run);
        jenkins.assertLogNotContains("deployed", run);
        goOn(run);
        jenkins.waitForMessage("after: APPROVED by [alice]", run);
        jenkins.assertLogContains("deployed", run);
        jenkins.assertLogContains("Gave the lock of production back: Its block ended.", run);
        assertThat(released(gate).reason()).isEqualTo("Its block ended.");
        assertThat(keeper().lockHolders()).isEmpty();
        assertThat(run.isBuilding()).isTrue();
        goOn(run);
        assertEnds(run, Result.SUCCESS);
    }

    @Test
    public void block_thatFailsGivesTheLockBackAndFailsTheStep() throws Exception {
        WorkflowRun run = begin("""
                try {
                    approvalGate('production') { error 'broken' }
                } catch (failed) {
                    echo "caught: ${failed.message}"
                    approvalGate 'busy'
                }
                """);
        Gate gate = approve(gateOf(run, "production"), "alice");
        jenkins.waitForMessage("caught: broken", run);
        assertThat(released(gate).reason()).isEqualTo("Its block ended.");
        goOn(run);
        assertEnds(run, Result.SUCCESS);
    }

    @Test
    public void block_abortedGivesTheLockBack() throws Exception {
        WorkflowRun run = begin(BLOCK);
        Gate gate = pass(run);
        run.getExecutor().interrupt();
        assertEnds(run, Result.ABORTED);
        assertThat(released(gate)).isNotNull();
        assertThat(keeper().lockHolders()).isEmpty();
        assertThat(now(gate).closed().orElseThrow().outcome()).isEqualTo(Outcome.APPROVED);
        jenkins.assertLogNotContains("deployed", run);
    }

    @Test
    public void block_killedHardGivesTheLockBack() throws Exception {
        WorkflowRun run = begin(BLOCK);
        Gate gate = pass(run);
        run.doKill();
        assertEnds(run, Result.ABORTED);
        assertThat(released(gate)).isNotNull();
    }

    @Test
    public void block_abortedWhileWaitingDoesNotRun() throws Exception {
        WorkflowRun run = begin(BLOCK);
        Gate gate = gateOf(run, "production");
        jenkins.waitForMessage("Waiting at the gate of production", run);
        run.getExecutor().interrupt();
        assertEnds(run, Result.ABORTED);
        assertThat(ended(gate).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(keeper().lockHolders()).isEmpty();
    }

    @Test
    public void block_timeoutAroundItStopsIt() throws Exception {
        WorkflowRun run = begin("""
                try {
                    timeout(time: 10, unit: 'SECONDS') { approvalGate('production') { approvalGate 'busy' } }
                } catch (e) {
                    echo "in vain"
                }
                """);
        Gate gate = approve(gateOf(run, "production"), "alice");
        jenkins.waitForMessage("in vain", run);
        released(gate);
        assertEnds(run, Result.SUCCESS);
    }

    @Test
    public void rejected_theBlockDoesNotRunAndTheStepFails() throws Exception {
        WorkflowRun run = begin(BLOCK);
        reject(gateOf(run, "production"), "alice", "Not today.");
        assertEnds(run, Result.FAILURE);
        jenkins.assertLogContains("Rejected by alice: Not today.", run);
        jenkins.assertLogNotContains("deployed", run);
    }

    @Test
    public void rejected_failOnRejectionFalse_theBlockDoesNotRunAndTheScriptGetsTheOutcome() throws Exception {
        WorkflowRun run = begin("""
                def gate = approvalGate(environment: 'production', failOnRejection: false) { echo 'deployed' }
                echo "after: ${gate.approved} ${gate.outcome}"
                """);
        reject(gateOf(run, "production"), "alice", "Not today.");
        assertEnds(run, Result.SUCCESS);
        jenkins.assertLogContains("after: false REJECTED", run);
        jenkins.assertLogNotContains("deployed", run);
    }

    @Test
    public void block_inDeclarative() throws Exception {
        WorkflowRun run = begin("""
                pipeline {
                    agent none
                    stages {
                        stage('Deploy') {
                            steps {
                                approvalGate('production') { echo 'deployed' }
                                approvalGate(environment: 'production', message: 'Again') { echo 'and again' }
                                approvalGate 'production'
                            }
                        }
                    }
                }
                """);
        Gate first = approve(gateOf(run, "production"), "alice");
        released(first);
        jenkins.waitForMessage("deployed", run);
        Gate second = approve(gateOf(run, "production"), "alice");
        released(second);
        approve(gateOf(run, "production"), "alice");
        assertEnds(run, Result.SUCCESS);
        jenkins.assertLogContains("and again", run);
        assertThat(second.request().stage()).contains("Deploy");
    }

    @Test
    public void withoutABlock_theLockIsHeldUntilTheBuildEnds() throws Exception {
        WorkflowRun first = begin(NO_BLOCK);
        Gate held = pass(first);
        WorkflowJob other = pipeline(jenkins.jenkins, "other", NO_BLOCK);
        WorkflowRun second = start(other, "developer");
        Gate waiting = approve(gateOf(second, "production"), "alice");
        assertThat(now(waiting).isOpen()).isTrue();
        goOn(first);
        assertEnds(first, Result.SUCCESS);
        jenkins.assertLogContains("Gives the lock of production back.", first);
        assertThat(released(held).reason()).isEqualTo("The build ended.");
        awaitHolder(waiting);
        goOn(second);
        assertEnds(second, Result.SUCCESS);
        assertThat(released(waiting).at()).isAfter(released(held).at());
    }

    @Test
    public void renamedJob_givesItsLockBackAllTheSame() throws Exception {
        WorkflowRun run = begin(NO_BLOCK);
        Gate held = pass(run);
        run.getParent().renameTo("renamed");
        new LockHolders().run();
        approve(keeper().open().iterator().next(), "alice");
        assertEnds(run, Result.SUCCESS);
        assertThat(released(held).reason()).isEqualTo("The build ended.");
    }

    @Test
    public void deletedJob_frees() throws Exception {
        WorkflowRun run = begin(NO_BLOCK);
        Gate held = pass(run);
        run.getParent().delete();
        released(held);
        assertThat(keeper().lockHolders()).isEmpty();
    }

    @Test
    public void superseded_isNoFailureAndSaysByWhat() throws Exception {
        Locks.set(jenkins, "newestOnly");
        WorkflowRun older = begin(NO_BLOCK);
        Gate overtaken = gateOf(older, "production");
        jenkins.waitForMessage("Waiting at the gate of production", older);
        WorkflowRun newer = start(older.getParent(), "developer");
        assertEnds(older, Result.NOT_BUILT);
        assertThat(ended(overtaken).outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(older.getAction(InterruptedBuildAction.class).getCauses())
                .singleElement()
                .satisfies(cause -> assertThat(cause.getShortDescription()).contains("#2"));
        pass(newer);
        goOn(newer);
        assertEnds(newer, Result.SUCCESS);
    }
}
