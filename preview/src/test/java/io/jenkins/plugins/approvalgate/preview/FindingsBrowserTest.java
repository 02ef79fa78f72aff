package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** The pages of the findings and of the figures in a browser. */
public class FindingsBrowserTest {

    private static final By FINDING = By.cssSelector("[data-testid='finding']");

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private Browser browser;
    private String stamped;

    @Before
    public void somethingSuspicious() throws IOException {
        stamped = preview.as("").gateOf(preview.as("").start("develop"));
        preview.as("ds-lead").decide(stamped, "approve", "{\"comment\":\"<b>fine</b>\"}");
        for (int i = 0; i < 2; i++) {
            String gate = preview.as("").gateOf(preview.as("").start("develop"));
            preview.as("gate-admin").decide(gate, "bypass", "{\"reason\":\"It burns\"}");
        }
        await().atMost(60, TimeUnit.SECONDS).until(() -> audit("findings").path("findings").size() == 2);
        await().atMost(60, TimeUnit.SECONDS).until(() -> audit("figures").at("/all/decided").asInt() == 3);
    }

    @After
    public void leave() {
        BROWSERS.allFree();
    }

    private void open(String user, String address) throws IOException {
        browser = Browser.open(preview.preview().address(), user, BROWSERS.take());
        browser.go(address);
    }

    private static By finding(String kind) {
        return By.cssSelector("[data-testid='finding'][data-kind='" + kind + "']");
    }

    private JsonNode audit(String address) throws IOException {
        return preview.as("auditor").get("/approvals/rest/audit/" + address).json();
    }

    private void awaitFindings() {
        browser.until(driver -> browser.count(finding("RUBBER_STAMP")) == 1 && browser.count(finding("REPEATED_BYPASS")) == 1);
    }

    @Test
    public void auditor_seesFindingsWithTheirEvidence() throws Exception {
        open("auditor", "/approvals/");
        browser.find(By.linkText("Findings")).click();
        awaitFindings();
        assertThat(browser.find(finding("RUBBER_STAMP")).getText())
                .contains("Rubber stamp", "ds-lead approved mlops #1 for registry-promotion", "About ds-lead");
        assertThat(browser.find(finding("REPEATED_BYPASS")).getText())
                .contains("gate-admin bypassed 2 gates within 30 days.", "Evidence: 2 lines");
        browser.find(finding("RUBBER_STAMP")).findElement(By.tagName("summary")).click();
        List<String> lines = browser.find(finding("RUBBER_STAMP")).findElements(By.cssSelector("[data-testid='evidence-line']")).stream()
                .map(line -> line.getAttribute("data-type"))
                .toList();
        assertThat(lines).containsExactly("requested", "approved");
        assertThat(browser.find(finding("RUBBER_STAMP")).getText()).contains("<b>fine</b>");
        browser.find(finding("RUBBER_STAMP")).findElement(By.partialLinkText("mlops #1")).click();
        browser.until(driver -> browser.address().endsWith("/approvals/gates/" + stamped + "/"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void filters_liveInTheAddress_andCanBeCleared() throws Exception {
        open("auditor", "/approvals/findings/");
        awaitFindings();
        new Select(browser.find("findings-kind")).selectByValue("REPEATED_BYPASS");
        browser.until(driver -> browser.count(FINDING) == 1);
        browser.find("findings-actor").sendKeys("DS-lead");
        browser.awaitText("empty", "No finding matches the filter.");
        browser.until(driver -> browser.address().contains("kind=REPEATED_BYPASS") && browser.address().contains("actor=DS-lead"));
        browser.go(browser.address());
        browser.awaitText("empty", "No finding matches the filter.");
        browser.find("findings-clear").click();
        browser.until(driver -> browser.count(FINDING) == 2);
        assertThat(browser.address()).doesNotContain("?");
    }

    @Test
    public void thresholds_areThoseThatAreConfigured() throws Exception {
        open("auditor", "/approvals/findings/");
        awaitFindings();
        browser.find("thresholds").findElement(By.tagName("summary")).click();
        assertThat(browser.find("thresholds").getText())
                .contains("less than 10 seconds after the request", "refused 3 times within 24 hours", "within 30 days",
                        "No office hours are configured");
    }

    @Test
    public void charts_showAllEnvironmentsOrOne() throws Exception {
        open("auditor", "/approvals/");
        browser.find(By.linkText("Figures")).click();
        assertThat(browser.find("environment-figures").getText()).contains("registry-promotion", "100%", "3 of 3");
        browser.find("chart-outcomes");
        browser.find("chart-times");
        assertThat(browser.find("chart-outcomes").getAttribute("aria-label")).contains("Approved: 1", "Bypassed: 2");
        new Select(browser.find("charts-environment")).selectByValue("production-deployment");
        browser.find("figures-empty");
        browser.until(driver -> browser.address().contains("environment=production-deployment"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void approver_isNotLedThere_andSeesNothingThere() throws Exception {
        open("ds-lead", "/approvals/");
        browser.find(By.linkText("Environments"));
        assertThat(browser.count(By.linkText("Findings"))).isZero();
        for (String page : List.of("findings", "charts")) {
            browser.go("/approvals/" + page + "/");
            browser.awaitText("page-message", "You may not see the audit.");
            assertThat(browser.count(FINDING)).isZero();
        }
    }
}
