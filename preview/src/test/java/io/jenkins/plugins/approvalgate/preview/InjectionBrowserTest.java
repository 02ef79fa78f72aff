package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.openqa.selenium.By;

/** Whatever text anybody sets, it is shown as text: nothing in it runs, and no link leads to a script. */
public class InjectionBrowserTest {

    private static final String ENVIRONMENT = "registry-promotion";

    /** What would tell that a script ran, in the ways that a page can be made to run one. */
    private static final String SCRIPT = "window.hit='owned'";

    private static final List<String> HOSTILE = List.of(
            "<img src=x onerror=\"" + SCRIPT + "\">",
            "\"><script>" + SCRIPT + "</script>",
            "'><svg/onload=" + SCRIPT + ">",
            "javascript:" + SCRIPT,
            "</textarea></script><iframe srcdoc=\"<script>parent." + SCRIPT + "</script>\">",
            "{0} ${" + SCRIPT + "} {{constructor.constructor(`" + SCRIPT + "`)()}}");

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

    private void open(String user) throws IOException {
        browser = Browser.open(preview.preview().address(), user, BROWSERS.take());
        hands = new Hands(browser);
    }

    /** What is hostile in the n-th way, and can be told from the others. */
    private static String hostile(int n, String where) {
        return where + " " + HOSTILE.get(n % HOSTILE.size());
    }

    private void unfoldAll() {
        hands.script("document.querySelectorAll('details').forEach(part => { part.open = true; })");
    }

    private void assertHarmless(String page) {
        assertThat(hands.script("return window.hit")).as(page).isNull();
        assertThat(browser.count(By.cssSelector("#approval-gate :is(img, svg, iframe, script, object, embed), img[src='x']")))
                .as(page)
                .isZero();
        assertThat((List<?>) hands.script("return [...document.querySelectorAll('a[href], area[href], form[action]')]"
                        + ".map(({ href, action }) => href ?? action).filter(to => !/^https?:/.test(to))"))
                .as(page)
                .isEmpty();
        assertThat((List<?>) hands.script("return [...document.querySelectorAll('main :not(canvas)')].flatMap(element =>"
                        + " element.getAttributeNames()).filter(name => name.startsWith('on') || name === 'style')"))
                .as(page)
                .isEmpty();
        assertThat(browser.complaints().stream().filter(line -> !line.contains("status of 4")).toList())
                .as("the content security policy of %s had nothing to stop", page)
                .isEmpty();
    }

    private String askWithEverythingHostile() throws Exception {
        Path config = folder.newFile("hostile.yaml").toPath();
        Files.writeString(config, """
                unclassified:
                  approvalGate:
                    environments:
                      - name: %s
                        description: '%s'
                        instructions: '%s'
                        checklist: ['%s']
                        approvers: [{user: "ds-lead"}, {user: "qa-lead"}]
                        order: unanimous
                """.formatted(
                        ENVIRONMENT, quoted(hostile(0, "description")), quoted(hostile(1, "rules")), quoted(hostile(4, "to tick"))));
        preview.with(config);
        Environment environment = new Environment(
                ENVIRONMENT, "", Given.policy("unanimous: ds-lead, qa-lead"), Duration.ofDays(30), Optional.empty(),
                hostile(2, "instructions"), List.of(hostile(4, "line")), List.of(), Optional.empty());
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put(hostile(0, "metric"), hostile(1, "value"));
        metrics.put("__proto__", hostile(2, "proto"));
        List<Link> links = List.of(new Link(hostile(0, "link"), "https://mlflow.example.org/?" + "%22%3E%3Cimg%20src=x%3E"));
        List<InputField> inputs = List.of(
                new InputField(hostile(1, "input"), InputField.Kind.STRING, List.of(), hostile(2, "preset"), hostile(4, "about")),
                new InputField(
                        "choice", InputField.Kind.CHOICE, List.of(hostile(0, "first"), hostile(3, "second")), hostile(3, "second"), ""));
        return MoreGates.ask(
                preview,
                environment,
                MoreGates.request(ENVIRONMENT, hostile(1, "stage"), hostile(0, "message"), metrics, links, inputs));
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    @Test
    public void textsOfPipelinesAdministratorsAndPeople_areText() throws Exception {
        String gate = askWithEverythingHostile();
        open("ds-lead");
        browser.review(gate);
        assertThat(browser.find("review-dialog").getText())
                .contains(hostile(0, "message"), hostile(2, "instructions"), hostile(4, "line"), hostile(1, "stage"), hostile(0, "metric"),
                        hostile(1, "value"), hostile(2, "proto"), hostile(0, "link"), hostile(1, "input"), hostile(4, "about"));
        assertHarmless("dialog");

        hands.unfold("reassign-part");
        browser.find("reassign-to").sendKeys(hostile(2, "who"));
        browser.find("reassign-comment").sendKeys(hostile(0, "why"));
        browser.click("reassign");
        browser.find(By.xpath("//*[@data-testid='form-error'][contains(., 'who ')]"));
        assertThat(browser.find("reassign-part").getText()).contains(hostile(2, "who"));
        assertHarmless("what the API says of a name");
        browser.find("reassign-to").clear();
        browser.find("reassign-to").sendKeys("security-1");
        browser.click("reassign");
        browser.awaitText("message", "security-1 can decide in your place now.");
        assertThat(browser.find("review-dialog").getText()).contains(hostile(0, "why"));
        assertHarmless("reassigned");
    }

    @Test
    public void commentsAndReasons_areText_onEveryPageThatShowsThem() throws Exception {
        String gate = askWithEverythingHostile();
        open("qa-lead");
        browser.go("/approvals/gates/" + gate + "/");
        browser.find(By.xpath("//label[starts-with(., 'line ')]")).click();
        browser.say(hostile(1, "comment"));
        browser.click("approve");
        browser.awaitText("message", "Your approval is recorded.");
        assertThat(browser.text()).contains(hostile(1, "comment"), "✓ " + hostile(4, "line"), " = " + hostile(2, "preset"));
        assertHarmless("approved");
        preview.as("gate-admin")
                .decide(gate, "bypass", "{\"reason\":\"" + hostile(0, "reason").replace("\"", "\\\"") + "\"}");
        for (String page : List.of("/approvals/gates/" + gate + "/?decide=approve", "/approvals/", "/approvals/environments/" + ENVIRONMENT + "/")) {
            browser.go(page);
            browser.until(driver -> browser.text().contains(hostile(0, "reason")));
            assertHarmless(page);
        }
        unfoldAll();
        assertThat(browser.text()).contains(hostile(0, "description"), hostile(1, "rules"), hostile(4, "to tick"));
        browser.go("/approvals/environments/");
        browser.find("environment-row");
        unfoldAll();
        assertThat(browser.text()).contains(hostile(1, "rules"), hostile(4, "to tick"));
        assertHarmless("environments");
        browser.go("/approvals/?environment=" + "%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E&job=javascript:" + SCRIPT);
        browser.find("filter-clear");
        assertHarmless("filter");
        browser.go("/approvals/gates/%22%3E%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E/?decide=javascript:alert(1)");
        browser.awaitText("message", "There is no such gate");
        assertHarmless("no gate");
    }

    /** As if whatever stands between the pages and the rules had failed: every text of every answer is hostile. */
    @Test
    public void pages_trustNoAnswerOfTheApi() throws Exception {
        String gate = preview.as("").gateOf(preview.as("").start("main"));
        preview.as("product-owner").decide(gate, "approve", "{\"comment\":\"yes\"}");
        preview.as("security-1").decide(gate, "reassign", "{\"to\":\"qa-lead\",\"comment\":\"away\"}");
        open("engineering-manager");
        Object id = hands.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                        const fetched = window.fetch;
                        const plain = /^([A-Z_]+|any|sequential|unanimous|P[0-9DTHMS]+|\\d{4}-\\d\\d-\\d\\dT.*)$/;
                        let n = 0;
                        const spoil = (key, value) => (typeof value !== 'string' || key === 'id' || key === 'instructionsHtml' || plain.test(value)
                          ? value : key.endsWith('rl') ? ['javascript:', 'JaVa\\tScript:', ' data:text/html,<script>', 'vbscript:'][n++ % 4] + 'window.hit=1//hostile'
                          : ['<img src=x onerror=window.hit=1>', '"><script>window.hit=1</script>', "'onfocus='window.hit=1"][n++ % 3] + 'hostile');
                        window.fetch = async (...what) => {
                          const response = await fetched(...what);
                          const text = await response.text();
                          return new Response(text && JSON.stringify(JSON.parse(text, spoil)), { status: response.status, headers: response.headers });
                        };
                        """))
                .get("identifier");
        try {
            for (String page : List.of("/approvals/gates/" + gate + "/", "/approvals/", "/approvals/environments/", "/approvals/environments/production-deployment/")) {
                browser.go(page);
                browser.until(driver -> browser.text().contains("hostile"));
                browser.until(driver -> browser.count(By.cssSelector("[aria-busy='true']")) == 0);
                unfoldAll();
                assertHarmless(page);
            }
            browser.go("/approvals/gates/" + gate + "/");
            browser.until(driver -> browser.text().contains("(javascript:window.hit=1//hostile)"));
        } finally {
            hands.command("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
        }
    }

    /** Jenkins' markup formatter makes them safe; that no script runs even so is the browser's part. */
    @Test
    public void instructionsThatTheHostRendered_areTheOnlyMarkup() throws Exception {
        String gate = preview.as("").gateOf(preview.as("").start("develop"));
        open("ds-lead");
        Object id = hands.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                        const fetched = window.fetch;
                        window.fetch = async (...what) => {
                          const response = await fetched(...what);
                          const gate = await response.json();
                          const rendered = '<p>Read the <b>plan</b> <a href="https://wiki.example.com/plan">here</a>.</p>';
                          return new Response(JSON.stringify({ ...gate, instructionsHtml: rendered, message: rendered }),
                            { status: response.status, headers: response.headers });
                        };
                        """))
                .get("identifier");
        try {
            browser.go("/approvals/gates/" + gate + "/");
            assertThat(browser.find(By.cssSelector(".ag-rendered b")).getText()).isEqualTo("plan");
            assertThat(browser.find(By.cssSelector(".ag-rendered a")).getDomAttribute("target")).isEqualTo("_blank");
            assertThat(browser.text()).contains("<p>Read the <b>plan</b>");
            assertThat(browser.count(By.cssSelector("#approval-gate b"))).isEqualTo(1);
            assertHarmless("rendered");
        } finally {
            hands.command("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
        }
    }

    @Test
    public void pages_areServedWithAPolicyThatRunsNothingInline() throws Exception {
        String gate = preview.as("").gateOf(preview.as("").start("develop"));
        for (String page : List.of("/", "/approvals/", "/approvals/gates/" + gate + "/?decide=approve", "/approvals/environments/")) {
            Answer answer = preview.as("").get(page);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(page)
                    .contains("default-src 'self'", "base-uri 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }
    }

    /** That the tests above would see a script that runs. */
    @Test
    public void probe_worksWhereAPageIsCareless() throws Exception {
        open("ds-lead");
        browser.go("/approvals/");
        browser.complaints();
        hands.script("document.querySelector('main').innerHTML = arguments[0]", HOSTILE.get(0));
        browser.until(driver -> browser.complaints().stream().anyMatch(line -> line.contains("Content Security Policy")));
    }
}
