package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What Azure DevOps' REST API gives, and what the tool makes of it. */
final class AzureAnswers {

    static final Path FOLDER =
            Path.of("..", "src", "test", "resources", "io", "jenkins", "plugins", "approvalgate", "migrate");

    /** Halves of characters cannot be written otherwise. */
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private AzureAnswers() {}

    static List<JsonNode> fixtures() throws IOException {
        List<JsonNode> answers = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
                answers.add(MAPPER.readTree(Files.readAllBytes(file)));
            }
        }
        return answers;
    }

    /**
     * What comes of {@code answer}, read as the preview reads its configuration.
     *
     * @throws StartFailure with what the tool says where it refuses it
     */
    static Settings migrated(JsonNode answer, Path folder) throws IOException, StartFailure {
        Path file = Files.write(folder.resolve("answer.json"), MAPPER.writeValueAsBytes(answer));
        ByteArrayOutputStream yaml = new ByteArrayOutputStream();
        ByteArrayOutputStream remarks = new ByteArrayOutputStream();
        int status = MigrateFromAzure.run(
                new String[] {file.toString()},
                new PrintStream(yaml, true, StandardCharsets.UTF_8),
                new PrintStream(remarks, true, StandardCharsets.UTF_8));
        if (status == MigrateFromAzure.CANNOT) {
            throw new StartFailure(requireOneLine(remarks.toString(StandardCharsets.UTF_8)));
        }
        return settings(yaml.toString(StandardCharsets.UTF_8));
    }

    private static String requireOneLine(String text) {
        if (text.lines().count() != 1) {
            throw new AssertionError("not one line: " + text);
        }
        return text;
    }

    static Settings settings(String yaml) throws StartFailure {
        return YamlFile.read(
                "yaml", yaml.getBytes(StandardCharsets.UTF_8), SettingsYaml.reading(String::equalsIgnoreCase, name -> null));
    }
}
