package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The main line without a mouse: from the list to a decision, and the rarer ones. */
public class KeyboardBrowserTest {

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private Browser browser;
    private Hands hands;

    @Before
    public void somebodyAtAPage() throws IOException {
        preview.as("").start("develop");
        preview.as("").start("main");
    }

    @After
    public void leave() {
        BROWSERS.allFree();
    }

    private void open(String user, String address) throws IOException {
        browser = Browser.open(preview.preview().address(), user, BROWSERS.take());
        hands = new Hands(browser);
        browser.go(address);
        browser.find(address.contains("gates") ? "decision" : "gate-row");
    }

    private String gateOf(int run) {
        return preview.as("").gateOf("mlops#" + run);
    }

    private String statusOf(int run) throws IOException {
        return preview.as("auditor").gate(gateOf(run)).json().get("status").asText();
    }

    @Test
    public void approver_goesFromTheListToADecisionAndBack() throws Exception {
        open("ds-lead", "/approvals/");
        hands.press("j");
        hands.awaitFocus("gate-row");
        hands.press(Keys.ENTER);
        browser.find("comment");
        assertThat(hands.focused().getText()).as("the title is read first").contains("registry-promotion");
        hands.tabTo("skip");
        hands.press(Keys.ENTER);
        hands.awaitFocus("comment");
        hands.press("looks good", Keys.TAB);
        assertThat(hands.focus()).isEqualTo("approve");
        hands.press(Keys.ENTER);

        browser.awaitText("message", "Approved. The pipeline goes on.");
        hands.awaitFocus("message");
        assertThat(statusOf(1)).isEqualTo("APPROVED");
        hands.press(Keys.ESCAPE);
        browser.until(driver -> browser.count(Hands.hook("review-dialog")) == 0);
        assertThat(hands.focused().getTagName()).as("not lost").isNotEqualTo("body");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void enter_neverDecides() throws Exception {
        open("ds-lead", "/approvals/gates/" + gateOf(1) + "/?decide=approve");
        hands.awaitFocus("comment");
        hands.press("one line", Keys.ENTER, "another");
        hands.tabTo("reject");
        hands.press(Keys.TAB, Keys.ENTER);
        hands.tabTo("until");
        hands.press(Keys.ENTER);

        assertThat(statusOf(1)).isEqualTo("WAITING");
        assertThat(browser.find("comment").getDomProperty("value")).isEqualTo("one line\nanother");
        assertThat(preview.as("auditor").gate(gateOf(1)).json().get("events").findValuesAsText("type"))
                .doesNotContain("approved", "deferred", "rejected");
    }

    @Test
    public void approver_defers() throws Exception {
        open("ds-lead", "/approvals/gates/" + gateOf(1) + "/");
        hands.tabTo("reject");
        hands.press(Keys.TAB);
        assertThat(hands.focused().getText()).isEqualTo("Approve for later");
        hands.press(Keys.SPACE);
        hands.tabTo("preset");
        hands.press(Keys.ENTER);
        hands.tabTo("defer");
        hands.press(Keys.ENTER);

        browser.awaitText("message", "Your approval is recorded, and counts from ");
        hands.awaitFocus("message");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void approver_handsOver() throws Exception {
        open("security-1", "/approvals/gates/" + gateOf(2) + "/");
        hands.tabTo("reject");
        hands.press(Keys.TAB, Keys.TAB);
        assertThat(hands.focused().getText()).isEqualTo("Hand over to somebody else");
        hands.press(Keys.ENTER, Keys.TAB);
        hands.press("qa-lead", Keys.TAB, "on leave");
        hands.tabTo("reassign");
        hands.press(Keys.SPACE);

        browser.awaitText("message", "qa-lead can decide in your place now.");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void administrator_bypasses_andNoKeyPressedTwiceDoesIt() throws Exception {
        open("gate-admin", "/approvals/gates/" + gateOf(2) + "/");
        browser.find(By.cssSelector("[data-testid='bypass-part'] > summary"));
        for (int tabs = 0; tabs < 60 && !hands.focused().getText().equals("Bypass the gate"); tabs++) {
            hands.press(Keys.TAB);
        }
        hands.press(Keys.ENTER);
        hands.tabTo("bypass-reason");
        hands.press("incident 4711");
        hands.tabTo("bypass-next");
        hands.press(Keys.ENTER);
        hands.press(Keys.ENTER);
        hands.press(Keys.SPACE);
        hands.awaitFocus("bypass-question");
        assertThat(statusOf(2)).isEqualTo("WAITING");
        hands.tabTo("bypass");
        hands.press(Keys.ENTER);

        browser.awaitText("message", "Bypassed. The pipeline goes on.");
        assertThat(statusOf(2)).isEqualTo("BYPASSED");
        assertThat(browser.complaints()).isEmpty();
    }
}
