package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What docs/migration.md shows is what happens. */
public class MigrationDocTest {

    private static final Path PAGE = Path.of("..", "docs", "migration.md");
    private static final Path INPUTS = AzureAnswers.FOLDER.resolve("input");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** The first block in this language. */
    private static String block(String language) throws IOException {
        Matcher matcher = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(PAGE));
        assertThat(matcher.find()).as(language).isTrue();
        return matcher.group(1);
    }

    @Test
    public void example_isWhatTheToolMakes() throws IOException {
        Path answer = Files.writeString(folder.newFile("production.json").toPath(), block("json"));
        ByteArrayOutputStream yaml = new ByteArrayOutputStream();
        ByteArrayOutputStream remarks = new ByteArrayOutputStream();

        int status = MigrateFromAzure.run(
                new String[] {answer.toString()},
                new PrintStream(yaml, true, StandardCharsets.UTF_8),
                new PrintStream(remarks, true, StandardCharsets.UTF_8));

        assertThat(yaml.toString(StandardCharsets.UTF_8)).isEqualTo(block("yaml"));
        assertThat(remarks.toString(StandardCharsets.UTF_8)).isEqualTo(block("text"));
        assertThat(status).isEqualTo(MigrateFromAzure.SHUT);
    }

    @Test
    public void recipe_makesTheExample() throws Exception {
        String example = block("diff");
        assertThat(replaced(lines(example, '-'), 0)).isEqualTo(lines(example, '+'));
    }

    /** One side of a comparison. */
    private static String lines(String diff, char side) {
        return diff.lines()
                .filter(line -> line.charAt(0) == ' ' || line.charAt(0) == side)
                .map(line -> line.substring(1) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    public void recipe_replacesCallsAndNothingElse() throws Exception {
        assertThat(replaced(sample("scripted.groovy"), 1)).isEqualTo(sample("scripted.gate.groovy"));
        assertThat(replaced(sample("declarative.groovy"), 0)).isEqualTo(sample("declarative.gate.groovy"));
        assertThat(replaced(sample("directive.groovy"), 1)).isEqualTo(sample("directive.groovy"));
    }

    private static String sample(String name) throws IOException {
        return Files.readString(INPUTS.resolve(name));
    }

    private String replaced(String pipeline, int status) throws Exception {
        File script = new File(folder.getRoot(), "input-to-gate.py");
        Files.writeString(script.toPath(), block("python"));
        Path file = Files.writeString(folder.newFile().toPath(), pipeline);
        File out = folder.newFile();
        Process python;
        try {
            python = new ProcessBuilder(List.of("python3", script.getPath(), "production-deployment", file.toString()))
                    .redirectOutput(out)
                    .redirectError(folder.newFile())
                    .start();
        } catch (IOException noPython) {
            assumeTrue("there is no python3 here", false);
            throw noPython;
        }
        assertThat(python.waitFor()).isEqualTo(status);
        return Files.readString(out.toPath());
    }
}
