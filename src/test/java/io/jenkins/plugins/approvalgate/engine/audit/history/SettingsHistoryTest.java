package io.jenkins.plugins.approvalgate.engine.audit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.MovableClock;
import io.jenkins.plugins.approvalgate.engine.QuietLog;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.TestKey;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is recorded when, through restarts and crashes. */
public class SettingsHistoryTest {

    @ClassRule
    public static final QuietLog QUIET = new QuietLog(RecordedFile.class);

    private static final Settings NONE = Settings.EMPTY;
    private static final Settings ONE = settings(Given.environment("prod", "any: alice"));
    private static final Settings LONGER = settings(Given.environment("prod", "any: alice", Duration.ofDays(31)));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MovableClock clock = new MovableClock(Given.START);
    private Path home;
    private Journal journal;
    private SettingsHistory history;

    private static Settings settings(Environment... environments) {
        return new Settings(List.of(environments), List.of());
    }

    @Before
    public void open() throws IOException {
        home = folder.getRoot().toPath();
        journal = Journal.open(home.resolve("journal"), new TestKey(), clock, 10, (gate, lines) -> () -> {});
        history = SettingsHistory.open(home, journal, clock);
    }

    @After
    public void close() throws IOException {
        journal.close();
    }

    private void restart() throws IOException {
        close();
        open();
    }

    private Path recorded() {
        return home.resolve("recorded-settings.json");
    }

    /** {@code type actor source change}, a line each. */
    private List<String> lines() throws IOException {
        Path file = home.resolve("journal/2026-03.jsonl");
        return Files.notExists(file)
                ? List.of()
                : Files.readAllLines(file).stream()
                        .map(SettingsHistoryTest::words)
                        .toList();
    }

    private static String words(String line) {
        try {
            var node = Json.read(line.getBytes());
            return String.join(
                    " ",
                    node.get("type").asText(),
                    node.get("actor").asText(),
                    node.at("/data/source").asText(),
                    node.at("/data/change").asText(),
                    node.at("/data/differences/0/path").asText());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    public void record_tellsWhoAndWhatAndNothingTwice() throws Exception {
        history.record(NONE, Optional.empty(), Source.START);
        assertThat(lines()).isEmpty();
        history.record(ONE, Optional.of("gate-admin"), Source.PAGE);
        history.record(ONE, Optional.of("gate-admin"), Source.PAGE);
        history.record(LONGER, Optional.of("bob"), Source.SCRIPT);
        assertThat(lines()).containsExactly(
                "environmentChanged gate-admin page added description", "environmentChanged bob script changed timeout");
        assertThat(journal.verify().ok()).isTrue();
    }

    @Test
    public void start_findsWhatChangedWhileNobodyWasHere() throws Exception {
        history.record(ONE, Optional.of("gate-admin"), Source.PAGE);
        restart();
        history.record(ONE, Optional.empty(), Source.START);
        assertThat(lines()).hasSize(1);
        restart();
        history.record(LONGER, Optional.empty(), Source.START);
        assertThat(lines()).last().isEqualTo("environmentChanged null start changed timeout");
    }

    @Test
    public void order_ofEnvironmentsCounts() throws Exception {
        Environment a = Given.environment("a", "any: alice");
        Environment b = Given.environment("b", "any: alice");
        history.record(settings(a, b), Optional.empty(), Source.START);
        history.record(settings(b, a), Optional.of("bob"), Source.PAGE);
        assertThat(lines()).last().isEqualTo("settingsChanged bob page  environmentOrder");
    }

    @Test
    public void journalClosed_refusesAndCountsNothing() throws Exception {
        history.record(ONE, Optional.empty(), Source.START);
        journal.close();
        assertThatThrownBy(() -> history.record(LONGER, Optional.of("bob"), Source.PAGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        open();
        history.record(ONE, Optional.empty(), Source.START);
        assertThat(lines()).hasSize(1);
    }

    @Test
    public void fileThatCannotBeWritten_refusesBeforeTheJournalHasAnything() throws Exception {
        history.record(ONE, Optional.empty(), Source.START);
        Path inTheWay = home.resolve("recorded-settings.json.tmp");
        Files.createDirectory(inTheWay);
        assertThatThrownBy(() -> history.record(LONGER, Optional.of("bob"), Source.PAGE)).isInstanceOf(IOException.class);
        assertThat(lines()).hasSize(1);
        Files.delete(inTheWay);
        history.record(LONGER, Optional.of("bob"), Source.PAGE);
        assertThat(lines()).hasSize(2);
    }

    @Test
    public void crashBeforeTheJournal_leavesWhatWas() throws Exception {
        history.record(ONE, Optional.empty(), Source.START);
        close();
        byte[] lines = Files.readAllBytes(home.resolve("journal/2026-03.jsonl"));
        open();
        intend(LONGER);
        // The line is lost with the power, as if it had never been forced.
        close();
        Files.write(home.resolve("journal/2026-03.jsonl"), lines);
        open();
        history.record(ONE, Optional.empty(), Source.START);
        assertThat(lines()).hasSize(1);
    }

    @Test
    public void crashAfterTheJournal_goesOnFromWhatIsRecorded() throws Exception {
        history.record(ONE, Optional.empty(), Source.START);
        intend(LONGER);
        restart();
        // It was recorded, but not saved any more: that it is as before is a change.
        history.record(ONE, Optional.empty(), Source.START);
        assertThat(lines()).hasSize(3).last().isEqualTo("environmentChanged null start changed timeout");
        restart();
        history.record(ONE, Optional.empty(), Source.START);
        assertThat(lines()).hasSize(3);
    }

    /** Records it, and leaves the file as it was before the journal had the line. */
    private void intend(Settings settings) throws Exception {
        byte[] before = Files.readAllBytes(recorded());
        history.record(settings, Optional.of("bob"), Source.PAGE);
        var after = Json.read(Files.readAllBytes(recorded()));
        List<String> file = Files.readAllLines(home.resolve("journal/2026-03.jsonl"));
        var line = Json.read(file.get(file.size() - 1).getBytes());
        var crashed = (ObjectNode) Json.read(before);
        crashed.putObject("intended")
                .put("id", line.at("/data/changeId").asText())
                .put("type", line.get("type").asText())
                .set("description", after.get("recorded"));
        Files.write(recorded(), Json.write(crashed));
    }

    @Test
    public void damagedFile_recordsEverythingAnew() throws Exception {
        history.record(ONE, Optional.empty(), Source.START);
        Files.writeString(recorded(), "{");
        restart();
        history.record(ONE, Optional.empty(), Source.START);
        assertThat(lines()).last().isEqualTo("environmentChanged null start added description");
    }
}
