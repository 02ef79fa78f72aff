package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.openqa.selenium.By;

/** The page of an environment and the approval matrix, in Chromium. */
public class EnvironmentBrowserTest {

    private static final String PAGE = "/approvals/environments/registry-promotion/";
    private static final By OUTCOMES = By.cssSelector("[data-testid='chart-outcomes']");
    private static final By TIMES = By.cssSelector("[data-testid='chart-times']");

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    @After
    public void leave() {
        BROWSERS.allFree();
    }

    private Browser open(String user) throws IOException {
        return Browser.open(preview.preview().address(), user, BROWSERS.take());
    }

    private String request(String branch) throws IOException {
        return preview.as("").gateOf(preview.as("").start(branch));
    }

    private void passes(Duration time) throws IOException {
        preview.moveClock(preview.now().plus(time));
    }

    /** Two approved after three hours and one rejected after one, in one month. */
    private void history() throws IOException {
        for (int hours : List.of(3, 3, 1)) {
            String gate = request("develop");
            passes(Duration.ofHours(hours));
            Client lead = preview.as("ds-lead");
            Answer answer = hours == 1
                    ? lead.decide(gate, "reject", "{\"comment\":\"accuracy fell\"}")
                    : lead.decide(gate, "approve", "{}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    public void rules_areSaidInWords() throws Exception {
        request("develop");
        Browser browser = open("auditor");
        browser.go(PAGE);

        assertThat(browser.find("rules").getText())
                .contains("1 approval from any of", "ml-engineers group", "ml-engineer-1 and ml-engineer-2", "ds-lead user")
                .contains("may not approve", "optional for an approval, required for a rejection")
                .contains("within 24 hours", "6 hours before it is due", "after 30 days")
                .contains("Branch control", "only from develop", "PromoteToRegistry", "to anyone who may read the job");
        assertThat(browser.title()).contains("registry-promotion");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void beforeTheFirstDecision_thereAreNoFigures_andNothingIsLoadedForThem() throws Exception {
        request("feature/x"); // refused by a check: nobody decided
        Browser browser = open("auditor");
        browser.go(PAGE);

        assertThat(browser.find("figures-empty").getText()).contains("No gate has been decided here yet");
        browser.find("section-closed");
        assertThat(browser.count(By.tagName("canvas"))).isZero();
        assertThat(browser.script("return performance.getEntriesByType('resource').filter(e => e.name.includes('/libs/')).length"))
                .isEqualTo(0L);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void figures_areDrawn_andReadAsATable_andFollowTheNextDecision() throws Exception {
        history();
        Browser browser = open("auditor");
        browser.go(PAGE);

        browser.until(driver -> says(browser, OUTCOMES, "Approved: 2") && says(browser, OUTCOMES, "Rejected: 1"));
        browser.until(driver -> says(browser, TIMES, "3 hours, 90 % within 3 hours"));
        // Pixels that are not the background's.
        browser.until(driver -> painted(browser, "chart-outcomes") && painted(browser, "chart-times"));
        assertThat(browser.find("figures").getText()).contains("Decided\n3", "Median time to decision\n3 hours", "100%", "3 of 3");
        browser.find(By.cssSelector("[data-testid='figures-table'] summary")).click();
        assertThat(browser.find(By.cssSelector("[data-testid='figures-table'] tbody tr")).getText())
                .contains("3 3 hours 3 hours 2 1");
        assertThat(browser.complaints()).as("the content security policy had nothing to stop").isEmpty();

        String gate = request("develop");
        preview.as("ds-lead").decide(gate, "approve", "{}");

        browser.until(driver -> says(browser, OUTCOMES, "Approved: 3"));
        assertThat(browser.find(By.cssSelector("[data-testid='figures-table'] tbody tr")).isDisplayed())
                .as("what was opened stays open")
                .isTrue();
    }

    private static boolean says(Browser browser, By chart, String words) {
        return browser.find(chart).getAttribute("aria-label").contains(words);
    }

    private static boolean painted(Browser browser, String chart) {
        return (Boolean) browser.script("const c = document.querySelector(\"[data-testid='" + chart + "']\");"
                + "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                + "const seen = new Set();"
                + "for (let i = 0; i < d.length; i += 4) { if (d[i + 3] > 200) { seen.add(d[i] + ',' + d[i + 1] + ',' + d[i + 2]); } }"
                + "return seen.size > 2;");
    }

    @Test
    public void closedGates_areListed_withAWayToAllOfThem() throws Exception {
        for (int i = 0; i < 6; i++) {
            request("feature/x" + i);
        }
        Browser browser = open("auditor");
        browser.go(PAGE);

        browser.until(driver -> browser.count(By.cssSelector("[data-testid='section-closed'] [data-testid='gate-row']")) == 5);
        browser.find("more-closed").click();

        browser.until(driver -> browser.address().endsWith("/approvals/?environment=registry-promotion"));
        browser.find("section-closed");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void openGate_isReviewedOnThePage() throws Exception {
        String gate = request("develop");
        Browser browser = open("ds-lead");
        browser.go(PAGE);
        browser.find(By.cssSelector("[data-testid='review-button'][data-gate-id='" + gate + "']")).click();
        browser.find("review-dialog");
        browser.click("approve");

        browser.awaitText("message", "pproved");
        browser.find(By.cssSelector("[data-testid='section-closed'] [data-gate-id='" + gate + "']"));
    }

    @Test
    public void outsider_seesRules_butNoFiguresOfJobsThatAreHidden() throws Exception {
        history();
        Browser browser = open("outsider");
        browser.go(PAGE);

        assertThat(browser.find("rules").getText()).contains("ml-engineers");
        browser.find("figures-empty");
        assertThat(browser.text()).doesNotContain("PromoteToRegistry", "mlops");
    }

    @Test
    public void matrix_saysEverythingInARow_andLeadsToThePage() throws Exception {
        request("develop");
        Browser browser = open("auditor");
        browser.go("/approvals/environments/");

        assertThat(browser.find(By.cssSelector("[data-environment='registry-promotion']")).getText())
                .contains("PromoteToRegistry", "develop", "1 approval from any of", "ml-engineers", "Branch control", "Checklist (4)",
                        "24 hours", "30 days", "1 open gate");
        assertThat(browser.find(By.cssSelector("[data-environment='production-deployment']")).getText())
                .contains("main", "all, in any order", "security-team", "Monday to Friday", "48 hours");
        browser.find(By.linkText("registry-promotion")).click();
        browser.find("rules");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void matrix_isDownloadedAsCsv() throws Exception {
        Browser browser = open("auditor");
        Path folder = Files.createDirectory(preview.home().resolve("downloads"));
        browser.downloadsTo(folder);
        browser.go("/approvals/environments/");
        browser.click("matrix-csv");

        Path file = folder.resolve("approval-matrix.csv");
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(file) && Files.size(file) > 0);
        assertThat(Files.readString(file))
                .startsWith("\"Gate\",")
                .contains("\"registry-promotion\"", "ml-engineers (group); ds-lead", "only from main");
        assertThat(browser.complaints()).isEmpty();
    }
}
