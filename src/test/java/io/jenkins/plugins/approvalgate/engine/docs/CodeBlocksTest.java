package io.jenkins.plugins.approvalgate.engine.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * What the documents show as code is what there is. Each block says in which language it is, and each language has a test:
 * YAML in {@code DocumentedYamlTest} and {@code DocumentsOnJenkinsTest}, Groovy in the latter, the rest here or where it is
 * named.
 */
public class CodeBlocksTest {

    /** Languages, each with who tries it. */
    private static final Set<String> LANGUAGES = Set.of(
            // DocumentedYamlTest without Jenkins, DocumentsOnJenkinsTest as configuration as code
            "yaml",
            // DocumentsOnJenkinsTest: each block is a build
            "groovy",
            // OwnCheckTest and OwnNotifierTest: word for word a class or form of theirs, as the test below asks
            "java", "xml",
            // here: its form, the addresses and the commands; AuditDocsTest runs the recipes
            "sh", "bash",
            // here
            "json", "mermaid",
            // WebhookDocsTest, MigrationDocTest
            "python", "js", "diff",
            // what a page, a log or a file says: no code
            "text");

    private static final Pattern ADDRESS = Pattern.compile("/approvals/rest/([^\\s\"'?]+)");
    private static final Pattern PREVIEW = Pattern.compile("(/preview/[^\\s\"'?]+)");
    private static final Pattern CALL = Pattern.compile("(GET|POST) ((?:gates|environments|audit|summary)\\b[^\\s?]*)(?:\\?.*)?");

    /** Of an address, with {@code *} for what is an id or a name in it. */
    private static String route(String address) {
        return Stream.of(address.split("/"))
                .map(part -> part.matches("[a-z]+") && !part.equals("production") ? part : "*")
                .collect(Collectors.joining("/"));
    }

    private static boolean isKnown(String method, String address) {
        return RestApi.operations().contains(method + " " + route(address));
    }

    /** A command with all its continued lines. */
    private static List<String> commands(Documents.Block block) {
        return block.text().replace("\\\n", " ").lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    @Test
    public void everyBlock_saysInWhichLanguageItIs_andEachLanguageIsTried() {
        assertThat(Documents.blocks()).hasSizeGreaterThan(50);
        assertThat(Documents.blocks().stream().filter(block -> !LANGUAGES.contains(block.language()))).isEmpty();
    }

    @Test
    public void java_isWordForWordAClassOfTheTests() throws Exception {
        for (Documents.Block block : Documents.blocks("java", "xml")) {
            assertThat(sources()).as(block.toString()).contains(block.text());
        }
    }

    private static List<String> sources() throws Exception {
        try (Stream<Path> files = Stream.concat(
                Files.walk(Documents.root().resolve("src/test/java/org")), Files.walk(Documents.root().resolve("src/test/resources/org")))) {
            return files.filter(Files::isRegularFile).map(Documents::read).toList();
        }
    }

    @Test
    public void json_isJson() throws Exception {
        for (Documents.Block block : Documents.blocks("json")) {
            assertThat(Json.read(block.text().getBytes(StandardCharsets.UTF_8))).as(block.toString()).isNotEmpty();
        }
    }

    @Test
    public void shell_canBeReadByAShell() throws Exception {
        assumeTrue("needs bash", Files.isExecutable(Path.of("/bin/bash")));
        for (Documents.Block block : Documents.blocks("sh", "bash")) {
            Process bash = new ProcessBuilder("/bin/bash", "-n").redirectErrorStream(true).start();
            bash.getOutputStream().write(block.text().getBytes(StandardCharsets.UTF_8));
            bash.getOutputStream().close();
            assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).as(block.toString()).isEmpty();
            assertThat(bash.waitFor()).as(block.toString()).isZero();
        }
    }

    @Test
    public void addressesOfTheApi_areThere() {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Documents.Block block : Documents.blocks("sh", "bash")) {
            for (String command : commands(block)) {
                String method = command.matches(".*(-X POST|-d |--data).*") ? "POST" : "GET";
                for (Matcher found = ADDRESS.matcher(command); found.find(); seen++) {
                    if (!isKnown(method, found.group(1))) {
                        wrong.add(block + ": " + method + " " + found.group(1));
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(3);
        assertThat(wrong).isEmpty();
    }

    @Test
    public void callsThatTheTextNames_areThere_andApiMdNamesThemAll() {
        List<String> wrong = new ArrayList<>();
        Set<String> named = new TreeSet<>();
        for (Documents.Span span : Documents.spans()) {
            Matcher call = CALL.matcher(span.text());
            if (!call.matches()) {
                continue;
            }
            String route = call.group(1) + " " + route(call.group(2));
            if (!RestApi.operations().contains(route)) {
                wrong.add(span.place() + ": " + span.text());
            } else if (span.place().file().endsWith("docs/api.md")) {
                named.add(route);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(named).isEqualTo(new TreeSet<>(RestApi.operations()));
    }

    @Test
    public void commandsOfOurs_areThere_withTheirOptions() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Documents.Block block : Documents.blocks("sh", "bash")) {
            for (String command : commands(block)) {
                for (Matcher found = Pattern.compile("\\bbin/([a-z-]+)([^|;&>]*)").matcher(command); found.find(); ) {
                    Path script = Documents.root().resolve("bin").resolve(found.group(1));
                    String text = Files.isRegularFile(script) ? Documents.read(script) : "";
                    boolean known = Stream.of(found.group(2).split("\\s+"))
                            .filter(word -> word.startsWith("--"))
                            .allMatch(text::contains);
                    if (text.isEmpty() || !known) {
                        wrong.add(block + ": " + command);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void addressesOfThePreview_areThere() {
        Set<String> known = Set.of("/preview/runs", "/preview/runs/*", "/preview/runs/*/abort", "/preview/clock");
        for (Documents.Block block : Documents.blocks("sh", "bash")) {
            for (Matcher found = PREVIEW.matcher(block.text()); found.find(); ) {
                assertThat(known).as(block.toString()).contains(found.group(1).replaceAll("mlops[^/]*", "*"));
            }
        }
    }

    /** {@code architecture.md} shows the diagrams to which the classes are held. */
    @Test
    public void diagramsOfPackages_haveTheArrowsOfThoseThatTheClassesAreHeldTo() {
        List<Documents.Block> shown = Documents.blocks("mermaid");
        for (String diagram : List.of("architecture.puml", "engine.puml")) {
            Set<String> arrows = arrows(Documents.read(Documents.root().resolve("docs").resolve(diagram)));
            assertThat(arrows).as(diagram).hasSizeGreaterThan(10);
            assertThat(shown.stream().map(block -> arrows(block.text()))).as(diagram).contains(arrows);
        }
    }

    private static Set<String> arrows(String diagram) {
        return Pattern.compile("(?m)^\\s*\\[?(\\w+)]? --> \\[?(\\w+)]?$").matcher(diagram).results()
                .map(found -> found.group(1) + " --> " + found.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
