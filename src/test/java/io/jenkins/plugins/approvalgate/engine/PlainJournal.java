package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the journal's complete lines say, read by nothing of the engine. That no gate is requested twice, and nothing happens
 * to one that ended, is asserted while it is read.
 */
final class PlainJournal {

    /** A line, as it has to stand in the search index; empty texts for what it does not have. */
    record Row(
            long seq, String hash, String type, String gate, String actor, String environment, String job, String outcome) {}

    /** A gate, as it has to stand there. */
    record GateRow(String environment, String job, int build, String outcome, long lastSeq) {}

    private final ObjectMapper json = new ObjectMapper();
    final List<Row> rows = new ArrayList<>();
    final Map<String, GateRow> gates = new TreeMap<>();
    final Map<Integer, String> gateOf = new HashMap<>();
    final Map<String, String> outcomes = new HashMap<>();
    /** How often each gate and words come. */
    private final Map<String, Integer> words = new HashMap<>();

    PlainJournal(Path home) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(home.resolve("journal"))) {
            files = all.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList();
        }
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            String text = Files.readString(file);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
        }
        for (String line : lines) {
            read(json.readTree(line));
        }
    }

    private void read(JsonNode line) {
        String gate = line.path("gate").asText("");
        String type = line.path("type").asText();
        JsonNode data = line.path("data");
        if (type.equals("requested")) {
            assertThat(gateOf.put(data.path("build").asInt(), gate)).as("gates of build " + data.path("build")).isNull();
        }
        if (line.hasNonNull("gate") && !Notes.isNote(type)) {
            take(line, gate, type, data);
        }
        keep(line, gate, type, data);
    }

    private void take(JsonNode line, String gate, String type, JsonNode data) {
        if (!type.equals("released")) {
            assertThat(outcomes).as("line %s after the end of its gate", line.path("seq")).doesNotContainKey(gate);
        }
        if (type.equals("closed")) {
            outcomes.put(gate, data.path("outcome").asText());
        }
        for (String field : List.of("comment", "reason")) {
            if (data.hasNonNull(field)) {
                words.merge("did " + gate + " " + data.path(field).asText(), 1, Integer::sum);
            }
        }
    }

    private void keep(JsonNode line, String gate, String type, JsonNode data) {
        long seq = line.path("seq").asLong();
        GateRow known = gates.getOrDefault(
                gate,
                new GateRow(data.path("environment").asText(""), data.path("job").asText(""), data.path("build").asInt(), "", seq));
        rows.add(new Row(
                seq,
                line.path("hash").asText(),
                type,
                gate,
                line.path("actor").asText(""),
                known.environment,
                known.job,
                type.equals("closed") ? data.path("outcome").asText() : ""));
        if (!gate.isEmpty()) {
            gates.put(gate, new GateRow(known.environment, known.job, known.build, outcomes.getOrDefault(gate, ""), seq));
        }
    }

    /** How often these words of a decision, {@code did GATE WORDS}, come. */
    int times(String decision) {
        return words.getOrDefault(decision, 0);
    }
}
