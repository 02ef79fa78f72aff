package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** Every line of the threat model in {@code docs/security.md} names the test that shows it, and that test is there. */
public class ThreatModelTest {

    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]*Test)#([A-Za-z0-9_]+)`");
    private static final Pattern TEST = Pattern.compile("@Test(?:\\([^)]*\\))?\\s+public void ([A-Za-z0-9_]+)\\(");
    /** Before the class; a method that has it is none of {@link #TEST}. What does not run shows nothing. */
    private static final Pattern IGNORED = Pattern.compile("(?m)^@Ignore");
    private static final List<String> ATTACKERS = List.of(
            "The author of a pipeline", "An approver", "The administrator of an environment", "An environment's own administrator", "An outsider",
            "Somebody with access to the controller's disk", "A check service that was taken over");

    private static Path root() {
        return Files.exists(Path.of("docs")) ? Path.of("") : Path.of("..");
    }

    /** The rows of the tables below this heading, without their heads. */
    private static List<String> rows(String heading) throws IOException {
        String text = Files.readString(root().resolve("docs/security.md"));
        assertThat(text).contains("\n" + heading + "\n");
        String part = text.substring(text.indexOf("\n" + heading + "\n") + heading.length() + 2);
        String depth = heading.replaceFirst(" .*", "");
        Matcher next = Pattern.compile("(?m)^#{1," + depth.length() + "} ").matcher(part);
        return (next.find() ? part.substring(0, next.start()) : part)
                .lines()
                .filter(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|---") && !line.startsWith("| They try"))
                .toList();
    }

    /** All tests that there are, as {@code Class#method}. */
    private static Set<String> tests() throws IOException {
        Set<String> tests = Stream.of("src/test/java", "preview/src/test/java")
                .map(root()::resolve)
                .flatMap(ThreatModelTest::sources)
                .flatMap(ThreatModelTest::testsIn)
                .collect(Collectors.toSet());
        assertThat(tests).contains("ThreatModelTest#everyThreat_namesATestThatIsThere");
        return tests;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
    }

    private static Stream<Path> sources(Path folder) {
        try {
            return list(folder).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> testsIn(Path file) {
        try {
            String source = Files.readString(file);
            String name = file.getFileName().toString().replace(".java", "");
            return IGNORED.matcher(source).find()
                    ? Stream.of()
                    : TEST.matcher(source).results().map(found -> name + "#" + found.group(1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    public void everyThreat_namesATestThatIsThere() throws IOException {
        Set<String> tests = tests();
        List<String> wrong = new ArrayList<>();
        for (String row : rows("## Threats")) {
            List<String> named = NAMED.matcher(row).results().map(found -> found.group(1) + "#" + found.group(2)).toList();
            if (named.isEmpty()) {
                wrong.add("names no test: " + row);
            }
            named.stream().filter(test -> !tests.contains(test)).map(test -> "there is no test " + test + ": " + row).forEach(wrong::add);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void everyAttacker_hasThreats() throws IOException {
        int rows = 0;
        for (String attacker : ATTACKERS) {
            List<String> own = rows("### " + attacker);
            assertThat(own).as(attacker).isNotEmpty().allSatisfy(row -> assertThat(row.chars().filter(c -> c == '|').count())
                    .as(row)
                    .isEqualTo(4));
            rows += own.size();
        }
        assertThat(rows("## Threats")).hasSize(rows);
    }
}
