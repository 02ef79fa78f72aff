package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The YAML changes between two starts, and the journal says how. */
public class ConfigurationHistoryTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private void startWith(String environments) throws Exception {
        Path config = folder.getRoot().toPath().resolve("jenkins.yaml");
        Files.writeString(config, "unclassified: {approvalGate: {environments: [" + environments + "]}}");
        Options options = new Options(0, folder.getRoot().toPath().resolve("home"), config, PreviewRule.WEBAPP);
        Preview.start(options, PreviewRule.CLOCK).close();
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.getRoot().toPath().resolve("home/journal"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    lines.add(Json.read(line.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        return lines;
    }

    @Test
    public void change_isALineAndNoChangeIsNone() throws Exception {
        startWith("{name: prod, approvers: [{user: alice}]}");
        startWith("{name: prod, approvers: [{user: alice}], timeout: 30d}");
        assertThat(lines()).hasSize(1);
        startWith("{name: prod, approvers: [{user: alice}, {user: bob}]}");
        assertThat(lines()).hasSize(2);
        JsonNode line = lines().get(1);
        assertThat(line.get("type").asText()).isEqualTo("environmentChanged");
        assertThat(line.get("actor").isNull()).isTrue();
        assertThat(line.at("/data/source").asText()).isEqualTo("start");
        assertThat(line.at("/data/differences")).singleElement().isEqualTo(Json.object()
                .put("path", "approvers")
                .put("before", "[user alice]")
                .put("after", "[user alice, user bob]"));
    }
}
