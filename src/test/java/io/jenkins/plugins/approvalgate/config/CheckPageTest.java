package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The checks and the lock of an environment on the configuration page. */
public class CheckPageTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private static final String PAGE = "manage/approval-gate/";

    @Before
    public void nothingConfigured() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure();
    }

    private static EnvironmentItem with(String name, List<ApprovalCheck> checks) {
        EnvironmentItem item = environment(name, "any", user("alice"));
        item.setChecks(checks);
        return item;
    }

    private static Settings settings() {
        return configuration().settings();
    }

    private static HtmlPage open() throws Exception {
        return jenkins.createWebClient().login("gate-admin").goTo(PAGE);
    }

    @Test
    public void form_savedUnchangedChangesNoneOfAnyKind() throws Exception {
        EnvironmentItem full = with("full", EveryCheck.full());
        full.setLock("newestOnly");
        EnvironmentItem bare = with("bare", EveryCheck.bare());
        bare.setLock("sequential");
        configure(full, bare, with("none", List.of()));
        Settings before = settings();
        assertThat(before.environments().get(0).checks()).hasSize(11);

        jenkins.submit(open().getFormByName("config"));

        List<Environment> after = settings().environments();
        for (int i = 0; i < 11; i++) {
            assertThat(after.get(0).checks().get(i)).isEqualTo(before.environments().get(0).checks().get(i));
            assertThat(after.get(1).checks().get(i)).isEqualTo(before.environments().get(1).checks().get(i));
        }
        assertThat(after.get(0).lock()).contains(LockMode.NEWEST_ONLY);
        assertThat(after.get(1).lock()).contains(LockMode.SEQUENTIAL);
        assertThat(after.get(2).lock()).isEmpty();
        assertThat(settings()).isEqualTo(before);

        configuration().load();
        assertThat(settings()).isEqualTo(before);
    }

    @Test
    public void form_whatIsTypedIsWhatCounts() throws Exception {
        configure(with("x", List.of(EveryCheck.branchControl(), EveryCheck.waitTimer())));
        HtmlForm form = open().getFormByName("config");
        form.getTextAreasByName("_.allowed").get(0).setText("main, develop\n\n  hotfix/*  \n");
        form.getTextAreasByName("_.excluded").get(0).setText("");
        form.getInputsByName("_.duration").get(0).setValue("36h");
        jenkins.submit(form);
        assertThat(settings().environments().get(0).checks())
                .containsExactly(
                        new CheckSpec("branchControl", Map.of("allowed", List.of("main", "develop", "hotfix/*"))),
                        new CheckSpec("waitTimer", Map.of("duration", "36h")));
    }

    private static HttpResponse<String> submit(String checks, String lock) throws Exception {
        String json = """
                {"environments": {"name": "prod", "order": "any", "lock": "%s", "checks": %s,
                    "approvers": [{"kind": "user", "name": "alice"}]}}""".formatted(lock, checks);
        return Calls.by(jenkins, "gate-admin")
                .send("POST", PAGE + "submit", "application/x-www-form-urlencoded",
                        "json=" + URLEncoder.encode(json, StandardCharsets.UTF_8));
    }

    private static String check(Class<? extends ApprovalCheck> type, String settings) {
        return "{\"stapler-class\": \"" + type.getName() + "\", \"$class\": \"" + type.getName() + "\""
                + (settings.isEmpty() ? "" : ", " + settings) + "}";
    }

    @Test
    public void submit_aCheckAloneAndNone() throws Exception {
        String branches = check(BranchControlCheck.class, "\"allowed\": \"main\", \"excluded\": \"\"");
        assertThat(submit(branches, "sequential").statusCode()).isLessThan(400);
        assertThat(settings().environments().get(0).checks())
                .containsExactly(new CheckSpec("branchControl", Map.of("allowed", List.of("main"))));
        assertThat(submit("[]", "").statusCode()).isLessThan(400);
        assertThat(settings().environments().get(0).checks()).isEmpty();
        assertThat(settings().environments().get(0).lock()).isEmpty();
    }

    /** From what the form sends to what has to be said of it. */
    private static Map<String, String> refused() {
        String fine = check(WaitTimerCheck.class, "\"duration\": \"1h\"");
        Map<String, String> table = new LinkedHashMap<>();
        table.put("[" + fine + ", " + check(BranchControlCheck.class, "\"allowed\": \"\"") + "]",
                "environment \"prod\": checks[1]: branchControl: allowed: is missing");
        table.put(check(WaitTimerCheck.class, "\"duration\": \"3y\""), "checks[0]: waitTimer: duration: \"y\" is not a unit");
        table.put(check(BusinessHoursCheck.class, "\"from\": \"09:00\", \"to\": \"17:00\", \"timeZone\": \"Mars/Base\""),
                "checks[0]: businessHours: timeZone");
        table.put(check(RestCheck.class, "\"url\": \"https://example.org/\", \"headers\": \"no colon\""),
                "checks[0]: restCheck: headers: \"no colon\" is not of the form Name: value");
        table.put(check(RestCheck.class, "\"url\": \"https://example.org/\", \"retries\": \"many\""),
                "checks[0]: restCheck: retries: has to be a whole number");
        table.put(check(RestCheck.class, "\"url\": \"https://example.org/\", \"retries\": \"11\""),
                "checks[0]: restCheck: retries: has to be a whole number");
        table.put(check(RestCheck.class, "\"url\": \"https://example.org/\", \"otherwise\": \"maybe\""), "otherwise: \"maybe\"");
        table.put(check(MissingCheck.class, "\"kind\": \"branchControl\""), "checks[0]: branchControl: ");
        table.put(check(MissingCheck.class, "\"kind\": \"gone\""), "checks[0]: there is no check \"gone\"");
        table.put("[" + fine + ", {\"$class\": \"java.lang.String\"}]", "of a kind that this Jenkins does not have");
        table.put("[" + fine + ", {\"$class\": \"org.example.gone.Check\"}]", "of a kind that this Jenkins does not have");
        table.put("\"text\"", "is not a list of objects");
        return table;
    }

    @Test
    public void submit_whatCannotBeMeantIsRefusedWithItsPlaceAndChangesNothing() throws Exception {
        configure(with("kept", List.of(EveryCheck.waitTimer())));
        Settings before = settings();
        for (Map.Entry<String, String> row : refused().entrySet()) {
            HttpResponse<String> answer = submit(row.getKey(), "");
            assertThat(answer.statusCode()).as(row.getKey()).isEqualTo(400);
            String said = answer.body().replace("&quot;", "\"").replace("&#34;", "\"");
            assertThat(said).as(row.getKey()).contains(row.getValue());
            assertThat(settings()).as(row.getKey()).isEqualTo(before);
        }
        assertThat(submit("[]", "both").body()).contains("is no way to lock");
        assertThat(settings()).isEqualTo(before);
    }

    @Test
    public void load_aCheckWhosePluginIsGoneIsNotForgotten() throws Exception {
        configure(with("x", List.of(EveryCheck.branchControl(), EveryCheck.waitTimer(), EveryCheck.metricThreshold())));
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(ApprovalGateConfiguration.class.getName() + ".xml");
        Files.writeString(file, Files.readString(file).replace(WaitTimerCheck.class.getName(), "org.example.gone.Timer"));

        configuration().load();

        assertThat(settings().environments().get(0).checks()).extracting(CheckSpec::kind)
                .containsExactly("branchControl", "waitTimer", "metricThreshold");
        assertThat(settings().environments().get(0).checks().get(1).settings()).containsOnlyKeys("missing");
        HtmlPage page = open();
        assertThat(page.asNormalizedText()).contains("Missing check", "the plugin that brings it is not installed");
        page.getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        HtmlPage answer = jenkins.submit(page.getFormByName("config"));
        assertThat(answer.getWebResponse().getStatusCode()).isEqualTo(400);

        configuration().save();
        configuration().load();
        assertThat(settings().environments().get(0).checks()).hasSize(3);
    }
}
