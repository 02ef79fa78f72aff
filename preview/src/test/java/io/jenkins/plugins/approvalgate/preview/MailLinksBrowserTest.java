package io.jenkins.plugins.approvalgate.preview;

import static io.jenkins.plugins.approvalgate.preview.Hands.shown;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Where the links of a mail lead: to a page that asks once more, and decides nothing by itself. */
public class MailLinksBrowserTest {

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private String gate;
    private Browser browser;
    private Hands hands;

    @Before
    public void oneGate() throws IOException {
        gate = preview.as("").gateOf(preview.as("").start("develop"));
    }

    @After
    public void leave() {
        BROWSERS.allFree();
    }

    private void follow(String user, String query) throws IOException {
        browser = Browser.open(preview.preview().address(), user, BROWSERS.take());
        hands = new Hands(browser);
        browser.go("/approvals/gates/" + gate + "/" + query);
        browser.find("decision");
    }

    private List<String> types() throws IOException {
        return preview.as("auditor").gate(gate).json().get("events").findValuesAsText("type");
    }

    private List<String> buttons() {
        return browser.until(driver -> driver.findElements(By.cssSelector("[data-testid='decision'] form:first-of-type button")))
                .stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .toList();
    }

    private boolean isInSight(String testId) {
        return (Boolean) hands.script(
                "const { top, bottom } = arguments[0].getBoundingClientRect();"
                        + "return top >= 0 && bottom <= window.innerHeight",
                browser.find(testId));
    }

    @Test
    public void approve_isASentenceAndAClickAway() throws Exception {
        List<String> before = types();
        follow("ds-lead", "?decide=approve");
        hands.awaitFocus("comment");
        assertThat(browser.find("decision").getText()).contains("Do you approve?", "Nothing is decided yet");
        assertThat(buttons()).containsExactly("Approve", "Reject");
        assertThat(isInSight("approve")).isTrue();
        assertThat(types()).as("the link alone does nothing").isEqualTo(before);

        hands.press("better than the baseline");
        browser.click("approve");

        browser.awaitText("message", "Approved. The pipeline goes on.");
        assertThat(browser.address()).endsWith("/approvals/gates/" + gate + "/");
        assertThat(types()).contains("approved", "closed");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void reject_putsItsButtonFirst_andStillWantsAReason() throws Exception {
        follow("ds-lead", "?decide=reject");
        hands.awaitFocus("comment");
        assertThat(buttons()).containsExactly("Reject", "Approve");
        browser.click("reject");
        browser.awaitText("field-error", "Say why you reject");
        hands.press("accuracy fell");
        browser.click("reject");

        browser.awaitText("message", "Rejected.");
        assertThat(browser.find("decision").getText()).startsWith("Your decision");
        assertThat(types()).contains("rejected");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void narrowWindow_hasTheFormInSight() throws Exception {
        follow("ds-lead", "?decide=approve");
        hands.look(400, 800, false);
        browser.go("/approvals/gates/" + gate + "/?decide=approve");
        hands.awaitFocus("comment");
        browser.until(driver -> isInSight("comment"));
        // The button may be a thumb's movement below, where there is a long checklist.
        assertThat(browser.find("decision").getRect().getY()).isLessThan(400);
        hands.lookAsBefore();
    }

    @Test
    public void gateThatWasClosedMeanwhile_isSaidFirst() throws Exception {
        preview.as("ml-engineer-1").decide(gate, "reject", "{\"comment\":\"too slow\"}");
        List<String> before = types();
        follow("ds-lead", "?decide=approve");

        browser.awaitText("message", "This gate is closed: Rejected, by ml-engineer-1");
        browser.awaitText("message", "Nothing is left to decide.");
        hands.awaitFocus("message");
        assertThat(browser.count(shown("approve"))).isZero();
        assertThat(types()).isEqualTo(before);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void oneWhoMayNotDecide_isToldFirst() throws Exception {
        follow("developer-1", "?decide=reject");

        browser.awaitText("message", "You are not among the approvers of registry-promotion.");
        hands.awaitFocus("message");
        assertThat(browser.count(shown("reject"))).isZero();
    }

    @Test
    public void onceDecided_theLinkSaysSo() throws Exception {
        gate = preview.as("").gateOf(preview.as("").start("main"));
        preview.as("product-owner").decide(gate, "approve", "{}");
        follow("product-owner", "?decide=approve");

        browser.awaitText("message", "You have approved already.");
        assertThat(buttons()).containsExactly("Withdraw my approval");
    }

    @Test
    public void addressThatAsksForAnythingElse_isThePlainPage() throws Exception {
        List<String> before = types();
        for (String decide : List.of("bypass", "withdraw", "toString", "constructor", "")) {
            follow("gate-admin", "?decide=" + decide);
            assertThat(browser.count(By.cssSelector(".ag-confirm"))).as(decide).isZero();
            assertThat(browser.count(By.cssSelector("[data-testid='message']:not(:empty)"))).as(decide).isZero();
            BROWSERS.allFree();
        }
        assertThat(types()).isEqualTo(before);
    }

    @Test
    public void readingTheApi_decidesNothing() throws Exception {
        List<String> before = types();
        for (String action : List.of("approve", "reject", "withdraw", "defer", "reassign", "bypass", "recheck")) {
            assertThat(preview.as("ds-lead").get("/approvals/rest/gates/" + gate + "/" + action).status())
                    .as(action)
                    .isEqualTo(405);
        }
        assertThat(types()).isEqualTo(before);
    }
}
