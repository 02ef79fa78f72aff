package io.jenkins.plugins.approvalgate.preview;

import static io.jenkins.plugins.approvalgate.preview.Hands.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** Everything that can be decided on a gate, as people do it, and what the page says happens next. */
public class DecisionsBrowserTest {

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private Browser browser;
    private Hands hands;

    @After
    public void leave() {
        BROWSERS.allFree();
    }

    private String start(String branch) throws IOException {
        return preview.as("").gateOf(preview.as("").start(branch));
    }

    /** Somebody at the page of a gate. */
    private void open(String user, String gate) throws IOException {
        browser = Browser.open(preview.preview().address(), user, BROWSERS.take());
        hands = new Hands(browser);
        browser.go("/approvals/gates/" + gate + "/");
        browser.find("decision");
    }

    private JsonNode gate(String id) throws IOException {
        return preview.as("auditor").gate(id).json();
    }

    private JsonNode last(String id, String type) throws IOException {
        JsonNode found = null;
        for (JsonNode event : gate(id).get("events")) {
            found = event.get("type").asText().equals(type) ? event : found;
        }
        assertThat(found).as("%s of %s", type, id).isNotNull();
        return found;
    }

    private List<String> types(String id) throws IOException {
        return gate(id).get("events").findValuesAsText("type");
    }

    private void tick(String text) {
        browser.find(By.xpath("//label[.='" + text + "']")).click();
    }

    @Test
    public void approve_withCommentAndChecklist_saysWhoComesNext() throws Exception {
        String gate = start("release/1.0");
        preview.as("ml-engineer-1").decide(gate, "approve", "{}");
        preview.awaitStatus("mlops#1", "WAITING");
        String signOff = preview.as("").gateOf("mlops#1");
        open("qa-engineer-1", signOff);
        tick("The integration tests passed");
        browser.say("all 212 passed");
        browser.click("approve");

        browser.awaitText("message", "Your approval is recorded. 1 more approval needed from product-owner.");
        assertThat(hands.focus()).isEqualTo("message");
        assertThat(last(signOff, "approved").get("checklist").get(0).asText()).isEqualTo("The integration tests passed");
        assertThat(browser.text()).contains("approved by qa-engineer-1 (you)", "✓ The integration tests passed", "all 212 passed");
        assertThat(browser.count(shown("approve"))).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void withdraw_saysWhoIsNeededAgain() throws Exception {
        String gate = start("main");
        open("engineering-manager", gate);
        browser.click("approve");
        browser.awaitText(
                "message", "Still needed: 1 approval from product-owner and 1 approval from security-team.");
        browser.say("the plan has changed");
        browser.click("withdraw");

        browser.awaitText("message", "Your approval is withdrawn. Still needed: 1 approval from engineering-manager");
        browser.find("approve");
        assertThat(last(gate, "withdrawn").get("comment").asText()).isEqualTo("the plan has changed");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void reject_wantsAComment_andKeepsTheFocusWhereItIsWritten() throws Exception {
        String gate = start("develop");
        open("ds-lead", gate);
        browser.click("reject");

        browser.awaitText("field-error", "Say why you reject");
        assertThat(hands.focus()).isEqualTo("comment");
        assertThat(hands.focused().getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(types(gate)).doesNotContain("rejected");
        hands.press("accuracy fell");
        assertThat(browser.count(By.cssSelector("[data-testid='comment'][aria-invalid]"))).isZero();
        browser.click("reject");

        browser.awaitText("message", "Rejected. The build is told, with your comment.");
        assertThat(gate(gate).get("closedReason").asText()).isEqualTo("Rejected by ds-lead: accuracy fell");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void defer_opensTheGateAtTheChosenTime() throws Exception {
        String gate = start("develop");
        open("ml-engineer-1", gate);
        tick("The number of circuits trained is as expected");
        browser.say("not before the freeze ends");
        hands.unfold("defer-part");
        browser.click("defer");
        browser.awaitText("until-error", "Choose the time");
        hands.fill("until", "2020-01-01T10:00");
        browser.click("defer");
        browser.awaitText("until-error", "This time is over");
        hands.fill("until", "2090-01-01T10:00");
        browser.click("defer");
        browser.awaitText("until-error", "The gate times out on ");
        assertThat(types(gate)).doesNotContain("deferred");

        WebElement tomorrow = browser.find(By.xpath("//*[@data-testid='preset'][starts-with(., 'Tomorrow')]"));
        Instant until = Instant.parse(tomorrow.getDomAttribute("data-at"));
        tomorrow.click();
        browser.click("defer");

        browser.awaitText("message", "Your approval is recorded, and counts from ");
        browser.awaitText("message", "The gate opens then at the earliest.");
        assertThat(until).isBetween(preview.now(), preview.now().plus(Duration.ofHours(48)));
        JsonNode deferred = last(gate, "deferred");
        assertThat(Instant.parse(deferred.get("until").asText())).isEqualTo(until);
        assertThat(deferred.get("comment").asText()).isEqualTo("not before the freeze ends");
        assertThat(deferred.get("checklist")).hasSize(1);
        assertThat(gate(gate).get("status").asText()).isEqualTo("WAITING");
        assertThat(browser.text())
                .contains("approved by ml-engineer-1 (you), with effect in", "ml-engineer-1 approved for later (from ");

        preview.moveClock(until);
        browser.find(By.cssSelector("[data-testid='gate-status'][data-status='APPROVED']"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void reassign_letsTheOtherDecide_andTellsWhatIsWrongBesideTheButton() throws Exception {
        String gate = start("main");
        open("security-1", gate);
        hands.unfold("reassign-part");
        browser.click("reassign");
        browser.awaitText("reassign-to-error", "Say who");
        assertThat(hands.focus()).isEqualTo("reassign-to");
        hands.press("nobody-at-all");
        browser.find("reassign-comment").sendKeys("I am away until Monday");
        browser.click("reassign");
        browser.find(By.xpath("//*[@data-testid='form-error'][contains(., 'There is no user \"nobody-at-all\"')]"));
        assertThat(browser.find("reassign-comment").getDomProperty("value")).isEqualTo("I am away until Monday");
        browser.find("reassign-to").clear();
        browser.find("reassign-to").sendKeys("qa-lead");
        browser.click("reassign");

        browser.awaitText("message", "qa-lead can decide in your place now.");
        assertThat(browser.text())
                .contains("qa-lead may decide in the place of security-1", "security-1 reassigned the approval to qa-lead",
                        "I am away until Monday");
        assertThat(browser.count(shown("approve"))).isZero();
        assertThat(preview.as("qa-lead").gate(gate).json().at("/you/canDecide").asBoolean()).isTrue();
        assertThat(complaintsBut400s()).isEmpty();
    }

    @Test
    public void bypass_takesTwoSteps_aReasonAndThePermission() throws Exception {
        String gate = start("main");
        open("engineering-manager", gate);
        assertThat(browser.count(shown("bypass-part"))).isZero();
        new Select(browser.find("persona")).selectByValue("gate-admin");
        browser.find("bypass-part");
        assertThat(browser.count(shown("approve"))).isZero();

        hands.unfold("bypass-part");
        browser.click("bypass-next");
        browser.awaitText("bypass-error", "Say why you bypass the gate");
        hands.press("incident 4711");
        browser.click("bypass-next");
        assertThat(browser.find("bypass-question").getText()).isEqualTo("Let mlops #1 pass production-deployment now?");
        assertThat(browser.find("bypass-part").getText()).contains("What it still waits for", "1 approval by ");
        browser.click("bypass-back");
        assertThat(types(gate)).doesNotContain("bypassed");
        assertThat(hands.focus()).isEqualTo("bypass-reason");
        browser.click("bypass-next");
        browser.click("bypass");

        browser.awaitText("message", "Bypassed. The pipeline goes on.");
        assertThat(gate(gate).get("closedReason").asText()).isEqualTo("Bypassed by gate-admin: incident 4711");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void recheck_asksTheChecks_andNotTwiceInARow() throws Exception {
        String gate = start("develop");
        open("developer-1", gate);
        browser.click("recheck");
        browser.awaitText("recheck-said", "The checks are asked again.");
        assertThat(hands.focus()).as("nobody is carried away from the checks").isEqualTo("recheck");
        browser.click("recheck");

        browser.awaitText("recheck-error", "Wait a few seconds");
        assertThat(browser.find("recheck").isDisplayed()).isTrue();
    }

    @Test
    public void inputs_comeBackAsTheApproverSetThem_deferredOrNot() throws Exception {
        String gate = MoreGates.ask(
                preview,
                "unanimous: ds-lead, qa-lead",
                MoreGates.request("registry-promotion", "Promote", "Which target?", Map.of(), List.of(), List.of(
                        new InputField("target", InputField.Kind.CHOICE, List.of("blue", "green"), "blue", "Where it goes"),
                        new InputField("note", InputField.Kind.STRING, List.of(), "none", ""),
                        new InputField("notify", InputField.Kind.BOOLEAN, List.of(), "true", "Tell the team"))));
        open("qa-lead", gate);
        new Select(browser.find(By.cssSelector("[data-testid='decision'] select"))).selectByValue("green");
        tick("notify");
        hands.unfold("defer-part");
        browser.find(Hands.hook("preset")).click();
        browser.click("defer");
        browser.awaitText("message", "counts from ");
        assertThat(last(gate, "deferred").get("inputs"))
                .isEqualTo(Json.object().put("target", "green").put("note", "none").put("notify", "false"));
        assertThat(browser.text()).contains("target = green");

        new Select(browser.find("persona")).selectByValue("ds-lead");
        browser.find(shown("approve"));
        assertThat(new Select(browser.find(By.cssSelector("[data-testid='decision'] select"))).getFirstSelectedOption().getText())
                .isEqualTo("blue");
        browser.click("approve");
        browser.awaitText("message", "Your approval is recorded. The gate opens on ");
        assertThat(last(gate, "approved").get("inputs"))
                .isEqualTo(Json.object().put("target", "blue").put("note", "none").put("notify", "true"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void environmentThatWantsAComment_getsOneForAnApproval() throws Exception {
        Path config = folder.newFile("comment.yaml").toPath();
        Files.writeString(config, Files.readString(PreviewRule.EXAMPLE)
                .replace("- name: \"registry-promotion\"\n", "- name: \"registry-promotion\"\n        commentRequired: true\n"));
        preview.stop();
        preview.with(config).start(PreviewRule.CLOCK);
        String gate = start("develop");
        open("ds-lead", gate);
        assertThat(browser.find("comment").getDomAttribute("aria-required")).isEqualTo("true");
        browser.click("approve");
        browser.awaitText("field-error", "Say why you approve: the rules of registry-promotion ask for a comment.");
        hands.unfold("defer-part");
        browser.find(Hands.hook("preset")).click();
        browser.click("defer");
        assertThat(hands.focus()).isEqualTo("comment");
        hands.press("as good as the baseline");
        browser.click("approve");

        browser.awaitText("message", "Approved. The pipeline goes on.");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void sessionThatEnded_costsNothingOfWhatWasTyped() throws Exception {
        String gate = start("develop");
        open("ds-lead", gate);
        tick("The job success rate is acceptable");
        browser.say("a long explanation");
        hands.script("window.real = window.fetch;"
                + "window.fetch = async () => new Response('<html>Log in</html>', { status: 403 })");
        browser.click("approve");
        browser.awaitText("form-error", "Your session has ended, and nothing was recorded.");
        assertThat(hands.focus()).isEqualTo("approve");
        hands.script("window.fetch = async () => { throw new TypeError('gone') }");
        browser.click("approve");
        browser.awaitText("form-error", "this may or may not be recorded");
        browser.go("/approvals/gates/" + gate + "/");

        assertThat(browser.find("comment").getDomProperty("value")).isEqualTo("a long explanation");
        browser.click("approve");
        browser.awaitText("message", "Approved.");
        assertThat(last(gate, "approved").get("checklist").get(0).asText()).isEqualTo("The job success rate is acceptable");
        browser.go("/approvals/gates/" + gate + "/");
        browser.find("decision");
        assertThat(browser.count(shown("comment"))).isZero();
    }

    @Test
    public void pageThatIsReadAgain_leavesTheOneWhoTypesInPeace() throws Exception {
        String gate = start("main");
        open("product-owner", gate);
        tick("The security review passed");
        hands.unfold("reassign-part");
        browser.find("reassign-comment").sendKeys("half a sen");

        preview.as("security-1").decide(gate, "approve", "{}");
        browser.find(By.xpath("//*[@data-testid='approver'][contains(., 'approved by security-1')]"));
        assertThat(hands.focus()).isEqualTo("reassign-comment");
        hands.press("tence");
        assertThat(browser.find("reassign-comment").getDomProperty("value")).isEqualTo("half a sentence");
        assertThat(browser.find(By.cssSelector("[data-testid='decision'] [type='checkbox']:checked")).isSelected()).isTrue();

        preview.as("engineering-manager").decide(gate, "reject", "{\"comment\":\"not today\"}");
        browser.awaitText("message", "This gate is closed: Rejected, by engineering-manager");
        browser.until(driver -> hands.focus().equals("message"));
        assertThat(browser.complaints()).isEmpty();
    }

    /** What the API refuses is an error to the browser, too. */
    private List<String> complaintsBut400s() {
        return browser.complaints().stream().filter(line -> !line.contains("status of 400")).toList();
    }
}
