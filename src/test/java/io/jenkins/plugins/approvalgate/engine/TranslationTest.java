package io.jenkins.plugins.approvalgate.engine;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** Every word of ours can be translated: German has all of them, and none that nobody says. */
public class TranslationTest {

    private static final Path RESOURCES =
            (Files.exists(Path.of("docs")) ? Path.of("") : Path.of("..")).resolve("src/main/resources");

    /** What a view says by itself: {@code ${%Save}}. With arguments, {@code ${%of(n)}}, the key ends before them. */
    private static final Pattern SAID = Pattern.compile("\\$\\{%([^}(]+)");

    private static final Set<String> NAMES = Set.of("Approval Gate", "Approval gate", "Open Policy Agent");

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)[,}]");
    private static final Pattern TAG = Pattern.compile("<[^>]+>");

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static Path german(Path english) {
        return english.resolveSibling(
                english.getFileName().toString().replaceFirst("(?=\\.(properties|html|jelly)$)", "_de"));
    }

    /** In ASCII with escapes, which all that read properties in Jenkins agree on; its test harness refuses anything else. */
    private static Map<String, String> texts(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(file.toString(), e);
            }
        }
        Map<String, String> texts = new HashMap<>();
        properties.forEach((key, text) -> texts.put((String) key, (String) text));
        return texts;
    }

    /** All files of English words that there are, each with its words; those of a view with what the view says by itself. */
    private static Map<Path, Map<String, String>> english() throws IOException {
        Map<Path, Map<String, String>> all = new HashMap<>();
        for (Path file : files(".properties")) {
            if (!file.getFileName().toString().matches(".*_[a-z]{2}\\.properties")) {
                all.put(file, texts(file));
            }
        }
        for (Path view : files(".jelly")) {
            Set<String> said = SAID.matcher(Files.readString(view))
                    .results()
                    .map(match -> match.group(1))
                    .collect(toCollection(TreeSet::new));
            Path words = Path.of(view.toString().replaceFirst("\\.jelly$", ".properties"));
            if (!said.isEmpty()) {
                Map<String, String> own = all.computeIfAbsent(words, none -> new HashMap<>());
                assertThat(said).as(view + " says all of its words").containsAll(own.keySet());
                said.forEach(key -> own.putIfAbsent(key, key));
            }
        }
        return all;
    }

    @Test
    public void everyText_isInGerman_andNoneIsLeftOver() throws IOException {
        Map<Path, Map<String, String>> english = english();
        assertThat(english.values().stream().mapToInt(Map::size).sum()).isGreaterThan(700);
        english.forEach((file, texts) ->
                assertThat(texts(german(file)).keySet()).as(german(file).toString()).isEqualTo(texts.keySet()));
        List<Path> germans = new ArrayList<>(files("_de.properties"));
        germans.removeAll(english.keySet().stream().map(TranslationTest::german).toList());
        assertThat(germans).as("belong to nothing").isEmpty();
    }

    @Test
    public void everyTranslation_hasItsOwnWords_andTheSamePlaces() throws IOException {
        english().forEach((file, texts) -> texts.forEach((key, english) -> {
            String german = texts(german(file)).getOrDefault(key, "");
            assertThat(faults(english, german)).as(german(file) + ": " + key).isEmpty();
        }));
    }

    /** What is wrong with a translation; nothing if it is sound. */
    private static List<String> faults(String english, String german) {
        List<String> faults = new ArrayList<>();
        if (german.isBlank()) {
            faults.add("says nothing");
        }
        // A word may be the same in both, a sentence is not.
        if (german.equals(english) && english.matches(".*\\p{Alpha}{2,} \\p{Alpha}{2,}.*") && !NAMES.contains(english)) {
            faults.add("is English");
        }
        if (!places(german).equals(places(english))) {
            faults.add("has other places than \"" + english + "\"");
        }
        // In MessageFormat, and so in everything that Stapler and the localizer say, a lone apostrophe takes places their meaning.
        if (german.replace("''", "").contains("'")) {
            faults.add("has an apostrophe that quotes");
        }
        new MessageFormat(german, Locale.GERMAN).format(new Object[] {1, 2, 3, 4});
        return faults;
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(match -> match.group(1)).collect(toCollection(TreeSet::new));
    }

    @Test
    public void faultyTranslations_areFound() {
        assertThat(faults("{0} of {1}", "{0} von {0}")).hasSize(1);
        assertThat(faults("{0} of {1}", "{0} von ''{1}''")).isEmpty();
        assertThat(faults("{0} of {1}", "geht's {0} {1}")).hasSize(1);
        assertThat(faults("Nobody waits", "Nobody waits")).hasSize(1);
        assertThat(faults("Build", "Build")).isEmpty();
        assertThat(faults("Build", " ")).hasSize(1);
    }

    @Test
    public void everyHelp_isInGerman_withTheSameMarkup() throws IOException {
        List<Path> helps = files(".html").stream()
                .filter(path -> path.getFileName().toString().startsWith("help"))
                .toList();
        List<Path> english = helps.stream().filter(path -> !path.toString().endsWith("_de.html")).toList();
        assertThat(english).hasSizeGreaterThan(100);
        assertThat(helps).containsExactlyInAnyOrderElementsOf(
                Stream.concat(english.stream(), english.stream().map(TranslationTest::german)).toList());
        for (Path help : english) {
            assertThat(Files.readString(german(help))).as(german(help).toString()).isNotEqualTo(Files.readString(help));
            assertThat(tags(german(help))).as(german(help).toString()).isEqualTo(tags(help));
        }
    }

    private static List<String> tags(Path help) throws IOException {
        return TAG.matcher(Files.readString(help)).results().map(MatchResult::group).sorted().toList();
    }
}
