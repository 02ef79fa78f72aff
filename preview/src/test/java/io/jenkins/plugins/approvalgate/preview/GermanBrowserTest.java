package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.openqa.selenium.By;

/** A reader whose browser asks for German has all pages in German, with its forms of number and its dates. */
public class GermanBrowserTest {

    @ClassRule
    public static final BrowsersRule BROWSERS = new BrowsersRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private Browser browser;
    private String gate;

    @Before
    public void readerOfGerman() throws Exception {
        gate = preview.as("").gateOf(preview.as("").start("develop"));
        browser = Browser.open(preview.preview().address(), "ds-lead", BROWSERS.take());
        String agent = (String) browser.script("return navigator.userAgent");
        new Hands(browser)
                .command("Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", "de-DE,de,en"));
    }

    @After
    public void leave() {
        BROWSERS.allFree();
    }


    @Test
    public void inbox_saysInGermanWhatWaits() {
        browser.go("/approvals/");
        browser.find("review-button");
        assertThat(browser.find(By.id("approval-gate")).getDomAttribute("lang")).isEqualTo("de");
        assertThat(browser.text())
                .contains("Freigaben", "Steht für Sie an", "Weitere offene Gates", "Nur überfällige", "Stage ", "angefordert von ", "Durchsehen")
                .contains("Frist endet in 30 Tagen", "gerade eben")
                .doesNotContain("Waiting", "Approval ", "Environment", "asked for");
        assertThat(browser.find(By.id("approval-gate-badge")).getDomAttribute("aria-label")).isEqualTo("1 Freigabe steht für Sie an");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void reviewAndDecision_areInGerman_andSoAreTheirDates() {
        browser.review(gate);
        String dialog = browser.find("review-dialog").getText();
        assertThat(dialog)
                .contains("Genehmiger", "Prüfungen", "Metriken", "Checkliste", "Freigeben", "Ablehnen", "Verlauf", "Angefordert von")
                .contains("1 Freigabe aus diesem Kreis; eine Ablehnung schließt das Gate.")
                .contains("0,94")
                .doesNotContain("0.94", "Approve", "History");
        String moment = browser.find(By.cssSelector("[data-testid='review-dialog'] time")).getDomAttribute("title");
        assertThat(moment).matches("(Mo|Di|Mi|Do|Fr|Sa|So)\\., \\d+\\. \\p{L}+\\.? \\d{4}( um|,) .*");

        browser.click("reject");
        browser.awaitText("field-error", "Bitte die Ablehnung begründen");
        browser.say("die Genauigkeit ist gefallen");
        browser.click("reject");
        browser.awaitText("message", "Abgelehnt. Der Build erfährt es, mit dem Kommentar.");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void everyOtherPage_isInGerman_andFitsASmallWindow() {
        Map<String, String> pages = Map.of(
                "/approvals/environments/", "Wer einen Build durch welches Gate lassen darf",
                "/approvals/environments/registry-promotion/", "Erwartete Antwortzeit",
                "/approvals/gates/" + gate + "/", "Entscheidung");
        Hands hands = new Hands(browser);
        Set<String> wide = new TreeSet<>();
        for (int width : new int[] {1400, 400}) {
            hands.look(width, 1000, false);
            pages.forEach((path, said) -> {
                browser.go(path);
                browser.until(driver -> browser.text().contains(said));
                boolean scrolls = (Boolean) browser.script(
                        "return document.documentElement.scrollWidth > document.documentElement.clientWidth");
                if (scrolls) {
                    wide.add(width + " " + path);
                }
            });
        }
        hands.lookAsBefore();
        assertThat(wide).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }
}
