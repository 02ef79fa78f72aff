package io.jenkins.plugins.approvalgate.host;

import static io.jenkins.plugins.approvalgate.Calls.json;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGates;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.build.GateRecords;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;

/** A gate follows its job, and nothing but its job. */
public class RenamedJobTest {

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private static final String SCRIPT = "approvalGate('staging')";

    private static void settleDown(JenkinsRule jenkins) {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("staging", "any", user("alice"), user("bob")));
    }

    /** One who may read nothing but these jobs. */
    private static void newcomerReads(JenkinsRule jenkins, Item... jobs) {
        MockAuthorizationStrategy strategy = (MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy();
        strategy.grant(Jenkins.READ).everywhere().to("newcomer");
        strategy.grant(Item.READ).onItems(jobs).to("newcomer");
    }

    private static JsonNode seen(JenkinsRule jenkins, String by, Gate gate) throws Exception {
        return json(Calls.by(jenkins, by).get("approvals/rest/gates/" + gate.id()));
    }

    private static void assertHidden(JenkinsRule jenkins, String from, Gate gate) throws Exception {
        assertThat(Calls.by(jenkins, from).get("approvals/rest/gates/" + gate.id()).statusCode()).isEqualTo(404);
        assertThat(Calls.by(jenkins, from).get("approvals/gates/" + gate.id() + "/").statusCode()).isEqualTo(404);
        for (String scope : List.of("open", "closed")) {
            assertThat(Calls.by(jenkins, from).get("approvals/rest/gates?scope=" + scope).body()).doesNotContain(gate.id());
        }
    }

    private static void assertIsCalled(JenkinsRule jenkins, Gate gate, String job, String url) throws Exception {
        JsonNode node = seen(jenkins, "alice", gate);
        assertThat(node.path("job").asText()).as("%s", node).isEqualTo(job);
        assertThat(node.path("buildUrl").asText()).isEqualTo(url);
        assertThat(node.path("logUrl").asText()).isEqualTo(url + "console");
    }

    @Test
    public void renamed_theGateFollowsAndTheBuildGoesOn() throws Throwable {
        sessions.then(jenkins -> {
            settleDown(jenkins);
            WorkflowJob job = pipeline(jenkins.jenkins, "deploy", SCRIPT);
            WorkflowRun build = start(job, "developer");
            Gate gate = openGate();
            job.renameTo("release");
            assertIsCalled(jenkins, gate, "release", "job/release/1/");
            assertThat(Calls.by(jenkins, "alice")
                            .post("approvals/rest/gates/" + gate.id() + "/approve", "{}")
                            .statusCode())
                    .isEqualTo(200);
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatusSuccess(build);
            assertIsCalled(jenkins, gate, "release", "job/release/1/");
        });
    }

    @Test
    public void moved_withItsFolderAndWhileDown_theGateFollows() throws Throwable {
        String[] id = new String[1];
        sessions.then(jenkins -> {
            settleDown(jenkins);
            MockFolder team = jenkins.createFolder("team");
            WorkflowJob job = team.createProject(WorkflowJob.class, "deploy");
            job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
            start(job, "developer");
            Gate gate = openGate();
            id[0] = gate.id();
            team.renameTo("crew");
            assertIsCalled(jenkins, gate, "crew/deploy", "job/crew/job/deploy/1/");
            Items.move(jenkins.jenkins.getItemByFullName("crew/deploy", WorkflowJob.class), jenkins.createFolder("other"));
            assertIsCalled(jenkins, gate, "other/deploy", "job/other/job/deploy/1/");
        });
        sessions.then(jenkins -> {
            settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
            Gate gate = keeper().find(id[0]).orElseThrow();
            assertIsCalled(jenkins, gate, "other/deploy", "job/other/job/deploy/1/");
            approve(gate, "alice");
            WorkflowRun build = jenkins.jenkins.getItemByFullName("other/deploy", WorkflowJob.class).getBuildByNumber(1);
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatusSuccess(build);
        });
    }

    @Test
    public void newJobUnderTheOldName_inheritsNeitherSightNorDecisionsNorEnd() throws Throwable {
        sessions.then(jenkins -> {
            settleDown(jenkins);
            WorkflowJob job = pipeline(jenkins.jenkins, "deploy", SCRIPT);
            start(job, "developer");
            Gate gate = openGate();
            job.renameTo("release");
            WorkflowJob impostor = pipeline(jenkins.jenkins, "deploy", "echo 'nothing to see'");
            newcomerReads(jenkins, impostor);
            WorkflowRun first = start(impostor, "developer");
            jenkins.waitForCompletion(first);
            assertThat(first.getNumber()).isEqualTo(gate.request().build());

            assertHidden(jenkins, "newcomer", gate);
            assertIsCalled(jenkins, gate, "release", "job/release/1/");
            assertThat(first.getAction(GateRecords.class)).isNull();

            impostor.setDefinition(new CpsFlowDefinition(SCRIPT, true));
            WorkflowRun second = start(impostor, "developer");
            openGates(2);
            approve(gate, "alice");
            Gate own = openGate();
            assertThat(own.approvals()).isEmpty();
            assertThat(second.isBuilding()).isTrue();
            assertThat(seen(jenkins, "newcomer", own).path("job").asText()).isEqualTo("deploy");
            assertThat(seen(jenkins, "newcomer", own).path("earlierGates")).isEmpty();

            jenkins.jenkins.getItem("deploy").delete();
            openGates(0);
            assertThat(now(own).closed().orElseThrow().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(now(gate).closed().orElseThrow().outcome()).isEqualTo(Outcome.APPROVED);
        });
    }

    @Test
    public void newJobUnderTheOldName_whoseBuildsEndOrAreDeleted_endNoGateOfTheOther() throws Throwable {
        sessions.then(jenkins -> {
            settleDown(jenkins);
            WorkflowJob job = pipeline(jenkins.jenkins, "deploy", SCRIPT);
            WorkflowRun build = start(job, "developer");
            Gate gate = openGate();
            job.renameTo("release");
            FreeStyleProject impostor = jenkins.jenkins.createProject(FreeStyleProject.class, "deploy");
            jenkins.buildAndAssertSuccess(impostor).delete();
            impostor.delete();
            await().during(Duration.ofSeconds(1)).until(() -> now(gate).isOpen());
            approve(gate, "bob");
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatusSuccess(build);
        });
    }

    @Test
    public void deletedAndMadeAgain_showsNothingOfTheOldOne() throws Throwable {
        String[] id = new String[1];
        sessions.then(jenkins -> {
            settleDown(jenkins);
            WorkflowJob job = pipeline(jenkins.jenkins, "deploy", SCRIPT);
            WorkflowRun build = start(job, "developer");
            Gate gate = approve(openGate(), "alice");
            id[0] = gate.id();
            jenkins.waitForCompletion(build);
            job.delete();
            TopLevelItem again = pipeline(jenkins.jenkins, "deploy", SCRIPT);
            newcomerReads(jenkins, again);
            assertHidden(jenkins, "newcomer", gate);
            assertHidden(jenkins, "alice", gate);
            WorkflowRun newBuild = start((WorkflowJob) again, "developer");
            Gate own = openGate();
            assertThat(own.id()).isNotEqualTo(gate.id());
            assertThat(seen(jenkins, "newcomer", own).path("id").asText()).isEqualTo(own.id());
            approve(own, "bob");
            jenkins.waitForCompletion(newBuild);
        });
        sessions.then(jenkins -> {
            settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
            newcomerReads(jenkins, jenkins.jenkins.getItem("deploy"));
            assertHidden(jenkins, "newcomer", keeper().find(id[0]).orElseThrow());
        });
    }

    @Test
    public void copiedJob_isAnother() throws Throwable {
        sessions.then(jenkins -> {
            settleDown(jenkins);
            WorkflowJob job = pipeline(jenkins.jenkins, "deploy", SCRIPT);
            start(job, "developer");
            Gate gate = openGate();
            TopLevelItem copy = jenkins.jenkins.<TopLevelItem>copy(job, "copy");
            newcomerReads(jenkins, copy);
            assertHidden(jenkins, "newcomer", gate);
            assertThat(Jobs.get().idFor((WorkflowJob) copy)).isNotEqualTo(gate.request().jobId().orElseThrow());
        });
    }
}
