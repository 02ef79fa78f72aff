package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SettingsYamlTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Settings read(String yaml) throws IOException, StartFailure {
        Path file = folder.newFile().toPath();
        Files.writeString(file, yaml);
        return SettingsYaml.read(file, String::equalsIgnoreCase);
    }

    @Test
    public void example_hasTheFourGates() throws StartFailure {
        Settings settings = SettingsYaml.read(PreviewRule.EXAMPLE, String::equalsIgnoreCase);

        assertThat(settings.environments())
                .extracting(Environment::name)
                .containsExactly("registry-promotion", "test-deployment", "qa-signoff", "production-deployment");
        assertThat(settings.environments())
                .extracting(environment -> environment.policy().order())
                .containsExactly(Order.ANY, Order.ANY, Order.SEQUENTIAL, Order.UNANIMOUS);
        assertThat(settings.environments())
                .extracting(environment -> environment.sla().orElseThrow())
                .containsExactly(
                        Duration.ofHours(24), Duration.ofHours(4), Duration.ofHours(24), Duration.ofHours(48));
        assertThat(settings.environments())
                .extracting(Environment::timeout)
                .containsOnly(Duration.ofDays(30));
        assertThat(settings.environments()).allSatisfy(environment -> {
            assertThat(environment.instructions()).isNotBlank();
            assertThat(environment.checklist()).hasSizeBetween(3, 4);
            assertThat(environment.policy().requesterMayApprove()).isFalse();
        });
        assertThat(settings.environments().get(3).policy().approvers())
                .containsExactly(
                        Approver.user("engineering-manager"),
                        Approver.user("product-owner"),
                        Approver.group("security-team", 1));
        assertThat(settings.approverGroups())
                .containsExactly(
                        new ApproverGroup("ml-engineers", List.of("ml-engineer-1", "ml-engineer-2"), List.of()),
                        new ApproverGroup("qa-team", List.of("qa-engineer-1"), List.of()),
                        new ApproverGroup("security-team", List.of("security-1"), List.of()));
    }

    @Test
    public void whatBelongsToOthers_isPassedOver() throws Exception {
        Settings settings = read("""
                jenkins:
                  systemMessage: "ours it is not"
                unclassified:
                  mailer: {smtpHost: "localhost"}
                  approvalGate:
                    environments:
                      - name: "a"
                        approvers: [{user: "alice"}]
                """);

        assertThat(settings.environments()).hasSize(1);
        assertThat(settings.environments().get(0).timeout()).isEqualTo(Environment.DEFAULT_TIMEOUT);
        assertThat(settings.environments().get(0).policy().order()).isEqualTo(Order.ANY);
    }

    @Test
    public void nothingConfigured_isNotAnError() throws Exception {
        assertThat(read("unclassified: {approvalGate: {}}\n")).isEqualTo(Settings.EMPTY);
    }

    @Test
    public void fileThatIsNotThere_isNamed() {
        assertThatThrownBy(() -> SettingsYaml.read(Path.of("no", "such.yaml"), String::equals))
                .isInstanceOf(StartFailure.class)
                .hasMessage(Path.of("no", "such.yaml") + ": there is no such file");
    }

    @Test
    public void locks_areRead() throws Exception {
        Settings settings = read("""
                unclassified:
                  approvalGate:
                    environments:
                      - {name: a, approvers: [{user: u}], lock: sequential}
                      - {name: b, approvers: [{user: u}], lock: newestOnly}
                      - {name: c, approvers: [{user: u}]}
                """);

        assertThat(settings.environments())
                .extracting(Environment::lock)
                .containsExactly(Optional.of(LockMode.SEQUENTIAL), Optional.of(LockMode.NEWEST_ONLY), Optional.empty());
    }

    @Test
    public void environmentVariables_areReadAsInJenkins() throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, """
                unclassified:
                  approvalGate:
                    environments:
                      - {name: "${NAME}", approvers: [{user: "${WHO:-bob}"}], instructions: "^${NAME}"}
                """);
        Environment environment =
                SettingsYaml.read(file, String::equals, Map.of("NAME", "x")::get).environments().get(0);

        assertThat(environment.name()).isEqualTo("x");
        assertThat(environment.policy().approvers()).containsExactly(Approver.user("bob"));
        assertThat(environment.instructions()).isEqualTo("${NAME}");
    }
}
