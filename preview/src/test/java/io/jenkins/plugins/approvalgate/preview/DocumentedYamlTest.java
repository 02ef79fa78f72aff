package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.docs.Documents;
import io.jenkins.plugins.approvalgate.engine.docs.WholeYaml;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Every block of YAML in the documents configures the preview. Jenkins reads them, too: {@code DocumentsOnJenkinsTest}. */
public class DocumentedYamlTest {

    /** The check of another plugin that {@code docs/extending.md} makes: without Jenkins there are no plugins. */
    private static final String OF_ANOTHER_PLUGIN = "noOpenIncident";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path file(Documents.Block block) throws Exception {
        return Files.writeString(folder.newFile().toPath(), WholeYaml.of(block));
    }

    private static Settings settings(Path file) throws StartFailure {
        return SettingsYaml.read(file, String::equalsIgnoreCase, name -> "set");
    }

    @Test
    public void everyBlock_isRead() throws Exception {
        List<Documents.Block> blocks = Documents.blocks("yaml");
        assertThat(blocks).hasSizeGreaterThan(15);
        List<String> wrong = new ArrayList<>();
        for (Documents.Block block : blocks) {
            Path file = file(block);
            if (block.text().contains(OF_ANOTHER_PLUGIN)) {
                assertThatThrownBy(() -> settings(file)).as(block.toString()).hasMessageContaining(OF_ANOTHER_PLUGIN);
                continue;
            }
            try {
                assertThat(settings(file)).as(block.toString()).isNotEqualTo(Settings.EMPTY);
                MailerYaml.read(file, name -> "set");
                CredentialsYaml.read(file, name -> "set");
            } catch (StartFailure refused) {
                wrong.add(block + ": " + refused.getMessage());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void everyKindOfCheck_isShownAsCode() throws Exception {
        Set<String> shown = Documents.blocks("yaml").stream()
                .filter(block -> block.place().file().endsWith("docs/checks.md"))
                .flatMap(block -> read(block).environments().stream())
                .flatMap((Environment environment) -> environment.checks().stream())
                .map(check -> check.kind())
                .collect(Collectors.toSet());
        assertThat(shown).containsExactlyInAnyOrder(
                "allowedJobs", "branchControl", "businessHours", "changeFreeze", "functionCheck", "metricThreshold", "opaPolicy",
                "prometheusAlerts", "requiredTemplate", "restCheck", "waitTimer");
    }

    private Settings read(Documents.Block block) {
        try {
            return settings(file(block));
        } catch (Exception wrong) {
            throw new AssertionError(block.toString(), wrong);
        }
    }
}
