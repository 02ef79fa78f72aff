package io.jenkins.plugins.approvalgate.engine;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/**
 * What the plugin's file brings along is what {@code docs/dependencies.md} says: the build holds the file to the list in
 * {@code pom.xml}, by {@code hpi.strictBundledArtifacts}, and {@code bin/test} looks into the file; this holds the list to the
 * document.
 */
public class DependenciesTest {

    private static final Path ROOT = Files.exists(Path.of("docs")) ? Path.of("") : Path.of("..");

    private static Set<String> list() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        assertThat(pom).contains("<hpi.strictBundledArtifacts>true</hpi.strictBundledArtifacts>");
        Matcher list = Pattern.compile("<hpi.bundledArtifacts>([^<]*)</hpi.bundledArtifacts>").matcher(pom);
        assertThat(list.find()).isTrue();
        return new TreeSet<>(Arrays.asList(list.group(1).split(",")));
    }

    /** The rows of what is bundled: library, how, license, what for. */
    private static List<String[]> rows() throws IOException {
        return Arrays.stream(Files.readString(ROOT.resolve("docs/dependencies.md")).split("\n"))
                .filter(line -> line.startsWith("|") && line.contains("| bundled"))
                .map(line -> line.substring(1).split("\\|"))
                .toList();
    }

    @Test
    public void document_namesWhatIsBundled_andNothingElse() throws IOException {
        Set<String> named = rows().stream()
                .flatMap(row -> Pattern.compile("`([^`]+)`").matcher(row[1]).results())
                .map(match -> match.group(1))
                .collect(toCollection(TreeSet::new));
        assertThat(named).isEqualTo(list());
    }

    @Test
    public void everyBundledLibrary_hasALicenseAndAReason() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(5).allSatisfy(row -> {
            assertThat(row).hasSize(4);
            assertThat(row[1]).as(row[0]).contains("Jenkins has no plugin");
            assertThat(row[2]).as(row[0]).isNotBlank();
            assertThat(row[3]).as(row[0]).isNotBlank();
        });
    }
}
