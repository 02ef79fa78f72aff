package io.jenkins.plugins.approvalgate.build;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.ended;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.group;
import static io.jenkins.plugins.approvalgate.Jenkinses.groupOf;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGates;
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
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;

/** What a build keeps and shows of its gates, and what becomes of a gate whose build is no more. */
public class BuildRecordTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Before
    public void settleDown() {
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
    public void summary_tellsWhoIsAskedAndThenWhoDidWhat() throws Exception {
        WorkflowRun build = begin("approvalGate('prompt')\napprovalGate('staging')");
        Gate first = openGate();
        kept(build, first, 1);
        assertThat(summaries(build)).singleElement().satisfies(summary -> {
            assertThat(summary.getEnvironment()).isEqualTo("prompt");
            assertThat(summary.isOpen()).isTrue();
            assertThat(summary.getStatus()).isEqualTo("waiting");
            assertThat(summary.getAsked()).containsExactly("1 approval by alice");
            assertThat(summary.getApprovals()).isEqualTo("0 of 1");
            assertThat(summary.getDecisions()).isEmpty();
            assertThat(summary.getDue().at()).isEqualTo(first.requested().slaDue().orElseThrow());
            assertThat(summary.getDeadline().at()).isEqualTo(first.requested().deadline());
        });
        keeper().submit(first.id(), new Command.Approve("alice", "looks good", List.of(), Map.of()));
        jenkins.waitForMessage("Waiting at the gate of staging", build);
        Gate second = openGate();
        kept(build, second, 1);
        assertThat(summaries(build)).extracting(GateSummary::getStatus).containsExactly("approved", "waiting");
        GateSummary ended = summaries(build).get(0);
        assertThat(ended.getAsked()).isEmpty();
        assertThat(ended.getDecisions()).singleElement().satisfies(decision -> {
            assertThat(decision.sentence()).isEqualTo("Approved by alice");
            assertThat(decision.comment()).isEqualTo("looks good");
        });
        assertThat(ended.getReason()).isNull();
        assertThat(ended.getEnded().at()).isEqualTo(ended(first).at());
        assertThat(summaries(build).get(1).getDue()).isNull();
    }

    @Test
    public void summary_groupsAreNamedWithThoseWhoCanStillApprove() throws Exception {
        Jenkinses.configure(groupOf("ops", "developer", "bob", "carol", "dave"));
        configure(
                environment("turns", "sequential", group("ops", 2), user("alice")),
                environment("whoever", "any", user("alice"), group("ops", 1), group("unheard-of", 1)));
        WorkflowRun build = begin("parallel a: { approvalGate('turns') }, b: { approvalGate('whoever') }");
        openGates(2).forEach(gate -> kept(build, gate, 1));
        assertThat(asked(build, "turns")).containsExactly("2 approvals by group ops (bob, carol, dave)");
        assertThat(asked(build, "whoever"))
                .containsExactly("1 approval by any of alice, group ops (bob, carol, dave), group unheard-of");
        Gate turns = openGates(2).stream()
                .filter(gate -> gate.request().environment().equals("turns"))
                .findFirst()
                .orElseThrow();
        approve(turns, "carol");
        assertThat(asked(build, "turns")).containsExactly("1 approval by group ops (bob, dave)");
        keeper().reassign(turns.id(), new Command.Reassign("bob", Optional.empty(), "auditor", "away"));
        assertThat(asked(build, "turns")).containsExactly("1 approval by group ops (dave, auditor)");
        approve(turns, "dave");
        assertThat(asked(build, "turns")).containsExactly("1 approval by alice");
    }

    private static List<String> asked(WorkflowRun build, String environment) {
        return summaries(build).stream()
                .filter(summary -> summary.getEnvironment().equals(environment))
                .findFirst()
                .orElseThrow()
                .getAsked();
    }

    @Test
    public void buildPage_showsTheGateWithALinkToItsPage() throws Exception {
        WorkflowRun build = begin("approvalGate('prompt')");
        Gate gate = openGate();
        kept(build, gate, 1);
        JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false).login("developer");
        HtmlPage page = browser.getPage(build);
        String address = jenkins.contextPath + "/approvals/gates/" + gate.id() + "/";
        assertThat(page.getAnchorByHref(address).asNormalizedText()).isEqualTo("Approval gate prompt");
        assertThat(page.asNormalizedText())
                .contains("waiting", "Asks for", "1 approval by alice", "0 of 1", "Due", "Times out", "Review");
        assertThat(page.<DomElement>getByXPath("//div[@class='ag-gate']//time"))
                .extracting(time -> time.getAttribute("datetime"))
                .containsExactly(
                        gate.requested().slaDue().orElseThrow().toString(),
                        gate.requested().deadline().toString());

        approve(gate, "alice");
        jenkins.waitForCompletion(build);
        assertThat(browser.getPage(build).asNormalizedText())
                .contains("approved", "Approved by alice")
                .doesNotContain("Times out", "Asks for");
    }

    @Test
    public void buildPage_showsWhatPeopleWroteAsText() throws Exception {
        String evil = "<img src=x onerror=alert(1)>";
        EnvironmentItem named = environment(evil, "any", user("alice"));
        configure(named);
        WorkflowRun build = begin("approvalGate('" + evil + "')");
        Gate gate = openGate();
        keeper().submit(gate.id(), new Command.Reject("alice", evil + "\n" + evil));
        ended(gate);
        kept(build, gate, 3);
        String page = Calls.by(jenkins, "developer").get(build.getUrl()).body();
        assertThat(page).contains("&lt;img src=x onerror=alert(1)>").doesNotContain("<img src=x");
    }

    @Test
    public void buildPage_loadsItsStyleAndScriptOnceAsFiles() throws Exception {
        WorkflowRun build = begin("approvalGate('prompt')\napprovalGate('staging')");
        approve(openGate(), "alice");
        jenkins.waitForMessage("Waiting at the gate of staging", build);
        kept(build, openGate(), 1);
        HtmlPage page = jenkins.createWebClient().withJavaScriptEnabled(false).login("developer").getPage(build);
        for (String file : List.of("//script[contains(@src, 'build-summary.js')]/@src", "//link[contains(@href, 'build-summary.css')]/@href")) {
            List<DomAttr> addresses = page.getByXPath(file);
            assertThat(addresses).as(file).hasSize(1);
            String address = addresses.get(0).getValue().substring(jenkins.contextPath.length() + 1);
            assertThat(Calls.by(jenkins, "developer").get(address).statusCode()).as(address).isEqualTo(200);
        }
        assertThat(page.<DomElement>getByXPath("//div[@class='ag-gate']//*[@style or @onclick]")).isEmpty();
    }

    @Test
    public void console_linksToTheGate() throws Exception {
        WorkflowRun build = begin("approvalGate('prompt')");
        Gate gate = openGate();
        jenkins.waitForMessage(
                "Waiting at the gate of prompt for up to 30d: it needs 1 approval by alice. An answer is expected within 4h.", build);
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
