package io.jenkins.plugins.approvalgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** The table of roles leaves out no operation of the API and no command, and no row has a hole. */
public class RolesTableTest {

    private final RolesTable table;

    public RolesTableTest() throws IOException {
        table = RolesTable.read();
    }

    @Test
    public void everyOperation_hasARow() {
        Set<String> rows = table.rows().stream()
                .map(row -> row.toString().replace("approvals/rest/", "").replaceAll("\\{[a-z]+}", "*").replaceAll("\\?.*", ""))
                .collect(Collectors.toSet());
        assertThat(rows).containsAll(RestApi.operations());
    }

    @Test
    public void everyCommand_hasARow() throws IOException {
        List<String> commands = new ArrayList<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/jenkins/plugins/approvalgate/cli"))) {
            for (Path source : sources.filter(path -> path.toString().endsWith("Command.java")).toList()) {
                if (!Files.readString(source).contains("abstract class")) {
                    commands.add(name(source));
                }
            }
        }
        assertThat(commands).isNotEmpty().allSatisfy(command ->
                assertThat(table.rows()).anySatisfy(row -> assertThat(row.toString()).startsWith("CLI " + command)));
    }

    /** {@code ListGatesCommand} is {@code list-gates}, as Jenkins names it. */
    private static String name(Path source) {
        return source.getFileName().toString()
                .replace("Command.java", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    @Test
    public void everyRow_hasAnAnswerForEachRole() {
        assertThat(table.rows()).isNotEmpty().allSatisfy(row -> assertThat(row.answers()).hasSameSizeAs(table.roles()));
    }
}
