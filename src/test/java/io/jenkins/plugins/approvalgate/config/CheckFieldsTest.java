package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.Secret;
import io.jenkins.plugins.approvalgate.Calls;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What the form says of each field of each check while somebody types. */
public class CheckFieldsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    /**
     * One thing typed into one field.
     *
     * @param words what is said of it; nothing where they are empty
     */
    private record Row(Class<?> type, String field, String value, String others, String words) {
        @Override
        public String toString() {
            return type.getSimpleName() + " " + field + " \"" + value + "\" " + others;
        }
    }

    private static final List<Row> TABLE = table();

    private static List<Row> table() {
        List<Row> rows = new ArrayList<>();
        Class<?> branches = BranchControlCheck.class;
        rows.add(fine(branches, "allowed", "main, release/*\nrefs/tags/v*"));
        rows.add(wrong(branches, "allowed", " ", "is missing"));
        rows.add(wrong(branches, "allowed", "release/", "release/**"));
        rows.add(fine(branches, "excluded", ""));
        rows.add(wrong(branches, "excluded", "a//b", "no name matches"));
        Class<?> jobs = AllowedJobsCheck.class;
        rows.add(fine(jobs, "allowed", "payments/**"));
        rows.add(wrong(jobs, "allowed", "", "is missing"));
        rows.add(wrong(jobs, "excluded", "../x", "no name matches"));
        Class<?> template = RequiredTemplateCheck.class;
        rows.add(fine(template, "library", "deployment"));
        rows.add(wrong(template, "library", "", "library, repository or path is missing"));
        rows.add(new Row(template, "library", "", "&path=Jenkinsfile", ""));
        rows.add(new Row(template, "library", "", "&repository=https://git.example.org/app", ""));
        rows.add(wrong(template, "version", "v2", "is that of a library"));
        rows.add(new Row(template, "version", "v2", "&library=deployment", ""));
        Class<?> timer = WaitTimerCheck.class;
        rows.add(fine(timer, "duration", "90m"));
        rows.add(wrong(timer, "duration", "", "is missing"));
        rows.add(wrong(timer, "duration", "90", "is not a time span"));
        Class<?> metric = MetricThresholdCheck.class;
        rows.add(fine(metric, "condition", "accuracy >= 0.92 && loss < 0.3"));
        rows.add(wrong(metric, "condition", "", "is missing"));
        rows.add(wrong(metric, "condition", "accuracy >=", "column"));
        Class<?> hours = BusinessHoursCheck.class;
        rows.add(fine(hours, "days", ""));
        rows.add(fine(hours, "days", "SAT-MON"));
        rows.add(wrong(hours, "days", "MON-FRY", "FRY"));
        rows.add(fine(hours, "from", "09:00"));
        rows.add(wrong(hours, "from", "", "is missing"));
        rows.add(wrong(hours, "from", "9am", "9am"));
        rows.add(fine(hours, "to", "24:00"));
        rows.add(wrong(hours, "to", "25:00", "25:00"));
        rows.add(fine(hours, "timeZone", "Europe/Berlin"));
        rows.add(wrong(hours, "timeZone", "", "is missing"));
        rows.add(wrong(hours, "timeZone", "Europe/Bärlin", "Bärlin"));
        rows.add(fine(hours, "holidays", "US\nDE-BY"));
        rows.add(wrong(hours, "holidays", "US\nXX", "XX"));
        rows.add(fine(hours, "closedDates", "2026-12-24\n12-31"));
        rows.add(wrong(hours, "closedDates", "2026-02-30", "2026-02-30"));
        Class<?> freeze = ChangeFreezeCheck.class;
        rows.add(fine(freeze, "timeZone", ""));
        rows.add(wrong(freeze, "timeZone", "Mars/Base", "Mars/Base"));
        rows.add(fine(freeze, "calendar", "https://calendar.example.org/freezes.ics"));
        rows.add(wrong(freeze, "calendar", "freezes.ics", "http"));
        rows.add(fine(freeze, "refresh", "30m"));
        rows.add(wrong(freeze, "refresh", "often", "is not a time span"));
        rows.add(wrong(freeze, "credentials", "nothing", "There is no secret text"));
        rows.add(fine(FreezeWindow.class, "from", "2026-12-20"));
        rows.add(wrong(FreezeWindow.class, "from", "", "is missing"));
        rows.add(wrong(FreezeWindow.class, "from", "20.12.2026", "20.12.2026"));
        rows.add(new Row(FreezeWindow.class, "to", "2026-12-21T08:00", "&from=2026-12-20", ""));
        rows.add(new Row(FreezeWindow.class, "to", "", "&from=2026-12-20", "is missing"));
        rows.add(new Row(FreezeWindow.class, "to", "2026-12-19", "&from=2026-12-20", "before"));
        rows.add(fine(RecurringFreeze.class, "start", "2026-01-30T18:00"));
        rows.add(wrong(RecurringFreeze.class, "start", "yesterday", "yesterday"));
        rows.add(fine(RecurringFreeze.class, "duration", "12h"));
        rows.add(wrong(RecurringFreeze.class, "duration", "", "is missing"));
        rows.add(fine(RecurringFreeze.class, "rule", "FREQ=MONTHLY;BYDAY=-1FR"));
        rows.add(wrong(RecurringFreeze.class, "rule", "FREQ=SOMETIMES", "SOMETIMES"));
        for (Class<?> asking : List.of(
                RestCheck.class, FunctionCheck.class, OpaPolicyCheck.class, PrometheusAlertsCheck.class)) {
            rows.add(fine(asking, "url", "https://checks.example.org/"));
            rows.add(wrong(asking, "url", "", "is missing"));
            rows.add(wrong(asking, "url", "checks.example.org", "http://"));
            rows.add(fine(asking, "credentials", ""));
            rows.add(fine(asking, "credentials", "token"));
            rows.add(fine(asking, "credentials", "login"));
            rows.add(wrong(asking, "credentials", "ofTheSystem", "There is no secret text"));
            rows.add(wrong(asking, "connectTimeout", "soon", "is not a time span"));
            rows.add(fine(asking, "timeout", "15s"));
            rows.add(wrong(asking, "timeout", "2h", "or shorter"));
            rows.add(fine(asking, "retries", ""));
            rows.add(fine(asking, "retries", "0"));
            rows.add(wrong(asking, "retries", "many", "whole number"));
            rows.add(wrong(asking, "retries", "11", "from 0 to 10"));
            rows.add(fine(asking, "interval", "1m"));
            rows.add(wrong(asking, "interval", "1y", "is not a unit of time"));
        }
        for (Class<?> headed : List.of(RestCheck.class, OpaPolicyCheck.class, PrometheusAlertsCheck.class)) {
            rows.add(fine(headed, "credentialsHeader", "X-Api-Key"));
            rows.add(wrong(headed, "credentialsHeader", "X Api Key", "is no name of a header"));
        }
        Class<?> rest = RestCheck.class;
        rows.add(fine(rest, "headers", "Accept: application/json\nX-Branch: ${branch}"));
        rows.add(wrong(rest, "headers", "Accept", "is not of the form Name: value"));
        rows.add(wrong(rest, "headers", "a: b\na: c", "is there twice"));
        rows.add(wrong(rest, "headers", "Authorization: Basic abc", "secrets"));
        rows.add(fine(rest, "body", "{\"branch\": \"${branch}\"}"));
        rows.add(wrong(rest, "body", "{\"branch\": ${branch}}", "in quotes"));
        rows.add(new Row(rest, "body", "x", "&method=GET", "cannot be sent with the method GET"));
        rows.add(fine(rest, "statuses", "200-299, 304"));
        rows.add(wrong(rest, "statuses", "fine", "is no status"));
        rows.add(fine(rest, "success", "/state == \"ok, really\"\n/score >= 0.9"));
        rows.add(wrong(rest, "success", "state == 1", "JSON Pointer"));
        rows.add(new Row(rest, "success", "/a == 1", "&method=HEAD", "HEAD"));
        Class<?> function = FunctionCheck.class;
        rows.add(wrong(function, "keyHeader", "a b", "is no name of a header"));
        rows.add(wrong(function, "headers", "a b: c", "is no name of a header"));
        rows.add(new Row(function, "body", "{\"to\": \"${callbackUrl}\"}", "&callback=true", ""));
        rows.add(new Row(function, "body", "{\"to\": \"${callbackUrl}\"}", "&callback=false", "callback"));
        rows.add(wrong(function, "callbackWithin", "1s", "or longer"));
        rows.add(wrong(OpaPolicyCheck.class, "path", "", "is missing"));
        rows.add(wrong(OpaPolicyCheck.class, "path", "/deploy", "is no path of a policy"));
        rows.add(fine(PrometheusAlertsCheck.class, "selector", ""));
        rows.add(fine(PrometheusAlertsCheck.class, "selector", "env=\"prod\",severity=~\"critical|page\""));
        rows.add(wrong(PrometheusAlertsCheck.class, "selector", "env", "label matcher"));
        rows.add(wrong(PrometheusAlertsCheck.class, "quietFor", "never", "is not a time span"));
        return rows;
    }

    private static Row fine(Class<?> type, String field, String value) {
        return new Row(type, field, value, "", "");
    }

    private static Row wrong(Class<?> type, String field, String value, String words) {
        return new Row(type, field, value, "", words);
    }

    @Before
    public void credentials() throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        List<Credentials> kept = SystemCredentialsProvider.getInstance().getCredentials();
        kept.clear();
        kept.add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "A token", Secret.fromString("abc")));
        kept.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", "A login", "robot", "hunter2-hunter2"));
        kept.add(new StringCredentialsImpl(CredentialsScope.SYSTEM, "ofTheSystem", "", Secret.fromString("def")));
    }

    private static String address(Class<?> type, String call) {
        return "descriptorByName/" + type.getName() + "/" + call;
    }

    private static String ask(Calls calls, Row row) throws Exception {
        String check = "check" + Character.toUpperCase(row.field().charAt(0)) + row.field().substring(1);
        HttpResponse<String> answer = calls.send(
                "POST",
                address(row.type(), check) + "?value=" + URLEncoder.encode(row.value(), StandardCharsets.UTF_8) + row.others(),
                "",
                "");
        assertThat(answer.statusCode()).as("%s", row).isEqualTo(200);
        return answer.body().replace("&quot;", "\"").replace("&#039;", "'").replace("&amp;", "&").replace("&gt;", ">");
    }

    @Test
    public void everyField() throws Exception {
        Calls admin = Calls.by(jenkins, "gate-admin");
        for (Row row : TABLE) {
            String said = ask(admin, row);
            if (row.words().isEmpty()) {
                assertThat(said).as("%s", row).isEqualTo("<div/>");
            } else {
                assertThat(said).as("%s", row).contains(row.words()).doesNotContain("Check: ", ">" + row.field() + ": ");
            }
        }
    }

    @Test
    public void whoMayNotConfigureLearnsNothing() throws Exception {
        Calls developer = Calls.by(jenkins, "developer");
        for (Row row : TABLE) {
            assertThat(ask(developer, row)).as("%s", row).isEqualTo("<div/>");
        }
    }

    @Test
    public void noFieldIsForgotten() {
        Set<String> asked = new TreeSet<>();
        TABLE.stream()
                .filter(row -> !row.words().isEmpty())
                .forEach(row -> asked.add(row.type().getSimpleName() + " " + row.field()));
        List<Class<?>> types = new ArrayList<>(List.of(FreezeWindow.class, RecurringFreeze.class));
        EveryCheck.full().forEach(check -> types.add(check.getClass()));
        for (Class<?> type : types) {
            Descriptor<?> descriptor = jenkins.jenkins.getDescriptorOrDie(type.asSubclass(Describable.class));
            for (Method method : descriptor.getClass().getMethods()) {
                if (method.getName().startsWith("doCheck")) {
                    String field = Character.toLowerCase(method.getName().charAt(7)) + method.getName().substring(8);
                    assertThat(asked).contains(type.getSimpleName() + " " + field);
                }
            }
        }
    }

    @Test
    public void credentials_areOfferedToThoseWhoConfigureAlone() throws Exception {
        for (Class<?> type : List.of(RestCheck.class, ChangeFreezeCheck.class)) {
            String fill = address(type, "fillCredentialsItems?credentials=old");
            String offered = Calls.by(jenkins, "gate-admin").send("POST", fill, "", "").body();
            assertThat(offered).contains("\"token\"", "\"login\"", "\"old\"").doesNotContain("ofTheSystem", "hunter2", "abc");
            String others = Calls.by(jenkins, "developer").send("POST", fill, "", "").body();
            assertThat(others).contains("\"old\"").doesNotContain("token", "login");
            assertThat(Calls.by(jenkins, "gate-admin").get(fill).statusCode()).isIn(404, 405);
        }
    }

    @Test
    public void timeZones_areOfferedByAnyPartOfTheirNames() throws Exception {
        for (Class<?> type : List.of(BusinessHoursCheck.class, ChangeFreezeCheck.class)) {
            String offered = Calls.by(jenkins, "gate-admin").get(address(type, "autoCompleteTimeZone?value=new_y")).body();
            assertThat(offered).contains("America/New_York").doesNotContain("Berlin");
        }
    }
}
