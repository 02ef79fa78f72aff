package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexState;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexUnavailableException;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A thousand gates, and a process that is killed fifty times in the middle of many people's decisions, now and then while it
 * still starts; half of the other times while the search index follows. What it acknowledged is read from the lines of the
 * journal alone, by nothing of the engine, and the index is compared with them in the end.
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
    private int killedWithIndex;

    @Test
    public void killedFiftyTimes_nothingAcknowledgedIsLost_andNoGateEndsTwice() throws Exception {
        ClassArchive classes = ClassArchive.make(
                folder.newFolder("classes").toPath(), DecidingProcess.class, KillTest::hasIndex, "r0", SEED, 1);
        Path home = folder.newFolder("home").toPath();
        for (int round = 1; round <= KILLS; round++) {
            int builds = GATES * round / KILLS;
            try (OtherProcess process = OtherProcess.start(
                    classes.options(), DecidingProcess.class, home, "r" + round, random.nextLong(), builds)) {
                if (random.nextInt(6) == 0) {
                    // While it opens the journal, cuts off what was torn, or finds its gates again.
                    String first = random.nextBoolean() ? "here" : "open";
                    process.await(said -> said.contains(first));
                    killedAtTheStart++;
                } else {
                    // Before the index is there, or while it follows.
                    int enough = 1 + random.nextInt(MOST);
                    boolean followed = random.nextBoolean();
                    process.await(said -> said.stream().filter(KillTest::isDecision).count() >= enough
                            && (!followed || hasIndex(said)));
                }
                List<String> said = process.kill();
                for (String line : said) {
                    if (line.startsWith("gate ") || isDecision(line)) {
                        acknowledged.put(line, round);
                    }
                }
                killedWithIndex += hasIndex(said) ? 1 : 0;
            }
            hold(new PlainJournal(home));
        }
        assertThat(acknowledged.keySet().stream().filter(KillTest::isDecision).count()).isGreaterThan(KILLS * MOST / 4L);
        assertThat(killedAtTheStart).isPositive();
        assertThat(killedWithIndex).isBetween(KILLS / 4, KILLS - 1);
        afterwards(home);
    }

    private static boolean isDecision(String line) {
        return line.startsWith("did ");
    }

    private static boolean hasIndex(List<String> said) {
        return said.stream().anyMatch(line -> line.startsWith("indexed "));
    }

    /** The last start: all thousand gates are there, each once, and what the builds and the index kept is what the journal says. */
    private void afterwards(Path home) throws Exception {
        FakeHost host = DecidingProcess.host();
        try (GateKeeper keeper = GateKeeper.open(home, host, Clock.systemUTC());
                AuditIndex index = SearchIndex.start(home, keeper, host)) {
            assertThat(keeper.journal().verify().damages()).isEmpty();
            PlainJournal journal = new PlainJournal(home);
            for (int build = 1; build <= GATES; build++) {
                String id = DecidingProcess.request(keeper, build).id();
                assertThat(journal.gateOf.getOrDefault(build, id)).as("build " + build).isEqualTo(id);
                Gate gate = keeper.find(id).orElseThrow();
                assertThat(gate.closed().map(closed -> closed.outcome().name())).isEqualTo(Optional.ofNullable(journal.outcomes.get(id)));
            }
            assertThat(keeper.open().size() + keeper.ended().size()).isEqualTo(GATES);
            Map<String, String> builds = builds(home);
            assertThat(journal.outcomes).as("what builds kept").containsAllEntriesOf(builds);
            // The ends that the last process was killed over are told to the builds at the next start.
            assertThat(builds.size()).isGreaterThan(journal.outcomes.size() - MOST).isPositive();
            compare(index, new PlainJournal(home));
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

    /** What everybody was told is there. */
    private void hold(PlainJournal journal) {
        acknowledged.forEach((line, round) -> {
            String as = "seed " + SEED + ", acknowledged in round " + round;
            String[] parts = line.split(" ");
            if (isDecision(line)) {
                // A rejection is written twice: as what a person did, and as why the gate ended.
                assertThat(journal.times(line)).as(as + ": " + line).isBetween(1, 2);
            } else {
                assertThat(journal.gateOf).as(as).containsEntry(Integer.parseInt(parts[1]), parts[2]);
            }
        });
    }

    /** Row by row; also where a kill spoilt the index's file, and it was made anew. */
    private static void compare(AuditIndex index, PlainJournal journal) throws IndexUnavailableException {
        IndexState level = new IndexState(journal.rows.size(), journal.rows.size(), Optional.empty(), Optional.empty());
        await().atMost(2, TimeUnit.MINUTES).untilAsserted(() -> assertThat(index.state()).isEqualTo(level));
        List<PlainJournal.Row> rows = new ArrayList<>();
        Map<String, PlainJournal.GateRow> gates = new TreeMap<>();
        index.ask(connection -> {
            try (Statement statement = connection.createStatement()) {
                ResultSet row = statement.executeQuery("select * from audit_event order by seq");
                while (row.next()) {
                    rows.add(new PlainJournal.Row(
                            row.getLong("seq"),
                            row.getString("hash"),
                            row.getString("type"),
                            text(row, "gate"),
                            text(row, "actor"),
                            text(row, "environment"),
                            text(row, "job"),
                            text(row, "outcome")));
                }
                row = statement.executeQuery("select * from audit_gate");
                while (row.next()) {
                    gates.put(
                            row.getString("gate"),
                            new PlainJournal.GateRow(
                                    row.getString("environment"),
                                    row.getString("job"),
                                    row.getInt("build"),
                                    text(row, "outcome"),
                                    row.getLong("last_seq")));
                }
            }
            return rows.size();
        });
        assertThat(rows).isEqualTo(journal.rows);
        assertThat(gates).hasSize(GATES).isEqualTo(journal.gates);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.toString(row.getString(column), "");
    }
}
