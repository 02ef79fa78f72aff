package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** The approval matrix, its table for spreadsheets, and what became of an environment's gates. */
public class MatrixTest {

    private static final CheckSpec BRANCHES =
            new CheckSpec("branchControl", Map.of("allowed", List.of("main", "release/*"), "excluded", "release/old"));
    private static final CheckSpec METRICS =
            new CheckSpec("metricThreshold", Map.of("condition", "accuracy >= 0.92 && drift < 0.1"));
    private static final CheckSpec FAST = new CheckSpec(
            "metricThreshold", Map.of("condition", "accuracy > 0.99", "whenTrue", "approve", "whenFalse", "pass"));

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol,dave"),
            Given.environment("plain", "any 2: alice, @team"),
            Given.environment("strict", "unanimous: alice, @team*2", List.of(BRANCHES, METRICS), Optional.of(LockMode.SEQUENTIAL)),
            Given.environment("metrics", "any: alice", List.of(METRICS, FAST), Optional.empty()),
            Given.environment("=HYPERLINK(\"x\")", "any: alice"));

    private final FakeCaller alice = FakeCaller.of("alice");
    private Api api;

    @Before
    public void begin() {
        disk.keeper.start();
        api = new Api(disk.keeper, disk.host);
    }

    private JsonNode environment(FakeCaller caller, String name) {
        return api.get(caller, "environments/" + name).is(200).json();
    }

    private RestResponse csv(String format) {
        RestRequest request = new RestRequest(
                "GET", List.of("environments"), Map.of("format", format), Optional.empty(), Optional.empty(),
                InputStream.nullInputStream());
        return new RestApi(disk.keeper, disk.host, Optional.empty()).handle(request, alice);
    }

    @Test
    public void csv_isTheMatrix_asAFileWithTitles() throws Exception {
        disk.request("strict", 1);

        RestResponse response = csv("csv");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsEntry("Content-Type", "text/csv; charset=utf-8; header=present")
                .containsEntry("Content-Disposition", "attachment; filename=\"approval-matrix.csv\"")
                .containsKey("ETag");
        List<CSVRecord> rows = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get()
                .parse(new StringReader(new String(response.body(), StandardCharsets.UTF_8)))
                .getRecords();
        assertThat(rows).extracting(row -> row.get("Gate")).containsExactly("plain", "strict", "metrics", "'=HYPERLINK(\"x\")");
        Map<String, String> strict = rows.get(1).toMap();
        assertThat(strict)
                .containsEntry("Stages", "Deploy")
                .containsEntry("Branches", "main; release/*, not: release/old")
                .containsEntry("Order", "unanimous")
                .containsEntry("Approvals needed", "3")
                .containsEntry("Approvers", "alice; 2 of team (group)")
                .containsEntry("Requester may approve", "no")
                .containsEntry("Checklist", "Tests passed; Security looked")
                .containsEntry("Lock", "sequential")
                .containsEntry("SLA", "PT4H")
                .containsEntry("Timeout", "PT720H");
        assertThat(strict.get("Checks")).contains("metricThreshold: only if accuracy >= 0.92");
    }

    @Test
    public void otherFormats_areRefused() {
        assertThat(csv("xlsx").status()).isEqualTo(400);
        assertThat(csv("json").status()).isEqualTo(200);
    }

    @Test
    public void row_namesStagesThatAskedLately_ofReadableJobsAlone_andBranches() throws Exception {
        disk.request("strict", 1);
        disk.keeper.request(Given.request("strict", "secret/app", 1, Set.of("starter")));

        JsonNode row = environment(alice, "strict");

        assertThat(row.path("stages").toString()).isEqualTo("[\"Deploy\"]");
        assertThat(row.path("branches").toString())
                .isEqualTo("[{\"allowed\":[\"main\",\"release/*\"],\"excluded\":[\"release/old\"]}]");
        assertThat(environment(FakeCaller.outsider("eve"), "strict").path("stages")).isEmpty();
        assertThat(environment(alice, "plain").path("branches")).isEmpty();
    }

    @Test
    public void figures_countWhatTheCallerMayRead_andNothingElse() throws Exception {
        for (int build = 1; build <= 3; build++) {
            Gate gate = disk.request("plain", build);
            Gate secret = disk.keeper.request(Given.request("plain", "secret/app", build, Set.of("starter")));
            disk.passes(Duration.ofMinutes(10L * build));
            disk.keeper.submit(gate.id(), Given.reject("alice"));
            disk.keeper.submit(secret.id(), Given.reject("alice"));
        }
        disk.request("plain", 4);

        assertThat(environment(alice, "plain").path("figures").toString())
                .isEqualTo("{\"since\":\"2026-03-02T09:10:00Z\",\"decided\":3,\"outcomes\":{\"REJECTED\":3},"
                        + "\"timeToDecision\":{\"median\":\"PT20M\",\"p90\":\"PT30M\"},\"slaKept\":{\"kept\":3,\"of\":3},"
                        + "\"months\":[{\"month\":\"2026-03\",\"decided\":3,\"outcomes\":{\"REJECTED\":3},"
                        + "\"median\":\"PT20M\",\"p90\":\"PT30M\"}]}");
        assertThat(environment(FakeCaller.auditor(), "plain").at("/figures/decided").asInt()).isEqualTo(6);
        assertThat(environment(FakeCaller.outsider("eve"), "plain").path("figures").toString())
                .isEqualTo("{\"since\":null,\"decided\":0,\"outcomes\":{},\"timeToDecision\":{\"median\":null,\"p90\":null},"
                        + "\"slaKept\":{\"kept\":0,\"of\":0},\"months\":[]}");
        assertThat(environment(alice, "strict").at("/figures/decided").asInt()).isZero();
    }

    @Test
    public void thresholds_standBesideEachMetricThatTheySpeakOf() throws Exception {
        Gate gate = disk.request("metrics", 1); // brings accuracy alone: the first check fails at once

        JsonNode thresholds = new ThresholdJson(disk.keeper).ofGate(gate, disk.keeper.conditions(gate));

        assertThat(StreamSupport.stream(((Iterable<String>) thresholds::fieldNames).spliterator(), false))
                .containsExactly("accuracy", "drift");
        assertThat(thresholds.path("accuracy").toString())
                .startsWith("[{\"condition\":\"accuracy >= 0.92 && drift < 0.1\",\"status\":\"FAIL\"},"
                        + "{\"condition\":\"if accuracy > 0.99: opens without a person, otherwise: passes\",\"status\":");
        assertThat(thresholds.path("drift")).hasSize(1);
        Gate plain = disk.request("plain", 2);
        assertThat(new ThresholdJson(disk.keeper).ofGate(plain, disk.keeper.conditions(plain))).isEmpty();
    }
}
