package io.jenkins.plugins.approvalgate.build;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.ended;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;

/** What a build keeps and shows of its gates, and what becomes of a gate whose build is no more. */
public class BuildRecordTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        EnvironmentItem prompt = environment("prompt", "any", user("alice"));
        prompt.setSla("4h");
        configure(environment("staging", "unanimous", user("alice"), user("bob")), prompt);
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static WorkflowRun begin(String script) throws Exception {
        return start(pipeline(jenkins.jenkins, "deploy", script), "developer");
    }

    /** The build's own copy of the gate, once it has so many events. */
    private static Gate kept(WorkflowRun build, Gate gate, int events) {
        return await().atMost(PATIENCE)
                .ignoreException(IOException.class)
                .until(() -> GateRecords.gate(build, gate.id()), found -> found.history().size() == events);
    }

    private static List<GateSummary> summaries(WorkflowRun build) {
        return build.getAction(GateRecords.class).getGates();
    }

    @Test
    public void record_isInBuildXmlAfterEveryEvent() throws Exception {
        WorkflowRun build = begin("approvalGate('staging')");
        Gate gate = openGate();
        assertThat(kept(build, gate, 1).isOpen()).isTrue();
        approve(gate, "alice");
        assertThat(kept(build, gate, 2).approvals()).hasSize(1);
        approve(gate, "bob");
        Gate end = kept(build, gate, 4);
        assertThat(end.closed().orElseThrow().outcome()).isEqualTo(Outcome.APPROVED);

        jenkins.waitForCompletion(build);
        Path file = build.getRootDir().toPath().resolve("build.xml");
        assertThat(Files.readString(file)).contains(GateRecords.class.getName(), gate.id());
        build.reload();
        assertThat(GateRecords.gate(build, gate.id()).history()).isEqualTo(end.history());
    }

    @Test
    public void record_thatSomebodyElseWroteCountsForNothing() throws Exception {
        WorkflowRun build = begin("approvalGate('prompt')");
        Gate gate = openGate();
        approve(gate, "alice");
        kept(build, gate, 3);
        jenkins.waitForCompletion(build);
        Path file = build.getRootDir().toPath().resolve("build.xml");
        Files.writeString(file, Files.readString(file).replace("alice", "mallory"));
        build.reload();
        assertThatThrownBy(() -> GateRecords.gate(build, gate.id())).hasMessageContaining("is not sound");
    }

    @Test
    public void summary_tellsWhatIsMissingAndThenHowItEnded() throws Exception {
        WorkflowRun build = begin("approvalGate('prompt')\napprovalGate('staging')");
        Gate first = openGate();
        kept(build, first, 1);
        assertThat(summaries(build)).singleElement().satisfies(summary -> {
            assertThat(summary.getEnvironment()).isEqualTo("prompt");
            assertThat(summary.isOpen()).isTrue();
            assertThat(summary.getStatus()).isEqualTo("waiting");
            assertThat(summary.getSentence()).isEqualTo("Needs 1 approval by alice.");
            assertThat(summary.getDue()).isEqualTo(first.requested().slaDue().orElseThrow());
            assertThat(summary.getDeadline()).isEqualTo(first.requested().deadline());
        });
        approve(first, "alice");
        jenkins.waitForMessage("Waiting at the gate of staging", build);
        Gate second = openGate();
        kept(build, second, 1);
        assertThat(summaries(build)).extracting(GateSummary::getStatus).containsExactly("approved", "waiting");
        assertThat(summaries(build).get(0).getSentence()).isEqualTo("Approved by alice.");
        assertThat(summaries(build).get(1).getDue()).isNull();
    }

    @Test
    public void buildPage_showsTheGateWithALinkToItsPage() throws Exception {
        WorkflowRun build = begin("approvalGate('prompt')");
        Gate gate = openGate();
        kept(build, gate, 1);
        JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false).login("developer");
        HtmlPage page = browser.getPage(build);
        assertThat(page.getAnchorByHref(jenkins.contextPath + "/approvals/gates/" + gate.id() + "/").asNormalizedText())
                .isEqualTo("Approval gate prompt");
        assertThat(page.asNormalizedText()).contains("waiting", "Needs 1 approval by alice.", "Due");

        approve(gate, "alice");
        jenkins.waitForCompletion(build);
        assertThat(browser.getPage(build).asNormalizedText()).contains("approved", "Approved by alice.");
    }

    @Test
    public void console_linksToTheGate() throws Exception {
        WorkflowRun build = begin("approvalGate('prompt')");
        Gate gate = openGate();
        jenkins.waitForMessage("Waiting at the gate of prompt for up to 30d: it needs 1 approval by alice.", build);
        assertThat(Calls.by(jenkins, "developer").get(build.getUrl() + "logText/progressiveHtml").body())
                .contains("<a href='" + jenkins.contextPath + "/approvals/gates/" + gate.id() + "/'>Review</a>");
    }

    @Test
    public void deletedJob_cancelsItsGate() throws Exception {
        WorkflowRun build = begin("approvalGate('staging')");
        Gate gate = openGate();
        build.getParent().delete();
        assertThat(ended(gate).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    public void deletedFolder_cancelsTheGatesInIt() throws Exception {
        MockFolder folder = jenkins.createFolder("team");
        WorkflowJob job = folder.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition("approvalGate('staging')", true));
        start(job, "developer");
        Gate gate = openGate();
        assertThat(gate.request().job()).isEqualTo("team/deploy");
        folder.delete();
        assertThat(ended(gate).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    public void abortedBuild_cancelsItsGateByWhoAborted() throws Exception {
        WorkflowRun build = begin("approvalGate('staging')");
        Gate gate = openGate();
        assertThat(Calls.by(jenkins, "developer").send("POST", build.getUrl() + "stop", "", "").statusCode())
                .isLessThan(400);
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.ABORTED, build);
        assertThat(ended(gate).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(ended(gate).actor()).contains("developer");
    }
}
