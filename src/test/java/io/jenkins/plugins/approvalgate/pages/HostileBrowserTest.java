package io.jenkins.plugins.approvalgate.pages;

import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.csrf.CrumbIssuer;
import hudson.security.csrf.DefaultCrumbIssuer;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import java.net.URL;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What another site, or another user's page, could make an approver's browser do. */
public class HostileBrowserTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private Gate gate;
    private JenkinsRule.WebClient alice;

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        // The one of a test would take any.
        jenkins.jenkins.setCrumbIssuer(new DefaultCrumbIssuer(false));
        configure(environment("staging", "any", user("alice"), user("bob")));
    }

    @Before
    public void oneGateWaits() throws Exception {
        start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "developer");
        gate = openGate();
        alice = browser("alice");
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static JenkinsRule.WebClient browser(String user) throws Exception {
        return jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).login(user);
    }

    private static String crumb(JenkinsRule.WebClient browser) throws Exception {
        return browser.executeOnServer(() -> jenkins.jenkins.getCrumbIssuer().getCrumb());
    }

    private WebRequest request(HttpMethod method, String address, String type, String body) throws Exception {
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), address), method);
        if (!type.isEmpty()) {
            request.setAdditionalHeader("Content-Type", type);
        }
        if (method == HttpMethod.POST || method == HttpMethod.PUT || method == HttpMethod.PATCH) {
            request.setRequestBody(body);
        }
        return request;
    }

    private static int status(JenkinsRule.WebClient browser, WebRequest request) throws Exception {
        return browser.getPage(request).getWebResponse().getStatusCode();
    }

    private String approve() {
        return "approvals/rest/gates/" + gate.id() + "/approve";
    }

    private void assertNothingDecided() throws Exception {
        assertThat(now(gate).approvals()).isEmpty();
        assertThat(now(gate).isOpen()).isTrue();
    }

    @Test
    public void crumb_wrongOrOfAnotherSession_isRefused() throws Exception {
        CrumbIssuer issuer = jenkins.jenkins.getCrumbIssuer();
        JenkinsRule.WebClient bob = browser("bob");
        for (String crumb : List.of("", "0", "test", crumb(bob), crumb(alice) + "0", crumb(alice).substring(1))) {
            WebRequest request = request(HttpMethod.POST, approve(), "application/json", "{}");
            request.setAdditionalHeader(issuer.getCrumbRequestField(), crumb);
            assertThat(status(alice, request)).as(crumb).isEqualTo(403);
        }
        assertNothingDecided();
        WebRequest own = request(HttpMethod.POST, approve(), "application/json", "{}");
        own.setAdditionalHeader(issuer.getCrumbRequestField(), crumb(alice));
        assertThat(status(alice, own)).isEqualTo(200);
    }

    @Test
    public void everyWrite_wantsACrumb() throws Exception {
        for (String operation : RestApi.operations()) {
            if (operation.startsWith("POST ")) {
                String address = operation.substring(5).replace("*", operation.contains("environments") ? "staging" : gate.id());
                WebRequest request = request(HttpMethod.POST, "approvals/rest/" + address, "application/json", "{}");
                assertThat(status(alice, request)).as(operation).isEqualTo(403);
            }
        }
        assertNothingDecided();
    }

    @Test
    public void formsOfOtherSites_areRefused_evenWithACrumb() throws Exception {
        String field = jenkins.jenkins.getCrumbIssuer().getCrumbRequestField();
        for (String type : List.of(
                "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain; charset=application/json")) {
            WebRequest request = request(HttpMethod.POST, approve(), type, "{\"comment\":\"x=\"}");
            request.setAdditionalHeader(field, crumb(alice));
            assertThat(status(alice, request)).as(type).isGreaterThanOrEqualTo(400);
        }
        assertNothingDecided();
    }

    @Test
    public void method_cannotBeOverridden() throws Exception {
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            WebRequest request = request(HttpMethod.GET, approve() + "?_method=POST", "application/json", "");
            request.setAdditionalHeader(header, "POST");
            assertThat(status(alice, request)).as(header).isEqualTo(405);
        }
        for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)) {
            WebRequest request = request(method, approve(), "application/json", "{}");
            request.setAdditionalHeader(jenkins.jenkins.getCrumbIssuer().getCrumbRequestField(), crumb(alice));
            assertThat(status(alice, request)).as(method.name()).isIn(403, 405);
        }
        assertNothingDecided();
    }

    @Test
    public void get_ofEveryAddress_changesNoGate() throws Exception {
        for (String operation : RestApi.operations()) {
            String address = operation.replaceFirst(".* ", "").replace("*", operation.contains("environments") ? "staging" : gate.id());
            alice.getPage(request(HttpMethod.GET, "approvals/rest/" + address, "", ""));
        }
        for (String page : List.of("approvals/", "approvals/gates/" + gate.id() + "/?action=approve", "approvals/environments/")) {
            alice.getPage(request(HttpMethod.GET, page, "", ""));
        }
        assertThat(keeper().find(gate.id()).orElseThrow().history()).hasSize(1);
    }

    @Test
    public void pages_cannotBeShownInsideOfOthers() throws Exception {
        for (String page : List.of(
                "approvals/", "approvals/gates/" + gate.id() + "/", "approvals/environments/", "approvals/environments/staging/")) {
            WebResponse answer = alice.getPage(request(HttpMethod.GET, page, "", "")).getWebResponse();
            assertThat(answer.getStatusCode()).as(page).isEqualTo(200);
            assertThat(String.valueOf(answer.getResponseHeaderValue("X-Frame-Options"))).as(page).matches("(?i)sameorigin|deny");
            assertThat(answer.getResponseHeaderValue("X-Content-Type-Options")).as(page).isEqualTo("nosniff");
        }
    }

    @Test
    public void answers_areNotLetOutToOtherSites() throws Exception {
        WebRequest request = request(HttpMethod.GET, "approvals/rest/gates", "", "");
        request.setAdditionalHeader("Origin", "https://evil.example");
        WebResponse answer = alice.getPage(request).getWebResponse();
        assertThat(answer.getResponseHeaderValue("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getResponseHeaderValue("Access-Control-Allow-Origin")).isNull();
        assertThat(answer.getResponseHeaderValue("Cache-Control")).contains("private");
    }
}
