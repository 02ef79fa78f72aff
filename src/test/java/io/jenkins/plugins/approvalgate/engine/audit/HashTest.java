package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** That anybody can prove the journal without us: with a few lines of their own, or with ordinary tools. */
public class HashTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private JournalOnDisk disk;

    @Before
    public void begin() throws Exception {
        disk = new JournalOnDisk(folder.getRoot().toPath().resolve("journal"));
        disk.with("plain", "quote \" backslash \\ slash / tab \t line \n bell \u0007", "ünïcödé 本番 😀", "€\u2028<html>");
    }

    @Test
    public void hash_isThatOfTheCanonicalFormByOurOwnReckoning() throws Exception {
        String prev = "0".repeat(64);
        for (byte[] line : disk.lines("2026-03.jsonl")) {
            JsonNode node = new ObjectMapper().readTree(line);
            Map<String, Object> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.remove("hash");
            assertThat(sha256(canonical(fields))).isEqualTo(node.get("hash").textValue());
            assertThat(node.get("prev").textValue()).isEqualTo(prev);
            prev = node.get("hash").textValue();
        }
    }

    @Test
    public void line_isItsCanonicalForm() throws Exception {
        for (byte[] line : disk.lines("2026-03.jsonl")) {
            JsonNode node = new ObjectMapper().readTree(line);
            assertThat(new String(line, StandardCharsets.UTF_8)).isEqualTo(canonical(node) + "\n");
        }
    }

    /** RFC 8785, as far as a journal needs it: objects, texts, whole numbers, booleans, null. */
    private static String canonical(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((name, member) -> text.append(text.length() > 1 ? "," : "")
                    .append(quoted((String) name))
                    .append(':')
                    .append(canonical(member)));
            return text.append('}').toString();
        }
        JsonNode node = (JsonNode) value;
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            return canonical(sorted);
        }
        if (node.isArray()) {
            StringBuilder text = new StringBuilder("[");
            node.forEach(item -> text.append(text.length() > 1 ? "," : "").append(canonical(item)));
            return text.append(']').toString();
        }
        return node.isTextual() ? quoted(node.textValue()) : node.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            int shortForm = "\b\t\n\f\r\"\\".indexOf(c);
            if (shortForm >= 0) {
                quoted.append('\\').append("btnfr\"\\".charAt(shortForm));
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code 1.0} has the canonical form of {@code 1}, so its hash fits; but a reader of whole numbers would not take it. */
    @Test
    public void numberThatIsWrittenOtherwise_doesNotHold() throws Exception {
        String line = new String(
                JournalLine.seal(
                                new JournalLine.Draft(
                                        Instant.parse("2026-03-02T09:00:00Z"),
                                        Optional.empty(),
                                        "exported",
                                        Optional.of("alice"),
                                        Json.object().put("count", 1).put("none", 0)),
                                1,
                                JournalLine.NO_HASH)
                        .bytes(),
                StandardCharsets.UTF_8).strip();
        assertThat(holds(line)).isTrue();
        assertThat(holds(line.replace("\"count\":1", "\"count\" : 1"))).isTrue();
        for (String one : List.of("1.0", "1e0", "0.1e1", "10e-1")) {
            assertThat(holds(line.replace("\"count\":1", "\"count\":" + one))).as(one).isFalse();
        }
        assertThat(holds(line.replace("\"none\":0", "\"none\":1e-400"))).isFalse();
    }

    private static boolean holds(String line) throws IOException {
        return Envelope.read(line.getBytes(StandardCharsets.UTF_8)).hashHolds();
    }

    @Test
    public void hash_isProvenByJqAndSha256sum() throws Exception {
        assumeTrue("needs sh, jq and sha256sum", Stream.of("sh", "jq", "sha256sum").allMatch(HashTest::isInstalled));
        Path script = folder.newFile("prove.sh").toPath();
        Files.writeString(
                script,
                """
                prev=%s
                seq=0
                while IFS= read -r line; do
                  seq=$((seq + 1))
                  want=$(printf '%%s' "$line" | jq -r .hash)
                  have=$(printf '%%s' "$line" | jq -cSj 'del(.hash)' | sha256sum | cut -d' ' -f1)
                  test "$want" = "$have" || { echo "line $seq: hash"; exit 1; }
                  test "$(printf '%%s' "$line" | jq -r .prev)" = "$prev" || { echo "line $seq: prev"; exit 1; }
                  test "$(printf '%%s' "$line" | jq -r .seq)" = "$seq" || { echo "line $seq: seq"; exit 1; }
                  prev=$want
                done
                echo "$seq lines hold"
                """
                        .formatted("0".repeat(64)));
        assertThat(prove(script, disk.bytes("2026-03.jsonl"))).isEqualTo("4 lines hold");
        byte[] changed = new String(disk.bytes("2026-03.jsonl"), StandardCharsets.UTF_8)
                .replace("ünï", "uni")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(prove(script, changed)).isEqualTo("line 3: hash");
    }

    private String prove(Path script, byte[] journal) throws Exception {
        Path input = folder.newFile().toPath();
        Files.write(input, journal);
        Process process = new ProcessBuilder("sh", script.toString())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    private static boolean isInstalled(String tool) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
