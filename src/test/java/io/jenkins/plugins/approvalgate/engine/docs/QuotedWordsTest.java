package io.jenkins.plugins.approvalgate.engine.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * What the guides quote as the words of a page, a button or the log (they stand in italics) are words that the product says.
 * A quotation is looked up in pieces, since names, numbers and what stands for more are put in when it is said.
 */
public class QuotedWordsTest {

    private static final List<String> GUIDES =
            List.of("docs/approvers.md", "docs/getting-started.md", "docs/step.md", "docs/troubleshooting.md");

    private static final Pattern QUOTED = Pattern.compile("(?<![*\\w])\\*([^*]+?)\\*(?![*\\w])");

    /** What is put in when something is said, in our examples. */
    private static final Pattern PUT_IN = Pattern.compile(
            "…|[.:;,] |[()\"/]|\\\\[\\[\\]]|\\d+[dhm]?(?![\\w-])|\\b(?:but|by|group|rejected|until)\\b|CVE in a library|200-299|"
                    + "\\b(?:production-deployment|registry-promotion|production|prodution|ml-engineers|ds-lead|qa-team|"
                    + "security-team|product-owner|security-1|feature/x|main)\\b");

    /** Words of Jenkins and of Pipeline, and what is only stressed. */
    private static final Set<String> NOT_OURS = Set.of(
            "Manage Jenkins", "Security", "Plugins", "Advanced settings", "Build Now", "Job/Read", "No such DSL method 'approvalGate'",
            "NOT_BUILT", "mlops", "develop");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    private static final Pattern OF_A_FORM = Pattern.compile("\\$\\{%([^}]*)}");

    private static String said() throws IOException {
        StringBuilder said = new StringBuilder();
        for (Path file : files("src/main", "preview/src/main")) {
            String text = Documents.read(file);
            String name = file.getFileName().toString();
            if (name.endsWith(".java")) {
                LITERAL.matcher(text.replaceAll("\"\\s*\\n\\s*\\+\\s*\"", "")).results()
                        .forEach(found -> said.append(found.group(1).replace("\\\"", "\"")).append('\n'));
            } else if (name.endsWith(".properties") && !name.matches(".*_[a-z]{2}\\.properties")) {
                Properties words = new Properties();
                words.load(new StringReader(text));
                words.values().forEach(word -> said.append(String.valueOf(word).replace("''", "'")).append('\n'));
            } else if (name.endsWith(".jelly")) {
                OF_A_FORM.matcher(text).results().forEach(found -> said.append(found.group(1)).append('\n'));
            } else if (name.endsWith(".html") && file.startsWith(Documents.root().resolve("preview"))) {
                said.append(text).append('\n');
            }
        }
        return said.toString();
    }

    private static List<Path> files(String... folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> below = Files.walk(Documents.root().resolve(folder))) {
                files.addAll(below.filter(Files::isRegularFile).toList());
            }
        }
        return files;
    }

    /** The pieces of a quotation that have to be said as they stand. */
    private static Stream<String> pieces(String quoted) {
        return PUT_IN.splitAsStream(quoted)
                .map(piece -> piece.replaceAll("^[\\s.,:;?]+|[\\s.,:;?]+$", ""))
                .filter(piece -> piece.length() > 2);
    }

    @Test
    public void quotations_areWhatIsSaid() throws IOException {
        String said = said();
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (String guide : GUIDES) {
            String text = String.join("\n", Documents.prose(Documents.root().resolve(guide))).replaceAll("`[^`]*`", "");
            for (String quoted : QUOTED.matcher(text).results().map(found -> found.group(1).replaceAll("\\s+", " ")).toList()) {
                seen++;
                if (!NOT_OURS.contains(quoted)) {
                    pieces(quoted).filter(piece -> !said.contains(piece))
                            .forEach(piece -> wrong.add(guide + ": *" + quoted + "*: nobody says \"" + piece + "\""));
                }
            }
        }
        assertThat(seen).isGreaterThan(80);
        assertThat(wrong).isEmpty();
    }
}
