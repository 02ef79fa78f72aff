package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.group;
import static io.jenkins.plugins.approvalgate.Jenkinses.groupOf;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** <em>Manage Jenkins</em>, <em>Approval Gate</em>, as administrators of environments use it. */
public class ConfigurationPageTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private static final String PAGE = "manage/approval-gate/";

    @Before
    public void twoEnvironments() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        ApproverGroupItem ops = groupOf("ops", "bob", "carol", "dave");
        ops.setIncludes(List.of("operators", "on call"));
        configuration().setApproverGroups(List.of(groupOf("security-team", "carol"), ops));
        EnvironmentItem production = environment("production", "sequential", user("alice"), group("ops", 2));
        production.setDescription("Where <b>it</b> counts & \"more\"");
        production.setTimeout("7d");
        production.setSla("48h");
        production.setRequesterMayApprove(true);
        production.setInstructions("First line\nSecond line");
        production.setChecklist(List.of("Backups are there", "Täglich geprüft"));
        EnvironmentItem staging = environment("staging", "any", user("alice"), user("bob"), group("security-team", 1));
        staging.setMinimumApprovals(2);
        configure(production, staging);
    }

    private static Settings settings() {
        return configuration().settings();
    }

    private static HtmlPage open(String person) throws Exception {
        return jenkins.createWebClient().login(person).goTo(PAGE);
    }

    private static HttpResponse<String> submit(String person, String json) throws Exception {
        return Calls.by(jenkins, person)
                .send("POST", PAGE + "submit", "application/x-www-form-urlencoded",
                        "json=" + URLEncoder.encode(json, StandardCharsets.UTF_8));
    }

    /** The words of Jenkins' error page, without the page around them. */
    private static String said(HttpResponse<String> answer) {
        return answer.body().replaceAll("(?s).*<h1>Error</h1>|(?s)<!--.*", "");
    }

    @Test
    public void form_savedUnchangedChangesNothing() throws Exception {
        Settings before = settings();
        for (String person : List.of("gate-admin", "admin")) {
            HtmlForm form = open(person).getFormByName("config");
            assertThat(jenkins.submit(form).getWebResponse().getStatusCode()).isEqualTo(200);
            assertThat(settings()).as(person).isEqualTo(before);
        }
        configuration().load();
        assertThat(settings()).isEqualTo(before);
    }

    @Test
    public void form_whatIsTypedIsWhatCounts() throws Exception {
        HtmlForm form = open("gate-admin").getFormByName("config");
        form.getInputsByName("_.timeout").get(0).setValue("36h");
        form.getTextAreasByName("_.checklistLines").get(0).setText("One\n\n  Two  \n");
        jenkins.submit(form);
        Environment production = settings().environments().get(0);
        assertThat(production.timeout()).hasHours(36);
        assertThat(production.checklist()).containsExactly("One", "Two");
        assertThat(settings().environments().get(1).name()).isEqualTo("staging");
    }

    @Test
    public void submit_addsAnEnvironmentAndAGroup() throws Exception {
        HttpResponse<String> answer = submit("gate-admin", """
                {"environments": {"name": "qa", "order": "unanimous", "minimumApprovals": "1", "timeout": "", "sla": "",
                    "approvers": [{"kind": "user", "name": "alice", "required": ""},
                                  {"kind": "group", "name": "qa-team", "required": "2"}]},
                 "approverGroups": {"name": "qa-team", "memberLines": "bob\\ncarol", "includeLines": ""}}""");
        assertThat(answer.statusCode()).as(said(answer)).isLessThan(400);
        assertThat(settings().environments()).singleElement().satisfies(environment -> {
            assertThat(environment.name()).isEqualTo("qa");
            assertThat(environment.timeout()).hasDays(30);
            assertThat(environment.policy().approvers()).hasSize(2);
            assertThat(environment.policy().approvers().get(1).required()).isEqualTo(2);
        });
        assertThat(settings().approverGroups()).singleElement().satisfies(group -> assertThat(group.members())
                .containsExactly("bob", "carol"));
    }

    @Test
    public void submit_everythingMayBeDeleted() throws Exception {
        assertThat(submit("gate-admin", "{}").statusCode()).isLessThan(400);
        assertThat(settings()).isEqualTo(Settings.EMPTY);
    }

    private static String env(String fields) {
        return "{\"environments\": {\"name\": \"x\", \"order\": \"any\", "
                + "\"approvers\": [{\"kind\": \"user\", \"name\": \"alice\"}], " + fields + "}}";
    }

    private static String approvers(String order, int minimum, String approvers) {
        return "{\"environments\": {\"name\": \"x\", \"order\": \"" + order + "\", \"minimumApprovals\": \"" + minimum
                + "\", \"approvers\": [" + approvers + "]}}";
    }

    /** From the form to what has to be said of it. */
    private static Map<String, String> refused() {
        String alice = "{\"kind\": \"user\", \"name\": \"alice\"}";
        Map<String, String> table = new LinkedHashMap<>();
        table.put(env("\"timeout\": \"3y\""), "\"y\" is not a unit of time");
        table.put(env("\"timeout\": \"30\""), "is not a time span");
        table.put(env("\"sla\": \"soon\""), "is not a time span");
        table.put(env("\"minimumApprovals\": \"two\""), "whole number");
        table.put(env("\"checklistLines\": \"a\\na\""), "the same thing twice");
        table.put(env("\"order\": \"random\""), "order");
        table.put(approvers("any", 1, ""), "approver");
        table.put(approvers("any", 0, alice), "minimum");
        table.put(approvers("any", 2, alice), "nobody could ever open the gate");
        table.put(approvers("unanimous", 1, alice + "," + alice), "names the same user or group twice");
        table.put(approvers("any", 1, "{\"kind\": \"user\", \"name\": \"\"}"), "approver");
        table.put(approvers("any", 1, "{\"kind\": \"group\", \"name\": \"g\", \"required\": \"some\"}"), "whole number");
        table.put(approvers("any", 1, "{\"kind\": \"group\", \"name\": \"g\", \"required\": \"0\"}"), "at least 1 member");
        table.put("{\"environments\": {\"name\": \"a/b\", \"approvers\": " + alice + "}}", "cannot stand in an address");
        table.put("{\"environments\": {\"name\": \"\", \"approvers\": " + alice + "}}", "name is empty");
        table.put(
                "{\"environments\": [{\"name\": \"x\", \"approvers\": " + alice + "}, {\"name\": \"x\", \"approvers\": "
                        + alice + "}]}",
                "there is already an environment \"x\"");
        table.put(
                "{\"approverGroups\": [{\"name\": \"g\", \"memberLines\": \"bob\"}, {\"name\": \"g\", \"memberLines\": \"bob\"}]}",
                "there is already a group \"g\"");
        table.put("{\"approverGroups\": {\"name\": \"g\", \"memberLines\": \"\"}}", "g");
        table.put("{\"environments\": \"text\"}", "is not a list of objects");
        return table;
    }

    @Test
    public void submit_whatCannotBeMeantIsRefusedAndChangesNothing() throws Exception {
        Settings before = settings();
        for (Map.Entry<String, String> row : refused().entrySet()) {
            HttpResponse<String> answer = submit("gate-admin", row.getKey());
            assertThat(answer.statusCode()).as(row.getKey()).isEqualTo(400);
            assertThat(said(answer)).as(row.getKey()).contains(row.getValue());
            assertThat(settings()).as(row.getKey()).isEqualTo(before);
        }
    }

    @Test
    public void page_isForThoseWhoConfigureEnvironments() throws Exception {
        Settings before = settings();
        for (String person : List.of("developer", "alice", "auditor", "outsider", "anonymous")) {
            assertThat(Calls.by(jenkins, person).get(PAGE).statusCode()).as(person).isIn(403, 404);
            assertThat(submit(person, "{}").statusCode()).as(person).isIn(403, 404);
            assertThat(settings()).as(person).isEqualTo(before);
        }
        for (String person : List.of("gate-admin", "admin")) {
            assertThat(Calls.by(jenkins, person).get(PAGE).statusCode()).as(person).isEqualTo(200);
        }
    }

    @Test
    public void submit_byPostOnly() throws Exception {
        Settings before = settings();
        assertThat(Calls.by(jenkins, "gate-admin").get(PAGE + "submit?json=%7B%7D").statusCode()).isIn(404, 405);
        assertThat(settings()).isEqualTo(before);
    }

    @Test
    public void system_savingItChangesNothingOfOurs() throws Exception {
        Settings before = settings();
        HtmlPage system = jenkins.createWebClient().login("admin").goTo("manage/configure");
        jenkins.submit(system.getFormByName("config"));
        assertThat(settings()).isEqualTo(before);
    }

    @Test
    public void manageJenkins_leadsToThePage() throws Exception {
        HtmlPage manage = jenkins.createWebClient().login("admin").goTo("manage/");
        assertThat(manage.asNormalizedText()).contains("Approval Gate");
    }
}
