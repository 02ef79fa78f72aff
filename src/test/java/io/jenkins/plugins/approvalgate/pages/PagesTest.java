package io.jenkins.plugins.approvalgate.pages;

import static io.jenkins.plugins.approvalgate.Calls.json;
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

import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.management.Badge;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The pages as the server sends them: shells for the scripts, with nothing in them that a browser would run. */
public class PagesTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    /** Allowed in a name, and trouble wherever it is not escaped. */
    private static final String EVIL = "<img src=x onerror=alert(1)>\"'";

    private static final String EVIL_IN_ADDRESS =
            URLEncoder.encode(EVIL, StandardCharsets.UTF_8).replace("+", "%20");

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        EnvironmentItem evil = environment(EVIL, "any", user("alice"));
        evil.setDescription(EVIL);
        evil.setInstructions(EVIL);
        evil.setChecklist(List.of(EVIL));
        configure(environment("staging", "any", user("alice")), evil);
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static Gate waitingAt(String environment) throws Exception {
        String text = "'" + environment.replace("'", "\\'") + "'";
        start(
                pipeline(jenkins.jenkins, "deploy", "approvalGate(environment: " + text + ", message: " + text + ")"),
                "developer");
        return openGate();
    }

    private static JenkinsRule.WebClient browserOf(String person) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).login(person);
    }

    @Test
    public void shells_saysWhichPageOfWhomAboutWhat() throws Exception {
        Gate gate = waitingAt("staging");
        JenkinsRule.WebClient browser = browserOf("alice");
        for (List<String> row : List.of(
                List.of("approvals/", "inbox", "", ""),
                List.of("approvals/environments/", "environments", "", ""),
                List.of("approvals/environments/staging/", "environment", "", "staging"),
                List.of("approvals/environments/" + EVIL_IN_ADDRESS + "/", "environment", "", EVIL),
                List.of("approvals/gates/" + gate.id() + "/", "gate", gate.id(), ""))) {
            DomElement shell = browser.goTo(row.get(0)).getElementById("approval-gate");
            assertThat(shell).as(row.get(0)).isNotNull();
            assertThat(shell.getAttribute("data-page")).isEqualTo(row.get(1));
            assertThat(shell.getAttribute("data-gate")).isEqualTo(row.get(2));
            assertThat(shell.getAttribute("data-environment")).isEqualTo(row.get(3));
            assertThat(shell.getAttribute("data-user")).isEqualTo("alice");
            assertThat(shell.getAttribute("data-root")).isEqualTo(jenkins.contextPath);
            assertThat(shell.getAttribute("lang")).isEqualTo("en");
            assertThat(shell.getAttribute("data-texts")).contains("\"row.stage\":\"Stage {0}\"", "\"common.loading\":\"Loading…\"");
        }
    }

    @Test
    public void environmentThatIsNotConfigured_hasNoPage() throws Exception {
        assertThat(Calls.by(jenkins, "alice").get("approvals/environments/nosuch/").statusCode()).isEqualTo(404);
    }

    @Test
    public void shells_scriptAndStyleAreFilesThatAreThere() throws Exception {
        HtmlPage page = browserOf("alice").goTo("approvals/");
        List<DomElement> files = page.<DomElement>getByXPath(
                "//script[contains(@src, '/plugin/approval-gate/')] | //link[contains(@href, '/plugin/approval-gate/')]");
        assertThat(files).hasSizeGreaterThanOrEqualTo(2);
        for (DomElement file : files) {
            String address = file.getAttribute(file.getTagName().equals("script") ? "src" : "href");
            String path = address.substring(jenkins.contextPath.length() + 1);
            assertThat(Calls.by(jenkins, "alice").get(path).statusCode()).as(address).isEqualTo(200);
        }
    }

    @Test
    public void shells_nothingInlineForContentSecurityPolicyToRefuse() throws Exception {
        Gate gate = waitingAt("staging");
        JenkinsRule.WebClient browser = browserOf("alice");
        for (String address : List.of(
                "approvals/",
                "approvals/environments/",
                "approvals/environments/staging/",
                "approvals/gates/" + gate.id() + "/")) {
            DomElement ours = browser.goTo(address).getElementById("main-panel");
            assertThat(ours.<DomElement>getByXPath(".//script[not(@src)] | .//style")).as(address).isEmpty();
            assertThat(ours.getByXPath(".//@style | .//@*[starts-with(name(), 'on')]")).as(address).isEmpty();
        }
    }

    @Test
    public void htmlInNames_isTextOnEveryPage() throws Exception {
        Gate open = waitingAt(EVIL);
        WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        job.setDisplayName(EVIL);
        job.setDescription("plain");
        assertNowhereRaw(open);
        reject(open, "alice", EVIL);
        WorkflowRun build = job.getLastBuild();
        jenkins.waitForCompletion(build);
        jenkins.waitForMessage("Finished:", build);
        assertNowhereRaw(open);
    }

    private static void assertNowhereRaw(Gate gate) throws Exception {
        Calls alice = Calls.by(jenkins, "alice");
        Calls admin = Calls.by(jenkins, "gate-admin");
        for (String address : List.of(
                "approvals/",
                "approvals/environments/",
                "approvals/environments/" + EVIL_IN_ADDRESS + "/",
                "approvals/gates/" + gate.id() + "/",
                "job/deploy/",
                "job/deploy/1/",
                "job/deploy/1/console",
                "job/deploy/1/consoleFull",
                "")) {
            HttpResponse<String> page = alice.get(address);
            assertThat(page.statusCode()).as(address).isEqualTo(200);
            assertThat(page.body()).as(address).doesNotContain("<img src=x");
        }
        assertThat(admin.get("manage/approval-gate/").body()).doesNotContain("<img src=x");
        for (String address : List.of(
                "approvals/rest/gates/" + gate.id(), "approvals/rest/environments", "approvals/rest/gates?scope=closed")) {
            HttpResponse<String> answer = alice.get(address);
            assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type ->
                    assertThat(type).startsWith("application/json"));
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
        assertThat(json(alice.get("approvals/rest/gates/" + gate.id())).get("environment").asText())
                .isEqualTo(EVIL);
    }

    private static Badge badgeOf(String person) {
        try (ACLContext as = ACL.as2(User.getById(person, true).impersonate2())) {
            return ExtensionList.lookupSingleton(ApprovalsRoot.class).getBadge();
        }
    }

    @Test
    public void badge_countsForTheApproverAndIsAbsentForOthers() throws Exception {
        Gate gate = waitingAt("staging");
        assertThat(badgeOf("alice").getText()).isEqualTo("1");
        assertThat(badgeOf("alice").getTooltip()).isEqualTo("One gate waits for you");
        for (String other : List.of("developer", "admin", "bob", "outsider")) {
            assertThat(badgeOf(other)).as(other).isNull();
        }
        approve(gate, "alice");
        assertThat(badgeOf("alice")).isNull();
    }

    @Test
    public void header_leadsToTheApprovals() throws Exception {
        HtmlPage front = browserOf("developer").goTo("");
        assertThat(front.<DomElement>getByXPath("//a[contains(@href, '/approvals')]")).isNotEmpty();
    }
}
