package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGates;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Where in a pipeline a gate can stand, and what a script can do with what it gets back. */
public class PipelineShapesTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(
                environment("staging", "any", user("alice"), user("bob")),
                environment("production", "any", user("alice"), user("bob")));
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static WorkflowRun begin(String script) throws Exception {
        return start(pipeline(jenkins.jenkins, "deploy", script), "developer");
    }

    private static void assertSucceeds(WorkflowRun build) throws Exception {
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    public void stage_theInnermostOneIsRecorded() throws Exception {
        WorkflowRun build = begin("stage('Release') { stage('Deploy') { approvalGate('staging') } }");
        Gate gate = openGate();
        assertThat(gate.request().stage()).contains("Deploy");
        approve(gate, "alice");
        assertSucceeds(build);
    }

    @Test
    public void stage_noneOutsideOfAny() throws Exception {
        WorkflowRun build = begin("stage('Before') { echo 'built' }\napprovalGate('staging')");
        Gate gate = openGate();
        assertThat(gate.request().stage()).isEmpty();
        approve(gate, "alice");
        assertSucceeds(build);
    }

    @Test
    public void parallel_twoGatesAtOnceEachWithItsStage() throws Exception {
        WorkflowRun build = begin("""
                stage('All') {
                    parallel(
                        registry: { stage('Promote') { approvalGate('staging') } },
                        servers: { def gate = approvalGate('production'); echo "production by ${gate.approvers}" })
                }
                """);
        Map<String, Gate> gates = openGates(2).stream()
                .collect(Collectors.toMap(gate -> gate.request().environment(), gate -> gate));
        assertThat(gates.get("staging").request().stage()).contains("Promote");
        assertThat(gates.get("production").request().stage()).contains("All");

        approve(gates.get("production"), "bob");
        jenkins.waitForMessage("production by [bob]", build);
        assertThat(keeper().open()).extracting(Gate::id).containsExactly(gates.get("staging").id());
        approve(gates.get("staging"), "alice");
        assertSucceeds(build);
    }

    @Test
    public void loop_everyRoundAsksForAGateOfItsOwn() throws Exception {
        WorkflowRun build = begin("for (int i = 0; i < 2; i++) { approvalGate('staging') }");
        Gate first = openGate();
        approve(first, "alice");
        jenkins.waitForMessage("approved, by alice", build);
        Gate second = openGate();
        assertThat(second.id()).isNotEqualTo(first.id());
        approve(second, "alice");
        assertSucceeds(build);
    }

    @Test
    public void node_warnsThatAnExecutorIsHeld() throws Exception {
        WorkflowRun build = begin("node { approvalGate('staging') }");
        Gate gate = openGate();
        jenkins.waitForMessage("WARNING: this gate waits inside a node block", build);
        approve(gate, "alice");
        assertSucceeds(build);
    }

    @Test
    public void noNode_noExecutorIsHeldAndNoWarningGiven() throws Exception {
        WorkflowRun build = begin("approvalGate('staging')");
        Gate gate = openGate();
        jenkins.waitForMessage("Waiting at the gate of staging", build);
        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
        approve(gate, "alice");
        assertSucceeds(build);
        jenkins.assertLogNotContains("WARNING", build);
    }

    @Test
    public void otherPipelinesRunWhileOneWaits() throws Exception {
        WorkflowRun waiting = begin("approvalGate('staging')");
        Gate gate = openGate();
        assertSucceeds(start(pipeline(jenkins.jenkins, "other", "node { echo 'hello' }"), "developer"));
        assertThat(waiting.isBuilding()).isTrue();
        approve(gate, "alice");
        assertSucceeds(waiting);
    }

    @Test
    public void result_everyGetterMayBeCalledInTheSandbox() throws Exception {
        WorkflowRun build = begin("""
                def gate = approvalGate(environment: 'staging', parameters: [string(name: 'TICKET')])
                echo "1 ${gate.approved} ${gate.isApproved()}"
                echo "2 ${gate.outcome} ${gate.getOutcome()}"
                echo "3 ${gate.approvers.join(',')} ${gate.getApprovers().size()}"
                echo "4 ${gate.comment} ${gate.getComment().length()}"
                echo "5 ${gate.decidedAt.endsWith('Z')} ${gate.getDecidedAt()}"
                echo "6 ${gate.inputs.TICKET} ${gate.getInputs()['TICKET']}"
                echo "7 ${gate}"
                if (!gate.approved) { error 'not reached' }
                """);
        keeper().submit(openGate().id(), new Command.Approve("bob", "Go.", List.of(), Map.of("TICKET", "OPS-1")));
        assertSucceeds(build);
        for (String line : List.of(
                "1 true true", "2 APPROVED APPROVED", "3 bob 1", "4 Go. 3", "5 true 20", "6 OPS-1 OPS-1", "7 APPROVED")) {
            jenkins.assertLogContains(line, build);
        }
    }

    @Test
    public void result_cannotBeChangedByTheScript() throws Exception {
        WorkflowRun build = begin("""
                def gate = approvalGate('staging')
                try {
                    gate.approvers.add('somebody')
                } catch (UnsupportedOperationException expected) {
                    echo 'refused'
                }
                echo "still ${gate.approvers}"
                """);
        approve(openGate(), "alice");
        assertSucceeds(build);
        jenkins.assertLogContains("refused", build);
        jenkins.assertLogContains("still [alice]", build);
    }
}
