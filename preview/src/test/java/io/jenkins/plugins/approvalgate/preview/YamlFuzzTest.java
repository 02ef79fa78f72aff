package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Files that nobody would call a configuration. */
public class YamlFuzzTest {

    private static final UnaryOperator<String> VARIABLES = Map.of("SECRET", "s3cr3t", "HOME", "${HOME}")::get;
    private static final List<String> WORDS = List.of(
            ": ", "- ", "\n", "\n  ", "  ", "{", "}", "[", "]", "&a ", "*a", "<<: *a", "!!binary ", "!!java.net.URL ", "|\n", ">-\n", "? ",
            "---\n", "...\n", "%YAML 1.1\n", "#", "'", "\"", "\\x00", "~", "null", "yes", "0x1F", "1e5", ".inf", "2026-03-02",
            "${SECRET}", "${SECRET:-x}", "^${SECRET}", "${", "approvers", "environments", "name", "user", "group", "checks", "timeout",
            "unclassified", "approvalGate", "restCheck", "url", "metricThreshold", "condition", "changeFreeze", "recurring", "rule");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder(Fuzz.memory());

    private Path file;
    private List<String> sound;
    private int taken;

    @Before
    public void begin() throws IOException {
        file = folder.newFile("jenkins.yaml").toPath();
        String example = Files.readString(PreviewRule.EXAMPLE);
        // Short ones too: in a long file most changes change a comment or an instruction.
        String small = "unclassified: {approvalGate: {environments: [{name: a, approvers: [{group: g, required: 2}], order: unanimous}]}}";
        sound = List.of(
                example,
                small,
                small.replace("unanimous", "sequential"),
                "unclassified: {approvalGate: {environments: [{name: a, approvers: [{user: u}], timeout: 90m, lock: sequential}]}}",
                environment("checks:\n" + ChecksYamlTest.ALL.indent(2)),
                environment("remindBefore: [24h, 1h]\nescalateTo: [boss@example.org]\nescalateAfter: 4h\nsla: 48h"),
                "unclassified: {approvalGate: {webhooks: [{name: w, url: \"https://h.example/\", secret: \"s\"}], environments: []}}");
    }

    private static String environment(String fields) {
        return "unclassified:\n  approvalGate:\n    environments:\n      - name: a\n        approvers: [{user: u}]\n" + fields.indent(8);
    }

    @Test
    public void soundOnes_areRead() throws Exception {
        for (String yaml : sound.subList(0, 6)) {
            assertThat(read(yaml)).as(yaml).isPositive();
        }
    }

    /** How many environments it has. */
    private int read(String yaml) throws IOException, StartFailure {
        Files.write(file, yaml.getBytes(StandardCharsets.UTF_8));
        return SettingsYaml.read(file, String::equals, VARIABLES).environments().size();
    }

    @Test
    public void anyFile_isReadOrRefusedInOneLineThatNamesIt() {
        Fuzz.Tally tally = Fuzz.of("YAML", dice -> dice.mutated(sound, WORDS)).oneIn(2).run(yaml -> {
            try {
                read(yaml);
                taken++;
            } catch (StartFailure failure) {
                assertThat(failure.getMessage()).contains("jenkins.yaml: ").doesNotContain("\n");
            }
        });
        assertThat(taken).isBetween(tally.taken() / 50, tally.taken() - tally.taken() / 50);
    }

    @Test
    public void anyCredentials_areReadOrRefused_andNoComplaintQuotesThem() {
        String credentials = """
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - string: {id: "a", secret: "${SECRET}"}
                          - usernamePassword: {id: "b", username: "s3cr3t", password: "s3cr3t"}
                unclassified:
                  mailer: {smtpHost: "h.example", smtpPort: 25, authentication: {username: "s3cr3t", password: "${SECRET}"}}
                """;
        Fuzz.of("credentials", (Dice dice) -> dice.mutated(List.of(credentials), WORDS)).oneIn(4).run(yaml -> {
            Files.write(file, yaml.getBytes(StandardCharsets.UTF_8));
            for (Reader reader : List.<Reader>of(() -> CredentialsYaml.read(file, VARIABLES), () -> MailerYaml.read(file, VARIABLES))) {
                try {
                    reader.read();
                } catch (StartFailure failure) {
                    assertThat(failure.getMessage()).contains("jenkins.yaml: ");
                    // A key is named; what was made a key by a lost comma is one.
                    assertThat(failure.getMessage().replaceAll("Duplicate field '.*'", "")).doesNotContain("s3cr3t");
                }
            }
        });
    }

    private interface Reader {
        Object read() throws StartFailure;
    }

    /** What a file found there: told in time, however many spaces stand in the way. */
    @Test(timeout = 20_000)
    public void longRowOfSpaces_isToldSoon() {
        String yaml = environment("timeout: \"" + " ".repeat(200_000) + "x\"");
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(StartFailure.class).hasMessageContaining("timeout");
    }
}
