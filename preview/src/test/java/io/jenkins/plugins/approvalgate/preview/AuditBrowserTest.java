package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** The audit's page in a browser. */
public class AuditBrowserTest {

    private static final String HTML = "<img src=x onerror=\"document.title='owned'\">";
    private static final By ROW = By.cssSelector("[data-testid='audit-row']");

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private Browser browser;
    private String gate;

    @Before
    public void somethingHappened() throws IOException {
        gate = preview.as("").gateOf(preview.as("").start("develop"));
        preview.as("ds-lead").decide(gate, "approve", "{\"comment\":\"Better than the baseline " + HTML.replace("\"", "\\\"") + "\"}");
        String other = preview.as("").gateOf(preview.as("").start("develop"));
        preview.as("ml-engineer-1").decide(other, "reject", "{\"comment\":\"The loss is too high\"}");
    }

    @After
    public void leave() {
        BROWSERS.allFree();
    }

    private void open(String user, String address) throws IOException {
        browser = Browser.open(preview.preview().address(), user, BROWSERS.take());
        browser.go(address);
    }

    private static By row(String type) {
        return By.cssSelector("[data-testid='audit-row'][data-type='" + type + "']");
    }

    /** Until what was done is in the search. */
    private void awaitRows(String type, int count) {
        browser.until(driver -> browser.count(row(type)) == count);
    }

    @Test
    public void auditor_findsItsWayThere_andSeesWhatHappened() throws Exception {
        open("auditor", "/approvals/");
        browser.find(By.linkText("Audit")).click();
        awaitRows("closed", 2);

        assertThat(browser.find(row("rejected")).getText())
                .contains("ml-engineer-1 rejected", "registry-promotion", "mlops #2", "develop", "The loss is too high");
        assertThat(browser.find(row("closed")).getText()).contains("ml-engineer-1 closed the gate – Rejected");
        assertThat(browser.find(row("approved")).getText()).contains(HTML);
        assertThat(browser.title()).isNotEqualTo("owned");
        browser.find(row("approved")).findElement(By.linkText("Gate")).click();
        browser.until(driver -> browser.address().endsWith("/approvals/gates/" + gate + "/"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void filters_liveInTheAddress() throws Exception {
        open("auditor", "/approvals/audit/");
        awaitRows("closed", 2);
        browser.find("audit-q").sendKeys("loss HIGH");
        // What was said, and what closed the gate.
        browser.until(driver -> browser.count(ROW) == 2);
        new Select(browser.find("audit-type")).selectByValue("rejected");
        browser.until(driver -> browser.address().contains("q=loss+HIGH") && browser.address().contains("type=rejected"));

        browser.go(browser.address());
        browser.until(driver -> browser.count(ROW) == 1);
        assertThat(browser.find("audit-q").getDomProperty("value")).isEqualTo("loss HIGH");
        new Select(browser.find("audit-type")).selectByValue("approved");
        browser.awaitText("empty", "Nothing matches");
        browser.click("audit-clear");
        awaitRows("closed", 2);
        assertThat(browser.address()).doesNotContain("type=").doesNotContain("q=");
        browser.find("audit-build").sendKeys("2");
        browser.until(driver -> browser.count(row("approved")) == 0 && browser.count(row("rejected")) == 1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void changeOfTheConfiguration_saysWhatDiffers() throws Exception {
        open("auditor", "/approvals/audit/?type=environmentChanged&environment=qa-signoff");
        awaitRows("environmentChanged", 1);
        assertThat(browser.find(row("environmentChanged")).getText())
                .contains("changed an environment: added (found at the start)", "settings differ");
        browser.find(By.cssSelector("[data-testid='differences'] summary")).click();
        browser.awaitText("differences", "approvers");
        assertThat(browser.find("differences").getText()).contains("Now: [group qa-team, user product-owner]");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void more_goesOnWhereThePageEnds_eachLineOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            preview.as("").start("feature/" + i);
        }
        open("auditor", "/approvals/audit/");
        browser.until(driver -> browser.count(ROW) == 50);
        browser.click("audit-more");
        browser.until(driver -> browser.count(ROW) > 50);

        List<?> seqs = (List<?>) browser.script("return [...document.querySelectorAll('[data-testid=audit-row]')].map(row => row.dataset.seq)");
        assertThat(seqs).doesNotHaveDuplicates();
        assertThat(seqs.stream().map(seq -> Long.valueOf(seq.toString())).toList())
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .endsWith(1L);
        assertThat(browser.script("return document.activeElement.dataset.testid")).isEqualTo("audit-row");
    }

    @Test
    public void whatHappensMeanwhile_appearsByItself() throws Exception {
        open("auditor", "/approvals/audit/");
        awaitRows("closed", 2);
        String third = preview.as("").gateOf(preview.as("").start("develop"));
        preview.as("ds-lead").decide(third, "reject", "{\"comment\":\"not today\"}");
        awaitRows("rejected", 2);
    }

    @Test
    public void whoMayNotViewIt_isToldSo_andSeesNoWayThere() throws Exception {
        open("ds-lead", "/approvals/audit/");
        browser.awaitText("page-message", "You may not see the audit.");
        assertThat(browser.count(ROW)).isZero();
        assertThat(browser.find(By.linkText("Environments")).isDisplayed()).isTrue();
        assertThat(browser.count(By.cssSelector(".ag-nav-audit"))).isPositive();
        assertThat(browser.script("return [...document.querySelectorAll('.ag-nav-audit')].some(way => way.checkVisibility())"))
                .isEqualTo(false);
    }

    @Test
    public void databaseDown_thePageSaysSinceWhenItIsBehind_andWhy() throws Exception {
        Path config = folder.newFile("down.yaml").toPath();
        String audit = "    audit:\n      database:\n        url: \"jdbc:postgresql://127.0.0.1:1/audit\"\n";
        Files.writeString(config, Files.readString(PreviewRule.EXAMPLE).replace("    environments:\n", audit + "    environments:\n"));
        preview.stop();
        preview.with(config).start(PreviewRule.CLOCK);
        preview.as("").start("develop");
        preview.moveClock(preview.now().plus(Duration.ofHours(3)));
        open("auditor", "/approvals/audit/");

        browser.awaitText("index-state", "lines behind since 3 hours ago");
        browser.awaitText("index-state", "127.0.0.1:1");
        browser.awaitText("page-message", "The search cannot be asked now");
        assertThat(preview.as("").gateOf(preview.as("").start("develop"))).as("decisions go on").isNotEmpty();
    }

    @Test
    public void narrowWindow_needsNoScrollingToTheSide() throws Exception {
        open("auditor", "/approvals/audit/");
        Hands hands = new Hands(browser);
        hands.look(400, 900, false);
        awaitRows("closed", 2);
        assertThat(browser.script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isEqualTo(true);
        hands.lookAsBefore();
    }

    @Test
    public void verify_saysThatTheJournalHolds_andWhatDoesNot() throws Exception {
        open("auditor", "/approvals/audit/");
        awaitRows("closed", 2);
        browser.find(By.cssSelector("[data-testid='verify']")).click();
        browser.until(driver -> message().startsWith("The journal holds: "));

        Path journal = preview.home().resolve("journal");
        Path month;
        try (Stream<Path> files = Files.list(journal)) {
            month = files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
        }
        Files.writeString(month, Files.readString(month).replace("The loss is too high", "The loss is very low"));
        browser.find(By.cssSelector("[data-testid='verify']")).click();
        browser.until(driver -> message().contains("not as"));
        assertThat(browser.find(By.cssSelector("[data-testid='damages']")).getText())
                .contains(month.getFileName().toString(), "its hash does not fit its content");
        assertThat(browser.complaints()).isEmpty();
    }

    private String message() {
        return browser.find(By.cssSelector("[data-testid='proof-message']")).getText();
    }

    @Test
    public void export_isOnRecord() throws Exception {
        open("auditor", "/approvals/audit/?type=exported");
        for (String kind : List.of("csv", "jsonl", "signed")) {
            browser.find(By.cssSelector("[data-testid='export-" + kind + "']")).click();
        }
        awaitRows("exported", 3);
        assertThat(browser.complaints()).isEmpty();
    }
}
