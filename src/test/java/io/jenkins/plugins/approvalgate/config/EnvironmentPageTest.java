package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.groupOf;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** An environment's own page: what its administrators may change there, and what they may not. */
public class EnvironmentPageTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private static final String PAGE = "approval-environments/prod%20eu/";
    private static final String SECRET = "s3cret-header-value";

    @Before
    public void environmentsOfAlice() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configuration().setApproverGroups(List.of(groupOf("platform", "bob")));
        EnvironmentItem own = environment("prod eu", "any", user("carol"));
        own.setChecks(List.of(branch("main"), asking(), EveryCheck.waitTimer()));
        own.setAdministrators(List.of(administrator("alice", null), administrator(null, "platform")));
        EnvironmentItem other = environment("other", "any", user("carol"));
        configure(own, other);
    }

    private static AdministratorItem administrator(String user, String group) {
        AdministratorItem item = new AdministratorItem();
        item.setUser(user);
        item.setGroup(group);
        return item;
    }

    private static BranchControlCheck branch(String allowed) {
        BranchControlCheck check = new BranchControlCheck();
        check.setAllowed(Texts.of(allowed));
        return check;
    }

    private static RestCheck asking() {
        RestCheck check = EveryCheck.restCheck();
        check.setHeaders(Headers.parse("X-Key: " + SECRET));
        return check;
    }

    private static Settings settings() {
        return configuration().settings();
    }

    private static Environment own() {
        return settings().environments().get(0);
    }

    private static List<String> kinds() {
        return own().checks().stream().map(CheckSpec::kind).toList();
    }

    private static HtmlPage open(String person) throws Exception {
        return jenkins.createWebClient().login(person).goTo(PAGE);
    }

    private static String revision() {
        return Revision.of(configuration().getEnvironments().get(0));
    }

    private static HttpResponse<String> submit(String person, String fields) throws Exception {
        return submitAs(person, revision(), fields);
    }

    private static HttpResponse<String> submitAs(String person, String revision, String fields) throws Exception {
        String json = "{\"revision\": \"" + revision + "\", \"order\": \"any\","
                + " \"approvers\": [{\"kind\": \"user\", \"name\": \"carol\"}]" + fields + "}";
        return Calls.by(jenkins, person)
                .send("POST", PAGE + "submit", "application/x-www-form-urlencoded",
                        "json=" + URLEncoder.encode(json, StandardCharsets.UTF_8));
    }

    @Test
    public void form_savedUnchangedChangesNothing() throws Exception {
        Settings before = settings();
        for (String person : List.of("alice", "bob", "gate-admin")) {
            HtmlForm form = open(person).getFormByName("config");
            assertThat(jenkins.submit(form).getWebResponse().getStatusCode()).as(person).isEqualTo(200);
            assertThat(settings()).as(person).isEqualTo(before);
        }
    }

    @Test
    public void form_whatIsTypedCountsAndNothingElseChanges() throws Exception {
        HtmlForm form = open("alice").getFormByName("config");
        form.getInputByName("_.timeout").setValue("36h");
        jenkins.submit(form);
        assertThat(own().timeout()).hasHours(36);
        assertThat(own().name()).isEqualTo("prod eu");
        assertThat(own().administrators()).hasSize(2);
        assertThat(kinds()).containsExactly("branchControl", "restCheck", "waitTimer");
        assertThat(settings().environments().get(1).name()).isEqualTo("other");
    }

    @Test
    public void form_askingCheckCanBeTakenOut() throws Exception {
        HtmlForm form = open("alice").getFormByName("config");
        form.getInputByName("remove").setChecked(true);
        jenkins.submit(form);
        assertThat(kinds()).containsExactly("branchControl", "waitTimer");
    }

    @Test
    public void page_showsNothingOfWhatAskingChecksSend() throws Exception {
        String page = open("alice").getWebResponse().getContentAsString();
        assertThat(page).contains("REST check").doesNotContain(SECRET, "checks.example.org/api");
        assertThat(page).doesNotContain("name=\"_.administrators\"");
    }

    @Test
    public void page_isForItsAdministratorsOnly() throws Exception {
        Map<String, Integer> expected = new LinkedHashMap<>();
        List.of("alice", "bob", "gate-admin", "admin").forEach(person -> expected.put(person, 200));
        List.of("carol", "developer", "outsider", "auditor", "anonymous").forEach(person -> expected.put(person, 403));
        for (Map.Entry<String, Integer> row : expected.entrySet()) {
            assertThat(Calls.by(jenkins, row.getKey()).get(PAGE).statusCode()).as(row.getKey()).isEqualTo(row.getValue());
        }
        assertThat(Calls.by(jenkins, "alice").get("approval-environments/other/").statusCode()).isEqualTo(403);
        assertThat(Calls.by(jenkins, "alice").get("approval-environments/none/").statusCode()).isEqualTo(404);
        assertThat(Calls.by(jenkins, "alice").get("manage/approval-gate/").statusCode()).isEqualTo(403);
    }

    @Test
    public void submit_isRefusedToOthersAndWithoutCrumb() throws Exception {
        Settings before = settings();
        for (String person : List.of("carol", "developer", "outsider", "auditor", "anonymous")) {
            assertThat(submit(person, "").statusCode()).as(person).isEqualTo(403);
        }
        assertThat(Calls.by(jenkins, "alice").get(PAGE + "submit").statusCode()).isEqualTo(404);
        JenkinsRule.WebClient browser = jenkins.createWebClient().login("alice").withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), PAGE + "submit"), HttpMethod.POST);
        assertThat(browser.getPage(request).getWebResponse().getStatusCode()).isEqualTo(403);
        assertThat(settings()).isEqualTo(before);
    }

    /** From what is sent besides the approvers to what has to be said of it. */
    private static Map<String, String> refused() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put(", \"name\": \"mine\"", "cannot be changed");
        table.put(", \"administrators\": []", "cannot be changed");
        table.put(", \"timeout\": \"soon\"", "is not a time span");
        for (String check : List.of(
                "\"stapler-class\": \"" + RestCheck.class.getName() + "\", \"url\": \"https://evil.example.org/\"",
                "\"stapler-class\": \"" + FunctionCheck.class.getName() + "\", \"url\": \"https://evil.example.org/\"",
                "\"stapler-class\": \"" + OpaPolicyCheck.class.getName() + "\", \"url\": \"https://evil.example.org/\", \"path\": \"p\"",
                "\"stapler-class\": \"" + PrometheusAlertsCheck.class.getName() + "\", \"url\": \"https://evil.example.org/\"",
                "\"stapler-class\": \"" + ChangeFreezeCheck.class.getName() + "\", \"calendar\": \"https://evil.example.org/a.ics\"")) {
            table.put(", \"checks\": [{" + check.replace("stapler-class", "$class") + "}]", "can only be added or changed by those who");
        }
        return table;
    }

    @Test
    public void submit_whatIsNotTheirsIsRefusedAndChangesNothing() throws Exception {
        Settings before = settings();
        for (Map.Entry<String, String> row : refused().entrySet()) {
            HttpResponse<String> answer = submit("alice", row.getKey());
            assertThat(answer.statusCode()).as(row.getKey()).isEqualTo(400);
            assertThat(answer.body()).as(row.getKey()).contains(row.getValue());
            assertThat(settings()).as(row.getKey()).isEqualTo(before);
        }
    }

    @Test
    public void submit_losesNothingThatSomebodyElseChanged() throws Exception {
        String shown = revision();
        EnvironmentItem changed = configuration().getEnvironments().get(0).withChecks(List.of(branch("main"), asking()));
        changed.setDescription("Changed by somebody else");
        configure(changed, configuration().getEnvironments().get(1));
        Settings before = settings();
        HttpResponse<String> answer = submitAs("alice", shown, ", \"timeout\": \"2d\"");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("has been changed meanwhile");
        assertThat(settings()).isEqualTo(before);
        assertThat(submit("alice", ", \"timeout\": \"2d\"").statusCode()).isLessThan(400);
        assertThat(own().timeout()).hasDays(2);
    }

    @Test
    public void pageOfAll_losesNothingThatAnEnvironmentsAdministratorChanged() throws Exception {
        HtmlForm everything = jenkins.createWebClient().login("gate-admin").goTo("manage/approval-gate/").getFormByName("config");
        assertThat(submit("alice", ", \"timeout\": \"2d\"").statusCode()).isLessThan(400);
        everything.getPage().getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        HtmlPage answer = (HtmlPage) jenkins.submit(everything);
        assertThat(answer.getWebResponse().getStatusCode()).isEqualTo(400);
        assertThat(answer.asNormalizedText()).contains("has been changed meanwhile");
        assertThat(own().timeout()).hasDays(2);
    }

    @Test
    public void submit_whoIsNoAdministratorAnyMoreChangesNothing() throws Exception {
        String shown = revision();
        EnvironmentItem changed = configuration().getEnvironments().get(0).withChecks(List.of());
        changed.setAdministrators(List.of(administrator("bob", null)));
        configure(changed);
        assertThat(submitAs("alice", shown, "").statusCode()).isEqualTo(403);
        assertThat(submit("alice", "").statusCode()).isEqualTo(403);
    }
}
