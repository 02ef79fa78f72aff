package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hudson.model.Descriptor;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.yaml.snakeyaml.Yaml;

/** Checks and locks as code: the same YAML as the preview reads. */
public class ChecksAsCodeTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void nothingConfigured() {
        configure();
    }

    private static Settings settings() {
        return configuration().settings();
    }

    private void apply(String yaml) throws Exception {
        Path file = folder.newFile().toPath();
        Path named = file.resolveSibling(file.getFileName() + ".yaml");
        Files.writeString(named, yaml);
        ConfigurationAsCode.get().configure(named.toString());
    }

    private static String environmentWith(String lines) {
        return """
                unclassified:
                  approvalGate:
                    environments:
                      - name: "prod"
                        approvers: [{user: "alice"}]
                """ + lines.indent(8);
    }

    private List<CheckSpec> checks(String lines) throws Exception {
        apply(environmentWith(lines));
        return settings().environments().get(0).checks();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> exported() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        Map<String, Map<String, Object>> all = new Yaml().load(out.toString(StandardCharsets.UTF_8));
        return (Map<String, Object>) all.get("unclassified").get("approvalGate");
    }

    /** With all the settings that there are. */
    private static final String EVERY_KIND = """
            lock: newestOnly
            checks:
              - branchControl: {allowed: ["main", "release/*", "refs/tags/v*"], excluded: ["release/*-test"]}
              - allowedJobs: {allowed: ["payments/**"], excluded: ["payments/sandbox/**", "payments/old"]}
              - requiredTemplate:
                  library: "deployment"
                  version: "v2.*"
                  repository: "https://git.example.org/platform/*"
                  path: "ci/**"
                  allowReplay: true
              - waitTimer: {duration: "10m"}
              - metricThreshold:
                  condition: "accuracy >= 0.92 && \\"error rate\\" < 0.01"
                  whenTrue: approve
                  whenFalse: pass
              - businessHours:
                  days: "MON,WED,FRI"
                  from: "22:00"
                  to: "06:00"
                  timeZone: "America/New_York"
                  holidays: ["US", "DE-BY"]
                  closedDates: ["2026-12-24", "12-31"]
                  outside: refuse
              - changeFreeze:
                  windows:
                    - {from: "2026-12-20T18:00", to: "2027-01-04", reason: "Quarterly <closing>"}
                    - {from: "2027-03-30", to: "2027-04-02T06:00"}
                  recurring:
                    - {start: "2026-01-30T18:00", duration: "2d", rule: "FREQ=MONTHLY;BYDAY=-1FR", reason: "Month-end"}
                  timeZone: "Europe/Berlin"
                  calendar: "https://calendar.example.org/freezes.ics"
                  refresh: "30m"
                  credentials: "token"
                  approvals: refuse
              - restCheck:
                  url: "https://checks.example.org/api/^${job}?of=gate&build=^${build}"
                  method: PUT
                  headers: {X-Team: "payments", X-Branch: "^${branch}"}
                  body: "{\\"branch\\": \\"^${branch}\\",\\n \\"job\\": \\"^${job}\\"}"
                  credentials: "token"
                  credentialsHeader: "X-Api-Key"
                  connectTimeout: "2s"
                  timeout: "12s"
                  retries: 0
                  interval: "7m"
                  statuses: ["200-299", "304"]
                  success: ['/state == "ok, really"', "/score >= 0.9"]
                  otherwise: fail
              - functionCheck:
                  url: "https://checks.example.org"
                  credentials: "token"
                  keyHeader: "X-Key"
                  headers: {X-Team: "payments"}
                  body: "{\\"answer\\": \\"^${callbackUrl}\\"}"
                  connectTimeout: "2s"
                  timeout: "12s"
                  retries: 0
                  interval: "7m"
                  callback: true
                  callbackWithin: "2h"
              - opaPolicy:
                  url: "https://checks.example.org"
                  path: "deploy/production"
                  credentials: "token"
                  credentialsHeader: "X-Api-Key"
                  connectTimeout: "2s"
                  timeout: "12s"
                  retries: 0
                  interval: "7m"
                  whenDenied: wait
              - prometheusAlerts:
                  url: "https://checks.example.org"
                  selector: 'env="prod",severity=~"critical|page"'
                  quietFor: "10m"
                  credentials: "token"
                  credentialsHeader: "X-Api-Key"
                  connectTimeout: "2s"
                  timeout: "12s"
                  retries: 0
                  interval: "7m"
            """;

    @Test
    public void import_everySettingOfEveryKind() throws Exception {
        List<CheckSpec> checks = checks(EVERY_KIND);
        assertThat(checks).containsExactlyElementsOf(EveryCheck.full().stream().map(ApprovalCheck::toSpec).toList());
        assertThat(settings().environments().get(0).lock()).contains(LockMode.NEWEST_ONLY);
    }

    @Test
    public void export_canBeImportedAgain() throws Exception {
        EnvironmentItem full = environment("full", "any", user("alice"));
        full.setChecks(EveryCheck.full());
        full.setLock("sequential");
        EnvironmentItem bare = environment("bare", "any", user("alice"));
        bare.setChecks(EveryCheck.bare());
        configure(full, bare);
        Settings before = settings();
        String yaml = new Yaml().dump(Map.of("unclassified", Map.of("approvalGate", exported())));
        configure();
        apply(yaml);
        assertThat(settings()).isEqualTo(before);
    }

    @Test
    @SuppressWarnings("unchecked")
    public void export_isTheYamlThatIsDocumented() throws Exception {
        apply(environmentWith(EVERY_KIND));
        Map<String, Object> written = new Yaml().load(EVERY_KIND);
        List<Map<String, Object>> environments = (List<Map<String, Object>>) exported().get("environments");
        assertThat(environments.get(0).get("checks")).isEqualTo(written.get("checks"));
        assertThat(environments.get(0).get("lock")).isEqualTo("newestOnly");
    }

    @Test
    public void texts_areAListOrOneText() throws Exception {
        List<List<String>> variants = List.of(
                List.of("[\"main\", \"release/*\"]", "'main, release/*'", "\"main\\nrelease/*\"", "\"main,\\n release/*,\\n\""),
                List.of("[\"main\"]", "main", "\"main\"", "' main '"));
        List<List<String>> meant = List.of(List.of("main", "release/*"), List.of("main"));
        for (int i = 0; i < meant.size(); i++) {
            for (String variant : variants.get(i)) {
                assertThat(checks("checks: [{branchControl: {allowed: " + variant + "}}]"))
                        .as(variant)
                        .containsExactly(new CheckSpec("branchControl", Map.of("allowed", meant.get(i))));
            }
        }
    }

    @Test
    public void texts_linesMayHaveCommas() throws Exception {
        String lines = """
                checks:
                  - restCheck:
                      url: "https://checks.example.org/"
                      success: |
                        /state == "ok, really"
                        /score >= 0.9
                """;
        assertThat(checks(lines).get(0).settings().get("success"))
                .isEqualTo(List.of("/state == \"ok, really\"", "/score >= 0.9"));
    }

    @Test
    public void texts_numbersAndDatesAreTexts() throws Exception {
        assertThat(checks("checks: [{restCheck: {url: 'https://checks.example.org/', statuses: 204}}]").get(0).settings())
                .containsEntry("statuses", List.of("204"));
        String hours = "checks: [{businessHours: {from: 09:00, to: 17:00, timeZone: UTC, closedDates: ['2026-12-24']}}]";
        assertThat(checks(hours).get(0).settings())
                .containsEntry("from", "09:00")
                .containsEntry("closedDates", List.of("2026-12-24"));
    }

    /** From the checks to what has to be said of them. */
    private static Map<String, List<String>> refused() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put("checks: [{waitTimer: {duration: '1h'}}, {businessHours: {from: '9', to: '17:00', timeZone: UTC}}]",
                List.of("environment \"prod\": checks[1]: businessHours: from: "));
        table.put("checks: [{branchControl: {allowed: []}}]", List.of("checks[0]: branchControl: allowed: is missing"));
        table.put("checks: [{branchControl: {allowed: {main: true}}}]", List.of("allowed"));
        table.put("checks: [{branchControl: {allowed: [[main]]}}]", List.of("allowed"));
        table.put("checks: [{branchControl: {allow: main}}]", List.of("allow"));
        table.put("checks: [{branchkontrol: {allowed: main}}]", List.of("branchkontrol"));
        table.put("checks: [{restCheck: {url: 'https://checks.example.org/', headers: [a]}}]", List.of("headers"));
        table.put("checks: [{restCheck: {url: 'https://checks.example.org/', headers: {'a b': x}}}]",
                List.of("checks[0]: restCheck: headers.a b: "));
        table.put("checks: [{restCheck: {url: 'https://checks.example.org/', retries: many}}]",
                List.of("checks[0]: restCheck: retries: has to be a whole number"));
        table.put("checks: [{restCheck: {url: 'https://checks.example.org/', retries: -1}}]", List.of("restCheck: retries: "));
        table.put("checks: [{changeFreeze: {timeZone: UTC, windows: [{from: '2026-12-20'}]}}]",
                List.of("checks[0]: changeFreeze: windows[0].to: "));
        table.put("lock: both", List.of("environment \"prod\"", "both"));
        return table;
    }

    @Test
    public void whatCannotBeMeant_isRefusedWithItsPlaceAndChangesNothing() throws Exception {
        configure(environment("kept", "any", user("alice")));
        Settings before = settings();
        for (Map.Entry<String, List<String>> row : refused().entrySet()) {
            Throwable problem = catchThrowable(() -> apply(environmentWith(row.getKey())));
            assertThat(problem).as(row.getKey()).isNotNull();
            String told = Stream.iterate(problem, t -> t != null, Throwable::getCause)
                    .map(String::valueOf)
                    .collect(Collectors.joining("\n"));
            assertThat(told).as(row.getKey()).contains(row.getValue());
            assertThat(settings()).as(row.getKey()).isEqualTo(before);
        }
    }

    @Test
    public void documentation_andSchemaCanBeMade() throws Exception {
        JenkinsRule.WebClient admin = jenkins.createWebClient();
        admin.setJavaScriptEnabled(false);
        assertThat(admin.goTo("manage/configuration-as-code/reference").getWebResponse().getContentAsString())
                .contains("prometheusAlerts");
        assertThat(admin.goTo("manage/configuration-as-code/schema", "application/json").getWebResponse().getContentAsString())
                .contains("prometheusAlerts");
    }

    /** Pipelines look symbols and steps up by name alone, so that a second meaning of one would take the first's place. */
    @Test
    public void symbols_haveNoOtherMeaning() {
        List<String> kinds = CheckItems.offered().stream().map(ApprovalCheckDescriptor::getKind).toList();
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(11);
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor instanceof ApprovalCheckDescriptor check) {
                assertThat(SymbolLookup.getSymbolValue(check)).isSubsetOf(kinds);
            } else {
                assertThat(SymbolLookup.getSymbolValue(descriptor)).as("%s", descriptor).doesNotContainAnyElementsOf(kinds);
            }
        }
        assertThat(StepDescriptor.all()).extracting(StepDescriptor::getFunctionName).doesNotContainAnyElementsOf(kinds);
    }
}
