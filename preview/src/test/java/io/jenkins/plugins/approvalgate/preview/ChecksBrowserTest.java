package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** Checks, locks and explanations as people see them, in Chromium. */
public class ChecksBrowserTest {

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    @After
    public void leave() {
        BROWSERS.allFree();
    }

    private Browser open(String user) throws IOException {
        return Browser.open(preview.preview().address(), user, BROWSERS.take());
    }

    private static By check(String kind, String status) {
        return By.cssSelector("[data-testid='check'][data-kind='" + kind + "'][data-status='" + status + "']");
    }

    private static String environment(String name) {
        return "/approvals/environments/" + name + "/";
    }

    @Test
    public void otherBranch_isRefused_andThePageSaysWhy() throws Exception {
        String run = preview.as("").start("feature/x");
        preview.awaitStatus(run, "FAILURE");
        String gate = preview.as("").gateOf(run);
        Browser browser = open("ds-lead");
        browser.go("/approvals/gates/" + gate + "/");

        assertThat(browser.find(check("branchControl", "FAIL")).getText())
                .contains("Branch control", "failed", "feature/x is not allowed here", "develop");
        assertThat(browser.find("gate-status").getAttribute("data-status")).isEqualTo("CHECK_FAILED");
        assertThat(browser.text()).contains("Approval Gate checked Branch control: failed");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void productionApprovedOnSunday_opensWhenTheClockGoesOverNineInNewYork() throws Exception {
        preview.moveClock(preview.next(DayOfWeek.SUNDAY, 12));
        String run = preview.as("").start("main");
        String gate = preview.as("").gateOf(run);
        preview.as("security-1").decide(gate, "approve", "{}");
        preview.as("engineering-manager").decide(gate, "approve", "{}");
        Browser browser = open("product-owner");
        browser.go("/approvals/");
        assertThat(browser.find(By.cssSelector("[data-gate-id='" + gate + "'] [data-kind='businessHours']")).getText())
                .contains("Business hours", "changes in");
        browser.review(gate);
        assertThat(browser.find(check("businessHours", "WAIT")).getText())
                .contains("Outside business hours", "09:00", "America/New_York", "changes in");
        assertThat(browser.text()).contains("1 check keeps the gate shut");

        browser.click("approve");
        browser.awaitText("message", "Your approval is recorded. The gate opens on ");
        browser.awaitText("message", "(Business hours)");
        assertThat(preview.as("").statusOf(run)).isEqualTo("WAITING");

        preview.moveClock(preview.next(DayOfWeek.MONDAY, 9));
        browser.find(check("businessHours", "PASS"));
        browser.until(driver -> browser.find("gate-status").getAttribute("data-status").equals("APPROVED"));
        preview.awaitStatus(run, "SUCCESS");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void explain_answersForEachGate() throws Exception {
        Instant wednesday = preview.next(DayOfWeek.WEDNESDAY, 12);
        Instant sunday = preview.next(DayOfWeek.SUNDAY, 12);
        Browser browser = open("developer-1");

        explain(browser, "registry-promotion", "develop", "ds-lead", wednesday);
        assertAnswer(browser, "OPEN", true, check("branchControl", "PASS"));
        explain(browser, "test-deployment", "main", "qa-lead", wednesday);
        assertAnswer(browser, "REFUSED", false, check("branchControl", "FAIL"));
        explain(browser, "qa-signoff", "release/2.0", "product-owner", wednesday);
        assertAnswer(browser, "OPEN", false, check("branchControl", "PASS"));
        explain(browser, "production-deployment", "main", "security-1", wednesday);
        assertAnswer(browser, "OPEN", true, check("businessHours", "PASS"));
        explain(browser, "production-deployment", "main", "security-1", sunday);
        assertAnswer(browser, "WAIT", true, check("businessHours", "WAIT"));
        assertThat(browser.find("explain-answer").getText()).contains("Changes next on ");
        explain(browser, "production-deployment", "feature/x", "security-1", sunday);
        assertAnswer(browser, "REFUSED", false, check("branchControl", "FAIL"));
        assertThat(browser.find("explain-verdict").getText()).contains("feature/x is not allowed here");
        assertThat(browser.complaints()).isEmpty();
        assertThat(preview.as("auditor").get("/approvals/rest/gates?scope=open").json().get("gates")).isEmpty();
    }

    /** By an address that somebody could have kept. */
    private static void explain(Browser browser, String environment, String branch, String user, Instant at) {
        browser.go(environment(environment) + "?job=mlops&branch=" + URLEncoder.encode(branch, StandardCharsets.UTF_8)
                + "&user=" + user + "&at=" + at);
    }

    private static void assertAnswer(Browser browser, String verdict, boolean may, By check) {
        browser.find(By.cssSelector("[data-testid='explain-verdict'][data-verdict='" + verdict + "']"));
        browser.find(By.cssSelector("[data-testid='explain-approval'][data-may='" + may + "']"));
        browser.find(check);
    }

    @Test
    public void explainForm_isAnsweredByTheKeyboard_andItsValuesStandInTheAddress() throws Exception {
        Browser browser = open("ds-lead");
        browser.go(environment("registry-promotion"));
        assertThat(browser.find("explain-user").getAttribute("value")).isEqualTo("ds-lead");
        browser.find("explain-job").sendKeys("mlops");
        new Select(browser.find("explain-kind")).selectByValue("pullRequest");
        browser.find("explain-branch").sendKeys("PR-7", Keys.ENTER);
        assertAnswer(browser, "REFUSED", false, check("branchControl", "FAIL"));
        assertThat(browser.find("explain-verdict").getAttribute("aria-live")).isEqualTo("polite");
        assertThat(browser.address()).contains("?job=mlops&kind=pullRequest&branch=PR-7&user=ds-lead").doesNotContain("at=");

        new Select(browser.find("explain-kind")).selectByValue("branch");
        WebElement branch = browser.find("explain-branch");
        branch.clear();
        branch.sendKeys("develop", Keys.ENTER);
        assertAnswer(browser, "OPEN", true, check("branchControl", "PASS"));

        browser.click("explain-run");
        browser.click("explain-button");
        browser.awaitText("explain-message", "Only those who may configure environments");
        assertThat(browser.text()).doesNotContain("It would open");
    }

    @Test
    public void explainForm_refusesALineThatIsNoMetric() throws Exception {
        Browser browser = open("ds-lead");
        browser.go(environment("registry-promotion") + "?job=mlops&branch=develop&metrics=accuracy+is+fine");
        WebElement metrics = browser.find("explain-metrics");
        browser.until(driver -> metrics.getDomProperty("validationMessage").contains("accuracy is fine"));
        assertThat(browser.find(By.cssSelector("[data-testid='explain']")).getText()).contains("Metrics");

        metrics.clear();
        metrics.sendKeys("accuracy = 0.94");
        browser.click("explain-button");
        assertAnswer(browser, "OPEN", true, check("branchControl", "PASS"));
    }

    @Test
    public void environments_leadToTheirOwnPages_withTheRulesInWords() throws Exception {
        Browser browser = open("auditor");
        browser.go("/approvals/environments/");
        By production = By.cssSelector("[data-environment='production-deployment']");
        assertThat(browser.find(production).getText())
                .contains("Branch control: only from main", "Business hours: ", "America/New_York");
        browser.find(By.linkText("production-deployment")).click();
        browser.until(driver -> browser.text().contains("What would happen?"));

        assertThat(browser.text())
                .contains("Final approval before production", "all, in any order", "security-1", "within 48 hours", "after 30 days")
                .contains("Branch control: only from main", "Business hours: ");
        assertThat(browser.count(By.cssSelector("[data-testid='lock']"))).isZero();
        assertThat(browser.title()).contains("production-deployment");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void environmentPage_showsWhoHasTheLock_andWhoWaits() throws Exception {
        Path config = folder.newFile("lock.yaml").toPath();
        Files.writeString(config, """
                unclassified:
                  approvalGate:
                    environments:
                      - {name: "test-deployment", approvers: [{user: "qa-lead"}], lock: sequential}
                      - {name: "qa-signoff", approvers: [{user: "qa-lead"}]}
                """);
        preview.stop();
        preview.with(config).start(PreviewRule.CLOCK);
        Browser browser = open("qa-lead");
        browser.go(environment("test-deployment"));
        browser.awaitText("lock", "Nobody holds the lock");
        assertThat(browser.text()).contains("Exclusive lock: one build at a time, first come first served");

        String first = preview.as("").start("release/1.0");
        String second = preview.as("").start("release/1.0");
        String held = preview.as("").gateOf(first);
        String waiting = preview.as("").gateOf(second);
        preview.as("qa-lead").decide(held, "approve", "{}");
        preview.as("qa-lead").decide(waiting, "approve", "{}");

        browser.awaitText("lock", first.replace("#", " #") + " (gate) holds the lock since ");
        browser.awaitText("lock", second.replace("#", " #") + " (gate), asked for ");
        browser.find(By.cssSelector("[data-testid='section-open'] [data-gate-id='" + waiting + "'] [data-kind='lock']"));
        browser.go("/approvals/gates/" + waiting + "/");
        assertThat(browser.find(check("lock", "WAIT")).getText()).contains("Exclusive lock", "holds the lock of test-deployment");
        browser.become("outsider");
        browser.go(environment("test-deployment"));
        browser.awaitText("lock", "A build that you may not see holds the lock since ");
        assertThat(browser.text()).doesNotContain("mlops");

        await().until(() -> !preview.as("").gateOf(first).equals(held));
        preview.as("qa-lead").decide(preview.as("").gateOf(first), "approve", "{}");
        preview.awaitStatus(first, "SUCCESS");
        await().until(() -> !preview.as("").gateOf(second).equals(waiting));
        browser.become("qa-lead");
        browser.go("/approvals/gates/" + held + "/");
        browser.until(driver -> browser.text().contains("took the exclusive lock back"));
        browser.go(environment("test-deployment"));
        browser.awaitText("lock", second.replace("#", " #") + " (gate) holds the lock since ");
        browser.awaitText("lock", "Nobody waits for it.");
        assertThat(browser.complaints()).isEmpty();
    }
}
