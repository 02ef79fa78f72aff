package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.ReassignTo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Each {@code .json} below {@link AzureAnswers#FOLDER} has what is to come of it beside it, which {@code -Dmigrate.write=true}
 * writes anew; Jenkins reads that, too.
 */
public class MigrateFromAzureTest {

    private static final Path ANSWERS = AzureAnswers.FOLDER;
    private static final String TICKETS = "eeeeeeee-0000-4000-8000-000000000001=https://tickets.example.com/api";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private String yaml;
    private String remarks;

    private int run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = MigrateFromAzure.run(
                args, new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        yaml = out.toString(StandardCharsets.UTF_8);
        remarks = err.toString(StandardCharsets.UTF_8);
        return status;
    }

    private int migrate(String name) {
        return run("--connection", TICKETS, ANSWERS.resolve(name + ".json").toString());
    }

    private List<Environment> environments() throws StartFailure {
        return AzureAnswers.settings(yaml).environments();
    }

    private String file(String json) throws IOException {
        Path file = folder.newFile().toPath();
        Files.writeString(file, json);
        return file.toString();
    }

    @Test
    public void answers_becomeWhatStandsBesideThem() throws IOException {
        try (Stream<Path> files = Files.list(ANSWERS)) {
            List<Path> answers = files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(answers).hasSizeGreaterThan(3);
            for (Path answer : answers) {
                run("--connection", TICKETS, answer.toString());
                Path expected = Path.of(answer.toString().replaceFirst("json$", "yaml"));
                if (Boolean.getBoolean("migrate.write")) {
                    Files.writeString(expected, yaml);
                }
                assertThat(yaml).as("%s", answer).isEqualTo(Files.readString(expected));
            }
        }
    }

    @Test
    public void complete_isCarriedOverAsItIs() throws StartFailure {
        assertThat(migrate("complete")).isEqualTo(MigrateFromAzure.CARRIED_OVER);
        Environment production = environments().get(0);
        assertThat(production.name()).isEqualTo("production");
        assertThat(production.policy().order()).isEqualTo(Order.SEQUENTIAL);
        assertThat(production.policy().approvers())
                .containsExactly(Approver.user("jane.roe@example.com"), Approver.group("[Fabrikam] Release Managers", 1));
        assertThat(production.policy().requesterMayApprove()).isFalse();
        assertThat(production.policy().reassignTo()).isEqualTo(ReassignTo.NOBODY);
        assertThat(production.timeout()).isEqualTo(Duration.ofDays(30));
        assertThat(production.instructions()).isEqualTo("Review the deployment plan.\nIs ${plan} what was agreed?");
        assertThat(production.lock()).contains(LockMode.SEQUENTIAL);
        assertThat(production.checks())
                .containsExactly(
                        new CheckSpec("branchControl", Map.of("allowed", List.of("main", "hotfix/*"))),
                        new CheckSpec(
                                "businessHours",
                                Map.of("days", "MON-FRI", "from", "09:00", "to", "17:00", "timeZone", "America/New_York")));
    }

    @Test
    public void several_areSeveral() throws StartFailure {
        assertThat(migrate("several")).isEqualTo(MigrateFromAzure.SHUT);
        assertThat(remarks).contains("protects no environment but this: endpoint cloud");
        assertThat(environments()).extracting(Environment::name).containsExactly("staging", "Data - nightly", "nobody asked");
        assertThat(environments())
                .extracting(environment -> environment.policy().order())
                .containsExactly(Order.ANY, Order.UNANIMOUS, Order.ANY);
        assertThat(environments().get(0).policy().minimum()).isEqualTo(2);
        assertThat(environments().get(0).policy().requesterMayApprove()).isTrue();
    }

    @Test
    public void whatCannotBeCarriedOver_staysShutAndIsTold() throws StartFailure {
        assertThat(migrate("left-out")).isEqualTo(MigrateFromAzure.SHUT);
        CheckSpec freeze = freeze(environments().get(0)).orElseThrow();
        assertThat((List<?>) freeze.settings().get("windows")).hasSize(8);
        assertThat(remarks.lines().filter(line -> line.contains("STAYS SHUT"))).hasSize(8);
        assertThat(environments().get(0).policy().approvers()).hasSize(3);
    }

    private static Optional<CheckSpec> freeze(Environment environment) {
        return environment.checks().stream().filter(check -> check.kind().equals("changeFreeze")).findFirst();
    }

    @Test
    public void secrets_areCarriedNowhere() {
        migrate("asking");
        assertThat(yaml).contains("restCheck", "azure-asked-elsewhere-42").doesNotContain("s3cr3t");
        assertThat(remarks).contains("azure-asked-elsewhere-42", "X-Api-Key").doesNotContain("s3cr3t");
    }

    @Test
    public void name_isTheEnvironments() throws Exception {
        assertThat(run("--name", "live", ANSWERS.resolve("complete.json").toString())).isZero();
        assertThat(environments()).extracting(Environment::name).containsExactly("live");

        assertThat(run("--name", "live", ANSWERS.resolve("several.json").toString())).isEqualTo(MigrateFromAzure.CANNOT);
        assertThat(remarks).contains("--name is for one environment, and there are 3");

        assertThat(run("--name", "a/b", ANSWERS.resolve("complete.json").toString())).isEqualTo(MigrateFromAzure.CANNOT);
        assertThat(remarks.lines()).hasSize(1);
    }

    @Test
    public void files_areOneConfiguration() throws StartFailure {
        assertThat(run(
                        ANSWERS.resolve("complete.json").toString(), ANSWERS.resolve("left-out.json").toString()))
                .isEqualTo(MigrateFromAzure.SHUT);
        assertThat(environments()).hasSize(2);
    }

    @Test
    public void environmentsOfTwoProjects_areTwo() throws IOException {
        String complete = Files.readString(ANSWERS.resolve("complete.json"));
        String other = file(complete.replace("d6b3e0ea-8197-4dec-831b-50e2e06ff95f", "00000000-8197-4dec-831b-50e2e06ff95f"));
        assertThat(run(ANSWERS.resolve("complete.json").toString(), other)).isEqualTo(MigrateFromAzure.CANNOT);
        assertThat(remarks).contains("Two environments would be called \"production\"");
    }

    @Test
    public void badFiles_giveOneLine() throws IOException {
        Map<String, String> problems = Map.of(
                "", ": is missing",
                "{", "is not JSON at line 1",
                "[1]", "[0]: expected keys with values, found 1",
                "{\"a\": 1, \"a\": 2}", "is not JSON",
                "{} {}", "is not JSON",
                "{\"message\": \"TF400813: not authorized\"}", "value: is missing; expected the answer of",
                "{\"value\": []}", "there is no check of an environment",
                "[".repeat(5_000), "is not JSON",
                approvalWith(""), "settings: is missing; ask for it with $expand=settings",
                approvalWith("\"settings\": {\"approvers\": {}}, "), "value[0].settings.approvers: expected a list");
        for (Map.Entry<String, String> problem : problems.entrySet()) {
            assertThat(run(file(problem.getKey()))).as(problem.getKey()).isEqualTo(MigrateFromAzure.CANNOT);
            assertThat(yaml).isEmpty();
            assertThat(remarks.lines()).as(problem.getKey()).hasSize(1);
            assertThat(remarks).contains(problem.getValue());
        }
    }

    private static String approvalWith(String settings) {
        return "{\"value\": [{" + settings + "\"id\": 1, \"type\": {\"id\": \"8c6f20a7-a545-4486-9777-f762fafe0d4d\"},"
                + " \"resource\": {\"type\": \"environment\", \"id\": \"1\", \"name\": \"e\"}}]}";
    }

    @Test
    public void badOptions_giveOneLine() {
        List<List<String>> all = List.of(
                List.of(), List.of("--name"), List.of("--nam", "x", "f"), List.of("--connection", "x", "f"),
                List.of("there-is-no-such-file.json"), List.of("\0"));
        for (List<String> args : all) {
            assertThat(run(args.toArray(String[]::new))).as("%s", args).isEqualTo(MigrateFromAzure.CANNOT);
            assertThat(remarks.lines()).as("%s", args).hasSize(1);
        }
    }
}
