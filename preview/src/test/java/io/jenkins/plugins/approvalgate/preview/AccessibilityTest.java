package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.openqa.selenium.By;

/**
 * Every page in every state, asked by axe-core (https://github.com/dequelabs/axe-core) in a wide and a narrow window, light
 * and dark: nothing that it calls serious or critical, contrast included.
 */
public class AccessibilityTest {

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    private static final String AXE = resource("/axe.min.js");

    private static final String ASK = """
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .flatMap(({ id, impact, nodes }) => nodes.map(({ target, failureSummary }) =>
                `${impact} ${id} at ${target}: ${failureSummary}`))), failed => done([`axe failed: ${failed}`]));
            """;

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private Browser browser;
    private Hands hands;

    @Before
    public void browserIsOpen() throws IOException {
        browser = Browser.open(preview.preview().address(), "ml-engineer-1", BROWSERS.take());
        hands = new Hands(browser);
    }

    @After
    public void leave() {
        hands.lookAsBefore();
        BROWSERS.allFree();
    }

    private static String resource(String name) {
        try (InputStream stream = AccessibilityTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private String start(String branch) throws IOException {
        return preview.as("").gateOf(preview.as("").start(branch));
    }

    private void go(String address) {
        browser.go(address);
        browser.until(driver -> browser.count(By.cssSelector("main h1, main h2")) > 0
                && browser.count(By.cssSelector("[aria-busy='true']")) == 0);
    }

    /** Opens all that can be folded open, since what is hidden is not looked at. */
    private void unfoldAll() {
        hands.script("document.querySelectorAll('details').forEach(part => { part.name = ''; part.open = true; })");
    }

    /** The page as it is now, in all its looks. */
    private void assertAccessible(String state) {
        List<String> found = new ArrayList<>();
        hands.script(AXE);
        for (int width : new int[] {1400, 400}) {
            for (boolean dark : new boolean[] {false, true}) {
                hands.look(width, 900, dark);
                // What appears does so in a moment: half seen, it has half the contrast.
                hands.script("document.getAnimations().forEach(animation => animation.finish())");
                for (Object finding : (List<?>) hands.scriptLater(ASK)) {
                    found.add(width + (dark ? " dark: " : " light: ") + finding);
                }
            }
        }
        hands.lookAsBefore();
        assertThat(found).as(state).isEmpty();
    }

    @Test
    public void axe_seesWhatIsWrong() {
        go("/approvals/");
        hands.script("document.querySelector('main').insertAdjacentHTML('beforeend',"
                + " '<button></button><p id=\"pale\">pale</p>');"
                + "document.getElementById('pale').attributeStyleMap.set('color', 'rgb(200, 200, 200)')");
        hands.script(AXE);
        assertThat((List<?>) hands.scriptLater(ASK)).asString().contains("button-name", "color-contrast");
    }

    @Test
    public void inbox_emptyAndFull() throws Exception {
        go("/approvals/");
        browser.until(driver -> browser.text().contains("No gate yet"));
        assertAccessible("inbox that nobody used yet");

        start("develop");
        preview.as("").start("feature/x");
        preview.as("ml-engineer-2").decide(start("develop"), "reject", "{\"comment\":\"no\"}");
        start("main");
        preview.moveClock(preview.now().plusSeconds(100 * 3600));
        go("/approvals/");
        browser.find("gate-row");
        unfoldAll();
        browser.until(driver -> browser.text().contains("Rejected"));
        assertAccessible("inbox");
    }

    @Test
    public void review_inADialog() throws Exception {
        String gate = start("develop");
        browser.review(gate);
        unfoldAll();
        assertAccessible("review dialog");
        browser.click("reject");
        browser.click("reassign");
        assertAccessible("review dialog with what is wrong");
    }

    @Test
    public void gatePage_ofAnOpenGate() throws Exception {
        preview.moveClock(preview.next(DayOfWeek.SUNDAY, 12));
        String gate = start("main");
        preview.as("product-owner").decide(gate, "approve", "{\"comment\":\"yes\",\"checklist\":[\"Quality assurance signed off\"]}");
        preview.as("security-1").decide(gate, "reassign", "{\"to\":\"qa-lead\",\"comment\":\"away\"}");
        browser.become("engineering-manager");
        go("/approvals/gates/" + gate + "/");
        browser.find("approve");
        unfoldAll();
        assertAccessible("open gate");
        browser.become("gate-admin");
        go("/approvals/gates/" + gate + "/");
        hands.unfold("bypass-part");
        browser.find("bypass-reason").sendKeys("incident");
        browser.click("bypass-next");
        assertAccessible("open gate, about to be bypassed");
    }

    @Test
    public void gatePage_thatConfirms_andOfAClosedGate() throws Exception {
        String gate = start("develop");
        for (String decide : List.of("approve", "reject")) {
            go("/approvals/gates/" + gate + "/?decide=" + decide);
            hands.awaitFocus("comment");
            assertAccessible("confirm " + decide);
        }
        browser.say("fell behind");
        browser.click("reject");
        browser.awaitText("message", "Rejected");
        assertAccessible("just rejected");
        go("/approvals/gates/" + gate + "/?decide=approve");
        browser.awaitText("message", "closed");
        assertAccessible("closed gate");
        go("/approvals/gates/unknown/");
        browser.awaitText("message", "There is no such gate");
        assertAccessible("no gate");
    }

    @Test
    public void environments() throws Exception {
        start("main");
        preview.as("ds-lead").decide(start("develop"), "approve", "{}");
        go("/approvals/environments/");
        browser.find("environment-row");
        assertAccessible("environments");
        go("/approvals/environments/registry-promotion/");
        browser.find("explain-button").click();
        browser.find("explain-verdict");
        unfoldAll();
        assertAccessible("one environment");
    }

    @Test
    public void audit_withAndWithoutAnythingFound_andWhileTheSearchIsBehind() throws Exception {
        preview.as("ds-lead").decide(start("develop"), "approve", "{\"comment\":\"fine\"}");
        browser.become("auditor");
        go("/approvals/audit/");
        browser.find("audit-row");
        // As while a rebuild runs, which is over too soon to be looked at.
        hands.script("const line = document.querySelector('.ag-index-line'); line.hidden = false;"
                + " line.querySelector('p').textContent = 'The search is 5 lines behind since now';"
                + " line.querySelector('progress').hidden = false; line.querySelector('progress').value = 0.4");
        assertAccessible("audit");
        go("/approvals/audit/?q=nothing");
        browser.awaitText("empty", "Nothing matches");
        assertAccessible("audit without anything found");
        browser.become("ml-engineer-1");
        go("/approvals/audit/");
        browser.awaitText("page-message", "may not see");
        assertAccessible("audit for somebody who may not see it");
    }

    @Test
    public void findings_withTheirEvidence_andWithoutAny() throws Exception {
        browser.become("auditor");
        go("/approvals/findings/");
        browser.awaitText("empty", "Nothing suspicious");
        hands.script("document.querySelector('[data-testid=thresholds]').open = true");
        assertAccessible("findings without any");
        preview.as("ds-lead").decide(start("develop"), "approve", "{\"comment\":\"fine\"}");
        go("/approvals/findings/");
        browser.find("finding");
        hands.script("document.querySelector('[data-testid=evidence]').open = true");
        assertAccessible("findings");
        go("/approvals/findings/?kind=OFF_HOURS");
        browser.awaitText("empty", "No finding matches");
        assertAccessible("findings without any that match");
    }

    @Test
    public void charts_withAndWithoutFigures() throws Exception {
        browser.become("auditor");
        go("/approvals/charts/");
        browser.find("figures-empty");
        assertAccessible("charts without figures");
        preview.as("ds-lead").decide(start("develop"), "approve", "{\"comment\":\"fine\"}");
        go("/approvals/charts/");
        browser.find("environment-figures");
        hands.script("document.querySelector('[data-testid=figures-table]').open = true");
        assertAccessible("charts");
    }

    @Test
    public void previewsOwnPages() throws Exception {
        start("release/1.0");
        for (String page : List.of("/", "/mlops/1/")) {
            browser.go(page);
            browser.until(driver -> browser.text().contains("DeployToTest"));
            assertAccessible(page);
        }
    }

    @Test
    public void pages_haveALanguage_andATitleThatSaysWhatIsShown() throws Exception {
        String gate = start("develop");
        go("/approvals/gates/" + gate + "/");
        browser.until(driver -> browser.title().contains("registry-promotion"));
        assertThat(browser.title()).isEqualTo("Waiting: registry-promotion – mlops #1");
        assertThat(hands.script("return document.querySelector('#approval-gate').lang")).isEqualTo("en");
    }
}
