package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** The pages as people use them, in Chromium. */
public class BrowserTest {

    private static final String HTML = "<img src=x onerror=\"document.title='owned'\">";

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private String run;
    private String gate;

    @Before
    public void oneGate() throws IOException {
        run = preview.as("").start("develop");
        gate = preview.as("").gateOf(run);
    }

    @After
    public void leave() {
        BROWSERS.allFree();
    }

    private Browser open(String user) throws IOException {
        return Browser.open(preview.preview().address(), user, BROWSERS.take());
    }

    @Test
    public void approver_reviewsAndApproves_andThePipelineGoesOn() throws Exception {
        Browser browser = open("ds-lead");
        browser.review(gate);
        assertThat(browser.find("review-dialog").getText())
                .contains("registry-promotion", "The models are trained", "accuracy", "0.94", "Compare the new models");
        browser.say("better than the baseline");
        browser.click("approve");
        browser.awaitText("message", "pproved");
        preview.awaitStatus(run, "SUCCESS");

        browser.go("/approvals/gates/" + gate + "/");
        browser.until(driver -> browser.text().contains("better than the baseline"));
        assertThat(browser.find("gate-status").getAttribute("data-status")).isEqualTo("APPROVED");
        browser.go("/mlops/1/");
        browser.until(driver -> browser.text().contains("PromoteToRegistry: done"));
        assertThat(browser.find("run-status").getText()).isEqualTo("SUCCESS");
        assertThat(browser.complaints()).isEmpty();
        assertThat(preview.as("auditor").gate(gate).json().get("events").findValuesAsText("comment"))
                .contains("better than the baseline");
    }

    @Test
    public void rejectWithoutComment_isRefusedInThePage() throws Exception {
        Browser browser = open("ml-engineer-1");
        browser.review(gate);
        browser.click("reject");
        browser.until(driver -> !browser.find("field-error").getText().isBlank());
        assertThat(preview.as("auditor").gate(gate).json().get("events").findValuesAsText("type"))
                .doesNotContain("rejected", "closed");

        browser.say("accuracy fell");
        browser.click("reject");
        browser.awaitText("message", "ejected");
        preview.awaitStatus(run, "FAILURE");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void secondOfTwo_isToldWhoWasFirst() throws Exception {
        Browser first = open("ds-lead");
        Browser second = open("ml-engineer-2");
        first.review(gate);
        second.review(gate);
        second.say("I saw it too");
        first.click("approve");
        first.awaitText("message", "pproved");

        second.awaitText("message", "ds-lead");
        assertThat(second.count(By.cssSelector("[data-testid='approve']:not([hidden])"))).isZero();
        assertThat(preview.as("auditor").gate(gate).json().at("/approvals/given").asInt()).isEqualTo(1);
    }

    @Test
    public void secondOfTwo_whoClicksBeforeThePageKnows_isToldToo() throws Exception {
        Browser second = open("ml-engineer-2");
        second.review(gate);
        second.say("too late");
        preview.as("ds-lead").decide(gate, "reject", "{\"comment\":\"not good enough\"}");
        second.clickBlindly("approve");

        second.awaitText("message", "ds-lead: not good enough");
    }

    @Test
    public void personWhoIsNoApprover_seesTheGate_andNoButtons() throws Exception {
        Browser browser = open("developer-1");
        browser.go("/approvals/gates/" + gate + "/");
        browser.until(driver -> browser.text().contains("not among the approvers"));
        assertThat(browser.count(By.cssSelector("[data-testid='approve']:not([hidden])"))).isZero();

        browser.become("outsider");
        browser.go("/approvals/");
        browser.until(driver -> browser.count(By.cssSelector("[aria-busy]")) == 0);
        assertThat(browser.count(By.cssSelector("[data-testid='gate-row']"))).isZero();
    }

    @Test
    public void anotherPersona_isTakenOverWithoutLoadingThePage() throws Exception {
        Browser browser = open("auditor");
        By mine = By.cssSelector("[data-testid='section-mine'] [data-gate-id='" + gate + "']");
        browser.go("/approvals/");
        browser.find(By.cssSelector("[data-testid='section-open'] [data-gate-id='" + gate + "']"));
        assertThat(browser.count(mine)).isZero();

        new Select(browser.find("persona")).selectByValue("ds-lead");

        browser.find(mine);
        browser.until(driver -> browser.find(By.id("approval-gate-badge")).getText().equals("1"));
    }

    @Test
    public void environments_areListedWithTheirApprovers() throws Exception {
        Browser browser = open("auditor");
        browser.go("/approvals/environments/");
        browser.find("environment-row");
        assertThat(browser.count(By.cssSelector("[data-testid='environment-row']"))).isEqualTo(4);
        assertThat(browser.text()).contains("production-deployment", "engineering-manager", "security-team", "48 hours");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void namesWithHtmlInThem_areText() throws Exception {
        Path config = folder.newFile("html.yaml").toPath();
        String name = HTML.replace("\"", "\\\"");
        String only = "        checks:\n          - branchControl: {allowed: \"develop\"}\n";
        assertThat(Files.readString(PreviewRule.EXAMPLE)).contains(only);
        Files.writeString(config, Files.readString(PreviewRule.EXAMPLE)
                .replace(only, "")
                .replace("environments:\n", "environments:\n      - name: \"" + name + "\"\n        description: \"" + name
                        + "\"\n        approvers: [{user: \"" + name + "\"}]\n        checklist: [\"" + name + "\"]\n"));
        preview.stop();
        preview.with(config).start(PreviewRule.CLOCK);
        String html = preview.as("").start("feature/" + HTML);
        String asked = preview.as("").gateOf(html);
        Browser browser = open("ds-lead");
        browser.review(asked);
        browser.say(HTML);
        browser.click("approve");
        browser.awaitText("message", "pproved");
        for (String page : List.of(
                "/approvals/",
                "/approvals/gates/" + asked + "/",
                "/approvals/environments/",
                "/approvals/environments/" + URLEncoder.encode(HTML, StandardCharsets.UTF_8).replace("+", "%20") + "/?job="
                        + URLEncoder.encode(HTML, StandardCharsets.UTF_8),
                "/",
                "/mlops/2/")) {
            browser.go(page);
            browser.until(driver -> browser.text().contains(HTML));
            assertThat(browser.count(By.cssSelector("img"))).as(page).isZero();
            assertThat(browser.title()).as(page).isNotEqualTo("owned");
        }
        assertThat(browser.complaints()).as("the content security policy had nothing to stop").isEmpty();
    }

    @Test
    public void startPage_startsRuns_andMovesTheClock() throws Exception {
        Browser browser = open("developer-1");
        browser.find(By.cssSelector("[data-branch='main']")).click();
        browser.find(By.cssSelector("[data-run='mlops#2'] [data-stage='DeployToProduction'][data-status='WAITING']"));
        String now = browser.find("now").getText();

        browser.find(By.cssSelector("[data-advance='P30D']")).click();

        browser.find(By.cssSelector("[data-run='mlops#2'] [data-stage='DeployToProduction'][data-status='FAILURE']"));
        assertThat(browser.find("now").getText()).isNotEqualTo(now);
        assertThat(browser.complaints()).isEmpty();
    }
}
