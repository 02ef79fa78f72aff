package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A thousand gates, and a process that is killed fifty times in the middle of many people's decisions, now and then while it
 * still starts. What it acknowledged is read from the lines of the journal alone, by nothing of the engine.
 */
public class KillTest {

    private static final long SEED = 20_261_126;
    private static final int KILLS = 50;
    private static final int GATES = 1_000;
    /** So many acknowledgements, at most, are waited for. */
    private static final int MOST = 120;

    @Rule
    public final QuietLog quiet = new QuietLog(Journal.class);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Random random = new Random(SEED);
    /** Every line that a process said about something that it had done, with the round in which it did. */
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private int killedAtTheStart;

    @Test
    public void killedFiftyTimes_nothingAcknowledgedIsLost_andNoGateEndsTwice() throws Exception {
        Path home = folder.getRoot().toPath();
        for (int round = 1; round <= KILLS; round++) {
            int builds = GATES * round / KILLS;
            try (OtherProcess process = OtherProcess.start(DecidingProcess.class, home, "r" + round, random.nextLong(), builds)) {
                if (random.nextInt(6) == 0) {
                    // While it opens the journal, cuts off what was torn, or finds its gates again.
                    String first = random.nextBoolean() ? "here" : "open";
                    process.await(said -> said.contains(first));
                    killedAtTheStart++;
                } else {
                    int enough = 1 + random.nextInt(MOST);
                    process.await(said -> said.stream().filter(KillTest::isDecision).count() >= enough);
                }
                for (String line : process.kill()) {
                    assertThat(line).as("seed " + SEED + " round " + round).matches("here|open|gate .*|did .*|[A-Z].*");
                    if (line.startsWith("gate ") || isDecision(line)) {
                        acknowledged.put(line, round);
                    }
                }
            }
            new Reader(home).holdTo(acknowledged);
        }
        assertThat(acknowledged.keySet().stream().filter(KillTest::isDecision).count()).isGreaterThan(KILLS * MOST / 4L);
        assertThat(killedAtTheStart).isPositive();
        afterwards(home);
    }

    private static boolean isDecision(String line) {
        return line.startsWith("did ");
    }

    /** The last start: all thousand gates are there, each once, and what the builds kept is what the journal says. */
    private void afterwards(Path home) throws Exception {
        try (GateKeeper keeper = GateKeeper.open(home, DecidingProcess.host(), Clock.systemUTC())) {
            assertThat(keeper.journal().verify().damages()).isEmpty();
            Reader reader = new Reader(home);
            for (int build = 1; build <= GATES; build++) {
                String id = DecidingProcess.request(keeper, build).id();
                assertThat(reader.gateOf.getOrDefault(build, id)).as("build " + build).isEqualTo(id);
                Gate gate = keeper.find(id).orElseThrow();
                assertThat(gate.closed().map(closed -> closed.outcome().name())).isEqualTo(Optional.ofNullable(reader.outcomes.get(id)));
            }
            assertThat(keeper.open().size() + keeper.ended().size()).isEqualTo(GATES);
            Map<String, String> builds = builds(home);
            assertThat(reader.outcomes).as("what builds kept").containsAllEntriesOf(builds);
            // The ends that the last process was killed over are told to the builds at the next start.
            assertThat(builds.size()).isGreaterThan(reader.outcomes.size() - MOST).isPositive();
        }
    }

    private static Map<String, String> builds(Path home) throws IOException {
        Map<String, String> builds = new HashMap<>();
        try (Stream<Path> files = Files.list(home.resolve("builds"))) {
            for (Path file : files.filter(path -> !path.toString().endsWith(".tmp")).toList()) {
                builds.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return builds;
    }

    /** Knows nothing of the engine: what the journal's complete lines say. */
    private static final class Reader {
        private final ObjectMapper json = new ObjectMapper();
        private final Map<Integer, String> gateOf = new HashMap<>();
        private final Map<String, String> outcomes = new HashMap<>();
        /** How often each gate and words come. */
        private final Map<String, Integer> words = new HashMap<>();

        private Reader(Path home) throws IOException {
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
            String gate = line.path("gate").asText();
            String type = line.path("type").asText();
            JsonNode data = line.path("data");
            if (!line.hasNonNull("gate") || Notes.isNote(type)) {
                return;
            }
            if (type.equals("requested")) {
                assertThat(gateOf.put(data.path("build").asInt(), gate)).as("gates of build " + data.path("build")).isNull();
            }
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

        private void holdTo(Map<String, Integer> acknowledged) {
            acknowledged.forEach((line, round) -> {
                String as = "seed " + SEED + ", acknowledged in round " + round;
                String[] parts = line.split(" ");
                if (isDecision(line)) {
                    // A rejection is written twice: as what a person did, and as why the gate ended.
                    assertThat(words.getOrDefault(line, 0)).as(as + ": " + line).isBetween(1, 2);
                } else {
                    assertThat(gateOf).as(as).containsEntry(Integer.parseInt(parts[1]), parts[2]);
                }
            });
        }
    }
}
