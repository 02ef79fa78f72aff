package io.jenkins.plugins.approvalgate.preview;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.rest.PageTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** The pages' scripts and the properties that hold their words know of each other. */
public class TextsTest {

    private static final Path SCRIPTS = Path.of("../src/main/webapp/js");

    /** A key where a text is asked for: {@code t('row.stage', …)}; what is made up at run time begins in a fixed way. */
    private static final Pattern ASKED =
            Pattern.compile("\\b(t|plural|pieces|wordFor|cell)\\(\\s*(?:'([^']*)'|`([^`$]*)\\$\\{)");

    /** A text of a script that could be a key, such as one of several to choose from. */
    private static final Pattern KEY = Pattern.compile("'([a-z]\\w*(?:\\.\\w+)+)'");

    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, String> scripts = new HashMap<>();

    public TextsTest() throws IOException {
        Json.read(PageTexts.in(Locale.ENGLISH).json().getBytes(StandardCharsets.UTF_8))
                .get("texts")
                .properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
                // Comments may mention keys, and have examples.
                scripts.put(file.getFileName().toString(), Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", ""));
            }
        }
    }

    /** The keys, or beginnings of keys, that a script asks for. */
    private Stream<MatchResult> asked() {
        return scripts.values().stream().flatMap(script -> ASKED.matcher(script).results());
    }

    private Set<String> numbers(String key) {
        return beginningWith(key + ".");
    }

    private Set<String> beginningWith(String start) {
        return texts.keySet().stream().filter(key -> key.startsWith(start)).collect(toCollection(TreeSet::new));
    }

    /** What the properties have for one place of a script. */
    private Set<String> found(MatchResult place) {
        if (place.group(2) == null) {
            return beginningWith(place.group(3));
        }
        return place.group(1).equals("plural")
                ? numbers(place.group(2))
                : texts.containsKey(place.group(2)) ? Set.of(place.group(2)) : Set.of();
    }

    @Test
    public void everyTextThatAPageSays_isInTheProperties() {
        assertThat(asked()).as("places that ask for a text").hasSizeGreaterThan(100);
        // One whose key is not known before it runs, as inside of texts.js, has nothing in front.
        assertThat(asked().filter(place -> !"".equals(place.group(3))).filter(place -> found(place).isEmpty()))
                .extracting(MatchResult::group)
                .as("without a text in PageMessages.properties")
                .isEmpty();
    }

    @Test
    public void everyKeyInATable_isInTheProperties() {
        Set<String> rooms = texts.keySet().stream()
                .map(key -> key.substring(0, key.indexOf('.') + 1))
                .collect(toCollection(TreeSet::new));
        Set<String> keys = literals();
        keys.removeIf(key -> rooms.stream().noneMatch(key::startsWith));
        keys.removeIf(key -> texts.containsKey(key) || !numbers(key).isEmpty());
        assertThat(keys).as("without a text in PageMessages.properties").isEmpty();
    }

    private Set<String> literals() {
        return scripts.values().stream()
                .flatMap(script -> KEY.matcher(script).results())
                .map(place -> place.group(1))
                .collect(toCollection(TreeSet::new));
    }

    @Test
    public void everyTextInTheProperties_isSaidByAPage() {
        Set<String> unused = new TreeSet<>(texts.keySet());
        unused.removeAll(literals());
        asked().filter(place -> !"".equals(place.group(3))).forEach(place -> unused.removeAll(found(place)));
        assertThat(unused).as("nobody says them").isEmpty();
    }

    @Test
    public void everyNumber_hasAFormForTheRest() {
        for (String key : texts.keySet()) {
            if (key.matches(".*\\.(zero|one|two|few|many)")) {
                assertThat(texts).containsKey(key.replaceFirst("\\.\\w+$", ".other"));
            }
        }
    }

    @Test
    public void everyText_isOneThatPagesAndJenkinsReadAlike() {
        texts.forEach((key, text) -> {
            assertThat(text).as(key).isNotBlank();
            // A lone apostrophe quotes; a brace that is no place wants more than our pages know of.
            assertThat(text.replace("''", "")).as(key).doesNotContain("'");
            assertThat(text.replaceAll("\\{\\d}", "")).as(key).doesNotContainPattern("[{}]");
            assertThat(new MessageFormat(text, Locale.ENGLISH).format(new Object[] {"0", "1", "2"}))
                    .isEqualTo(text.replace("''", "'").replace("{0}", "0").replace("{1}", "1").replace("{2}", "2"));
        });
    }

    @Test
    public void noPage_saysWordsOfItsOwn() {
        // Sentences and labels: a text of two words or more, or one with a capital letter, that is put between tags.
        Pattern words = Pattern.compile("(?:\\{[^{}]*\\}|\\w\\)), '([A-Z][a-z]+|[A-Za-z]+ [a-z]+[^']*)'");
        scripts.forEach((file, script) -> assertThat(words.matcher(script).results().map(MatchResult::group).toList())
                .as(file)
                .isEqualTo(List.of()));
    }
}
