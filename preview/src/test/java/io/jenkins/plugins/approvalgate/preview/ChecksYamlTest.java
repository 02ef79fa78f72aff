package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Checks in the YAML: every kind with every setting, and what becomes of values that YAML takes for something else. */
public class ChecksYamlTest {

    static final String ALL = """
            - branchControl: {allowed: "main, release/*", excluded: ["release/old-*"]}
            - allowedJobs: {allowed: "team/**", excluded: "team/playground/**"}
            - requiredTemplate:
                library: "deploy-templates"
                version: "v2.*"
                repository: "https://git.example.org/templates.git"
                path: "pipelines/*.groovy"
                allowReplay: true
            - waitTimer: {duration: "15m"}
            - metricThreshold: {condition: "accuracy >= 0.92 && loss < 0.3", whenTrue: approve, whenFalse: pass}
            - businessHours:
                days: MON-FRI
                from: 09:00
                to: 24:00
                timeZone: Europe/Berlin
                holidays: [NO, DE-BY]
                closedDates: [12-24, 2027-12-31]
                outside: refuse
            - changeFreeze:
                windows:
                  - {from: "2027-12-20", to: "2028-01-03T06:00", reason: "Year's end"}
                recurring:
                  - {start: "2027-01-29T18:00", duration: 3d, rule: "FREQ=MONTHLY;BYDAY=-1FR", reason: "Month's end"}
                timeZone: "Europe/Berlin"
                calendar: "https://calendar.example.org/freeze.ics"
                refresh: 2h
                credentials: "calendar"
                approvals: refuse
            - restCheck:
                method: POST
                url: "https://quality.example.org/check"
                headers: {X-Gate: "1"}
                body: '{"build": "x"}'
                credentials: "quality"
                credentialsHeader: "X-Key"
                connectTimeout: 5s
                timeout: 20s
                retries: 2
                interval: 1m
                statuses: [200-299, 404]
                success: ['/state == "ok"', "/score >= 0.9"]
                otherwise: fail
            - functionCheck:
                url: "https://functions.example.org/api/decide"
                credentials: "function"
                keyHeader: "x-functions-key"
                headers: {X-Gate: "1"}
                body: "{}"
                connectTimeout: 5s
                timeout: 20s
                retries: 0
                interval: 1m
                callback: true
                callbackWithin: 2d
            - opaPolicy:
                url: "https://opa.example.org"
                path: "deploy/production"
                credentials: "opa"
                credentialsHeader: "X-Key"
                connectTimeout: 5s
                timeout: 20s
                retries: 1
                interval: 1m
                whenDenied: wait
            - prometheusAlerts:
                url: "https://prometheus.example.org"
                selector: 'env="prod",severity="critical"'
                quietFor: 10m
                credentials: "prometheus"
                credentialsHeader: "X-Key"
                connectTimeout: 5s
                timeout: 20s
                retries: 1
                interval: 30s
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private List<CheckSpec> read(String checks) throws IOException, StartFailure {
        Path file = folder.newFile().toPath();
        Files.writeString(file, """
                unclassified:
                  approvalGate:
                    environments:
                      - name: a
                        approvers: [{user: u}]
                        checks:
                """ + checks.indent(10));
        return SettingsYaml.read(file, String::equals).environments().get(0).checks();
    }

    @Test
    public void everyKind_isReadWithAllItsSettings() throws Exception {
        List<CheckSpec> checks = read(ALL);

        List<String> kinds = CheckTypes.of(new PreviewSurroundings(Map.of(), "", Path.of("")), List.of()).kinds();
        assertThat(checks).extracting(CheckSpec::kind).containsExactlyInAnyOrderElementsOf(kinds);
        assertThat(checks.get(0).settings())
                .isEqualTo(Map.of("allowed", "main, release/*", "excluded", List.of("release/old-*")));
    }

    @Test
    public void valuesThatYamlTakesForNumbersTimesAndAnswers_areTheirText() throws Exception {
        assertThat(read("- businessHours: {from: 09:00, to: 17:00, timeZone: UTC, holidays: [NO], closedDates: [12-24]}"))
                .containsExactly(new CheckSpec(
                        "businessHours",
                        Map.of("from", "09:00", "to", "17:00", "timeZone", "UTC", "holidays", List.of("NO"), "closedDates",
                                List.of("12-24"))));
        assertThat(read("- branchControl: {allowed: [1.10, 2, yes, on, 0.90]}").get(0).settings().get("allowed"))
                .isEqualTo(List.of("1.10", 2L, "yes", "on", "0.90"));
    }

    @Test
    public void environmentVariables_areInChecksToo() throws Exception {
        assertThat(read("- branchControl: {allowed: \"${NOT_SET_ANYWHERE:-main}\"}").get(0).settings())
                .isEqualTo(Map.of("allowed", "main"));
    }

    @Test
    public void example_keepsEachGateToItsBranch_andProductionToBusinessHours() throws StartFailure {
        List<Environment> environments = SettingsYaml.read(PreviewRule.EXAMPLE, String::equals).environments();

        assertThat(environments)
                .extracting(environment -> environment.checks().get(0))
                .extracting(check -> check.kind() + " " + check.settings().get("allowed"))
                .containsExactly(
                        "branchControl develop", "branchControl release/*", "branchControl release/*", "branchControl main");
        assertThat(environments.get(3).checks().get(1))
                .isEqualTo(new CheckSpec(
                        "businessHours",
                        Map.of("days", "MON-FRI", "from", "09:00", "to", "17:00", "timeZone", "America/New_York")));
        assertThat(environments).extracting(environment -> environment.checks().size()).containsExactly(1, 1, 1, 2);
    }
}
