package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The list of all approvals as people use it, in Chromium. */
public class InboxBrowserTest {

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

    /** Gates that need nothing but a word of ds-lead, and one that has a checklist. */
    private void plainGates() throws Exception {
        Path config = folder.newFile("plain.yaml").toPath();
        Files.writeString(config, """
                unclassified:
                  approvalGate:
                    environments:
                      - {name: "registry-promotion", approvers: [{user: "ds-lead"}], sla: "24h"}
                      - {name: "test-deployment", approvers: [{user: "ds-lead"}], checklist: ["The tests passed"]}
                """);
        preview.stop();
        preview.with(config).start(PreviewRule.CLOCK);
    }

    /** @return its gate */
    private String start(String branch) throws IOException {
        return preview.as("").gateOf(preview.as("").start(branch));
    }

    private Browser open(String user, String address) throws IOException {
        Browser browser = Browser.open(preview.preview().address(), user, BROWSERS.take());
        browser.go(address);
        browser.until(driver -> browser.count(By.cssSelector("[aria-busy]")) == 0);
        return browser;
    }

    private static By row(String gate) {
        return By.cssSelector("[data-testid='gate-row'][data-gate-id='" + gate + "']");
    }

    private static By box(String gate) {
        return By.cssSelector("[data-testid='pick'][data-gate-id='" + gate + "']");
    }

    private static By result(String gate, boolean ok) {
        return By.cssSelector("[data-testid='bulk-result'][data-gate-id='" + gate + "'][data-ok='" + ok + "']");
    }

    /** What {@code script} returns, seen at one moment. */
    private static Object script(Browser browser, String script, Object... arguments) {
        return browser.until(driver -> Optional.of(((JavascriptExecutor) driver).executeScript(script, arguments)))
                .get();
    }

    private static Object rowsIn(Browser browser, String section) {
        return script(
                browser,
                "return [...document.querySelectorAll(`[data-testid='section-${arguments[0]}'] [data-testid='gate-row']`)]"
                        + ".map(row => row.dataset.gateId)",
                section);
    }

    private static void press(Browser browser, CharSequence... keys) {
        browser.until(driver -> {
            driver.switchTo().activeElement().sendKeys(keys);
            return true;
        });
    }

    private static WebElement focused(Browser browser) {
        return browser.until(driver -> driver.switchTo().activeElement());
    }

    private String statusOf(String gate) throws IOException {
        return preview.as("auditor").gate(gate).json().get("status").asText();
    }

    private List<String> comments(String gate) throws IOException {
        return preview.as("auditor").gate(gate).json().get("events").findValuesAsText("comment");
    }

    @Test
    public void row_tellsWhatAnApproverWantsToKnow() throws Exception {
        String gate = start("release/1.0");
        Browser browser = open("qa-lead", "/approvals/");

        assertThat(browser.find(row(gate)).getText())
                .contains("test-deployment", "release/1.0", "mlops #1", "asked for by developer-1", "0 of 1", "Waiting")
                .containsPattern("Stage \\w+")
                .containsPattern("in \\d hours");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void tickedGates_areApprovedInOneGo_andWhoeverFailsIsToldWhy() throws Exception {
        plainGates();
        String first = start("develop");
        String second = start("develop");
        String lost = start("develop");
        Browser browser = open("ds-lead", "/approvals/");
        for (String gate : List.of(first, second, lost)) {
            browser.find(box(gate)).click();
        }
        browser.awaitText("bulk-count", "3 gates ticked");
        browser.find("bulk-comment").sendKeys("all of them look good");
        // Another page of the same person is faster by the length of a thought.
        script(browser, """
                const { authorization } = document.documentElement.dataset;
                const rejection = fetch(`/approvals/rest/gates/${arguments[0]}/reject`, {
                  method: 'POST', body: '{"comment":"the baseline moved"}', keepalive: true,
                  headers: { 'Content-Type': 'application/json', Authorization: authorization },
                });
                rejection.then(() => document.querySelector('[data-testid=bulk-approve]').click());
                return true;
                """, lost);

        assertThat(browser.find(result(lost, false)).getText()).contains("registry-promotion", "mlops #3", "the baseline moved");
        assertThat(browser.find(result(first, true)).getText()).contains("mlops #1", "Approved");
        assertThat(browser.find(result(second, true)).getText()).contains("mlops #2", "Approved");
        browser.awaitText("bulk-results", "2 decisions recorded. 1 was not");
        browser.until(driver -> rowsIn(browser, "mine").equals(List.of()));
        for (String gate : List.of(first, second)) {
            assertThat(statusOf(gate)).isEqualTo("APPROVED");
            assertThat(comments(gate)).contains("all of them look good");
        }
        assertThat(statusOf(lost)).isEqualTo("REJECTED");
        browser.until(driver -> browser.count(By.cssSelector("[data-testid='bulk']:not([hidden])")) == 0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void rejectingSeveral_needsACommentThatGoesToEach() throws Exception {
        plainGates();
        List<String> gates = List.of(start("develop"), start("develop"));
        Browser browser = open("ds-lead", "/approvals/");
        gates.forEach(gate -> browser.find(box(gate)).click());
        browser.awaitText("bulk-count", "2 gates ticked");

        browser.click("bulk-reject");
        browser.awaitText("bulk-error", "Say why you reject");
        for (String gate : gates) {
            assertThat(statusOf(gate)).isEqualTo("WAITING");
        }

        browser.find("bulk-comment").sendKeys("not this week");
        browser.click("bulk-reject");
        for (String gate : gates) {
            browser.find(result(gate, true));
            assertThat(statusOf(gate)).isEqualTo("REJECTED");
            assertThat(comments(gate)).contains("not this week");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void gateWithAChecklist_saysThatNothingIsTicked_andOthersGatesHaveNoBox() throws Exception {
        plainGates();
        String plain = start("develop");
        String asking = start("release/1.0");
        Browser browser = open("ds-lead", "/approvals/");

        browser.find(box(plain));
        browser.find(box(asking)).click();
        browser.awaitText("bulk-left", "1 of them has a checklist");
        browser.find(box(asking)).click();

        browser.become("auditor");
        browser.go("/approvals/");
        browser.find(row(plain));
        assertThat(browser.count(By.cssSelector("[data-testid='pick']"))).isZero();
    }

    @Test
    public void filter_livesInTheAddress_andComesBack() throws Exception {
        plainGates();
        String develop = start("develop");
        String release = start("release/1.0");
        Browser browser = open("ds-lead", "/approvals/");
        browser.find(row(release));

        new Select(browser.find("filter-environment")).selectByValue("registry-promotion");
        browser.find("filter-requestedBy").sendKeys("DEVELOPER");
        browser.until(driver -> browser.address().contains("environment=registry-promotion")
                && browser.address().contains("requestedBy=DEVELOPER"));
        browser.until(driver -> rowsIn(browser, "mine").equals(List.of(develop)));

        String bookmark = browser.address();
        browser.find(By.linkText("registry-promotion")).click();
        browser.until(driver -> browser.address().contains("/gates/"));
        browser.until(driver -> {
            driver.navigate().back();
            return true;
        });
        browser.until(driver -> browser.address().equals(bookmark) && rowsIn(browser, "mine").equals(List.of(develop)));
        assertThat(browser.find("filter-requestedBy").getDomProperty("value")).isEqualTo("DEVELOPER");
        assertThat(new Select(browser.find("filter-environment")).getFirstSelectedOption().getText())
                .isEqualTo("registry-promotion");

        browser.click("filter-clear");
        browser.until(driver -> rowsIn(browser, "mine").equals(List.of(develop, release)));
        assertThat(browser.address()).doesNotContain("?");
        for (Map.Entry<String, String> other : Map.of("job=mlo&stage=deploy", release, "stage=promote", develop).entrySet()) {
            browser.go("/approvals/?" + other.getKey());
            browser.until(driver -> rowsIn(browser, "mine").equals(List.of(other.getValue())));
        }
        browser.go("/approvals/?job=nosuch");
        browser.awaitText("section-mine", "No gate matches the filter");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void overdueGates_areMarked_comeFirst_andCanBeHadAlone() throws Exception {
        plainGates();
        String unhurried = start("release/1.0");
        String late = start("develop");
        preview.moveClock(preview.now().plus(Duration.ofHours(25)));
        Browser browser = open("ds-lead", "/approvals/");

        browser.until(driver -> rowsIn(browser, "mine").equals(List.of(late, unhurried)));
        assertThat(browser.find(row(late)).getText()).contains("Overdue");
        assertThat(browser.find(row(unhurried)).getText()).doesNotContain("Overdue");

        browser.find("filter-overdue").click();
        browser.until(driver -> rowsIn(browser, "mine").equals(List.of(late)));
        assertThat(browser.address()).contains("overdue=true");
    }

    @Test
    public void keyboardAlone_fromTheListToADecision() throws Exception {
        plainGates();
        String first = start("develop");
        String second = start("develop");
        Browser browser = open("ds-lead", "/approvals/");
        browser.find(row(second));

        press(browser, "j", "j", "k", Keys.ARROW_DOWN);
        assertThat(focused(browser).getDomAttribute("data-gate-id")).isEqualTo(second);
        press(browser, Keys.ENTER);
        browser.find("comment");
        press(browser, Keys.TAB);
        browser.until(driver -> {
            // The first field of the decision is reached by Tab, whatever links come before it.
            WebElement element = driver.switchTo().activeElement();
            if ("comment".equals(element.getDomAttribute("data-testid"))) {
                return true;
            }
            element.sendKeys(Keys.TAB);
            return false;
        });
        press(browser, "jk? is no command here", Keys.TAB);
        assertThat(focused(browser).getDomAttribute("data-testid")).isEqualTo("approve");
        press(browser, Keys.ENTER);
        browser.awaitText("message", "pproved");
        assertThat(comments(second)).contains("jk? is no command here");

        press(browser, Keys.ESCAPE);
        browser.until(driver -> browser.count(By.cssSelector("dialog")) == 0);
        browser.until(driver -> rowsIn(browser, "mine").equals(List.of(first)));
        press(browser, "j", "x");
        browser.awaitText("bulk-count", "1 gate ticked");
        press(browser, " ");
        browser.until(driver -> browser.count(By.cssSelector("[data-testid='bulk']:not([hidden])")) == 0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void keys_areExplained_andCanBeSwitchedOff() throws Exception {
        plainGates();
        String gate = start("develop");
        Browser browser = open("ds-lead", "/approvals/");
        browser.find(row(gate));

        press(browser, "/");
        assertThat(focused(browser).getDomAttribute("data-testid")).isEqualTo("filter-job");
        press(browser, "?/", Keys.ENTER);
        assertThat(browser.count(By.cssSelector("dialog"))).isZero();
        assertThat(browser.find("filter-job").getDomProperty("value")).isEqualTo("?/");
        browser.click("filter-clear");

        browser.find(row(gate));
        browser.find(By.tagName("h1")).click();
        press(browser, "?");
        assertThat(browser.find("keys").getText()).contains("Next or previous gate", "Open the review");
        browser.find(By.id("ag-keys-on")).click();
        press(browser, Keys.ESCAPE);
        browser.until(driver -> browser.count(By.cssSelector("dialog")) == 0);

        browser.find(By.tagName("h1")).click();
        press(browser, "j", "?");
        assertThat(browser.count(By.cssSelector("dialog"))).isZero();
        assertThat(focused(browser).getDomAttribute("data-testid")).isNotEqualTo("gate-row");
        browser.click("keys-button");
        browser.find(By.id("ag-keys-on")).click();
        press(browser, Keys.ESCAPE);
    }

    @Test
    public void list_keepsItselfUpToDate_withoutAskingTwiceForTheSame_andNotWhileHidden() throws Exception {
        plainGates();
        Browser browser = open("ds-lead", "/approvals/");
        browser.until(driver -> browser.text().contains("No gate yet"));
        assertThat(browser.text()).contains("approvalGate('production-deployment')");
        String gate = start("develop");
        browser.find(row(gate));
        String answers = "return performance.getEntriesByType('resource')"
                + ".filter(({name}) => name.includes('scope=mine')).map(({responseStatus}) => responseStatus)";
        browser.until(driver -> {
            List<?> seen = (List<?>) script(browser, answers);
            return seen.get(seen.size() - 1).equals(304L);
        });

        String hide = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => arguments[0]});"
                + "document.dispatchEvent(new Event('visibilitychange'));"
                + "performance.clearResourceTimings(); return true";
        script(browser, hide.replace("arguments[0]", "true"));
        String other = start("develop");
        String asked = "return performance.getEntriesByType('resource').filter(({name}) => name.includes('/rest/')).length";
        await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(10)).until(() -> script(browser, asked).equals(0L));
        assertThat(browser.count(row(other))).isZero();

        script(browser, hide.replace("arguments[0]", "false"));
        browser.find(row(other));
    }

    @Test
    public void scriptsAndStyles_areLessThan60Kibibytes() throws Exception {
        start("develop");
        Browser browser = open("ds-lead", "/approvals/");
        browser.find("gate-row");
        // The preview's own, and what is in its header on every page, are not the inbox's.
        Object sizes = script(
                browser,
                "return performance.getEntriesByType('resource')"
                        + ".filter(({name}) => name.match(/assets\\/(js|css)\\//) && !name.includes('badge'))"
                        + ".map(({name, decodedBodySize}) => `${decodedBodySize} ${name.split('/').pop()}`)");
        List<?> files = (List<?>) sizes;
        assertThat(files).asString().contains("app.js", "inbox.js", "approval-gate.css");
        assertThat(files.stream().mapToInt(file -> Integer.parseInt(file.toString().split(" ")[0])).sum())
                .as("%s", files)
                .isLessThan(60 << 10);
    }
}
