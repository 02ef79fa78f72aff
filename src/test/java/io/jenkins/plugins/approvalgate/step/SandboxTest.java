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

import hudson.model.Result;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A script in the sandbox reaches nothing of ours but the step, and gives it nothing that goes on living. */
public class SandboxTest {

    private static final String HOST = "io.jenkins.plugins.approvalgate.host.ApprovalGates";
    private static final String RECORDS = "io.jenkins.plugins.approvalgate.build.GateRecords";

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("staging", "any", user("alice")));
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    /** What a script could try that knows our classes. */
    private static final List<String> WAYS_IN = List.of(
            HOST + ".get().keeper()",
            HOST + ".get()",
            HOST + ".open()",
            "jenkins.model.Jenkins.get().getExtensionList('" + HOST + "')",
            "hudson.ExtensionList.lookupSingleton(Class.forName('" + HOST + "'))",
            "Class.forName('" + HOST + "')",
            "this.class.classLoader.loadClass('" + HOST + "')",
            "io.jenkins.plugins.approvalgate.engine.GateKeeper.open(null, null, null)",
            "io.jenkins.plugins.approvalgate.engine.gate.GateId.next(java.time.Instant.now())",
            "new io.jenkins.plugins.approvalgate.engine.gate.Command.Approve('alice', '', [], [:])",
            "new io.jenkins.plugins.approvalgate.config.EnvironmentItem('mine')",
            "jenkins.model.GlobalConfiguration.all()",
            "currentBuild.rawBuild.getAction(" + RECORDS + ")",
            "currentBuild.rawBuild.getCauses().clear()",
            "new " + RECORDS + "()",
            "System.setProperty('io.jenkins.plugins.approvalgate.allowedMetadataHosts', '169.254.169.254')");

    @Test
    public void engine_cannotBeReached() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "");
        for (String way : WAYS_IN) {
            job.setDefinition(new CpsFlowDefinition(way + "\necho 'got through'", true));
            WorkflowRun build = start(job, "developer");
            jenkins.waitForCompletion(build);
            assertThat(build.getResult()).as(way).isEqualTo(Result.FAILURE);
            jenkins.assertLogNotContains("got through", build);
            assertThat(String.join("\n", build.getLog(1_000))).as(way).containsAnyOf("RejectedAccessException", "not permitted");
        }
    }

    /** What a script could try with what the step gave back, and it is rejected. */
    private static final List<String> WAYS_TO_CHANGE_IT = List.of(
            "gate.@approved = true",
            "gate.approved = true",
            "gate.@outcome = 'APPROVED'",
            "gate.approvers.add('bob')",
            "gate.inputs.put('X', 'y')",
            "gate.metaClass.isApproved = { true }",
            "gate.class.getDeclaredField('approved').setAccessible(true)",
            "gate.setApproved(true)");

    @Test
    public void result_cannotBeMadeToSayOtherwise() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "");
        for (String way : WAYS_TO_CHANGE_IT) {
            job.setDefinition(new CpsFlowDefinition(
                    "def gate = approvalGate(environment: 'staging', failOnRejection: false)\n" + way + "\necho 'changed'", true));
            WorkflowRun build = start(job, "developer");
            Jenkinses.reject(openGate(), "alice", "no");
            jenkins.waitForCompletion(build);
            assertThat(build.getResult()).as(way).isEqualTo(Result.FAILURE);
            jenkins.assertLogNotContains("changed", build);
        }
    }

    /** Objects whose texts are code; from the argument to the class before it. */
    private static final Map<String, String> LIVING = Map.of(
            "message: new Evil()", "class Evil implements Serializable { @NonCPS String toString() { TRY } }",
            "message: \"${new Evil()}\"", "class Evil implements Serializable { @NonCPS String toString() { TRY } }",
            "metrics: [loss: new Evil()]", "class Evil implements Serializable { @NonCPS String toString() { TRY } }",
            "metrics: [loss: \"${new Evil()}\"]", "class Evil implements Serializable { @NonCPS String toString() { TRY } }",
            "metrics: [(new Evil()): 1]", "class Evil implements Serializable { @NonCPS String toString() { TRY }"
                    + " @NonCPS int hashCode() { 1 } @NonCPS boolean equals(Object o) { TRY; true } }",
            "links: [Run: new Evil()]", "class Evil implements Serializable { @NonCPS String toString() { TRY } }",
            "metrics: [loss: new Evil()] ", "class Evil extends Number implements Serializable { @NonCPS String toString() { TRY }"
                    + " @NonCPS int intValue() { TRY } @NonCPS long longValue() { 1L } @NonCPS float floatValue() { 1f }"
                    + " @NonCPS double doubleValue() { 1d } }");

    @Test
    public void objectsOfTheScript_runNothingOutsideOfTheSandbox() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "");
        for (Map.Entry<String, String> row : LIVING.entrySet()) {
            String evil = row.getValue().replace("TRY", "jenkins.model.Jenkins.get().setSystemMessage('pwned')");
            job.setDefinition(new CpsFlowDefinition(
                    evil + "\napprovalGate(environment: 'staging', " + row.getKey() + ")", true));
            WorkflowRun build = start(job, "developer");
            jenkins.waitForCompletion(build);
            assertThat(build.getResult()).as(row.getKey()).isEqualTo(Result.FAILURE);
            assertThat(jenkins.jenkins.getSystemMessage()).as(row.getKey()).isNotEqualTo("pwned");
        }
        assertThat(keeper().open()).isEmpty();
    }

    @Test
    public void textsThatChange_areReadOnce() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", """
                def reads = [0]
                def shown = [accuracy: 0.99]
                def names = [Run: 'https://example.org/1']
                parallel(
                    gate: { approvalGate(environment: 'staging', message: "read ${reads[0]}", metrics: shown, links: names) },
                    after: {
                        sleep 1
                        reads[0] = 1
                        shown.accuracy = 0.01
                        names.Run = 'https://example.org/2'
                    })
                """), "developer");
        Gate gate = openGate();
        jenkins.waitForMessage("Sleeping for", build);
        approve(gate, "alice");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        Gate end = Jenkinses.now(gate);
        assertThat(end.request().message()).isEqualTo("read 0");
        assertThat(end.request().metrics()).containsExactly(Map.entry("accuracy", "0.99"));
        assertThat(end.request().links()).extracting(link -> link.url()).containsExactly("https://example.org/1");
    }

    @Test
    public void stepsOfTheSameBuild_doNotShareTheirGates() throws Exception {
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", """
                parallel(one: { approvalGate('staging') }, two: { approvalGate('staging') })
                """), "developer");
        Gate one = openGates(2).iterator().next();
        approve(one, "alice");
        openGates(1);
        assertThat(build.isBuilding()).isTrue();
        approve(openGate(), "alice");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
    }
}
