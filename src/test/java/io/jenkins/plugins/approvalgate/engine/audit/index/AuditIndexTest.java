package io.jenkins.plugins.approvalgate.engine.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.QuietLog;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** The index follows the journal, whatever is done to it; the same with every database. */
@RunWith(Parameterized.class)
public class AuditIndexTest {

    @ClassRule
    public static final Databases DATABASES = new Databases();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final QuietLog quiet = new QuietLog(IndexFollower.class);

    private final Databases.Kind kind;
    private AuditSettings settings;
    private IndexedJournal disk;

    public AuditIndexTest(Databases.Kind kind) {
        this.kind = kind;
    }

    @Parameters(name = "{0}")
    public static List<Object[]> kinds() {
        return Databases.parameters();
    }

    @Before
    public void open() throws Exception {
        settings = DATABASES.fresh(kind);
        disk = new IndexedJournal(folder.getRoot().toPath().resolve("home"), "one", settings);
    }

    @After
    public void close() throws Exception {
        disk.close();
    }

    @Test
    public void whatIsWritten_isFound_withEverythingThatTheLineSays() throws Exception {
        List<JournalLine> written = disk.journal.append(List.of(
                new JournalLine.Draft(
                        disk.clock.instant(),
                        Optional.empty(),
                        "settingsChanged",
                        Optional.of("Alice"),
                        Json.object().put("environment", "production").put("reason", "Two of them \u0000 from now on")),
                disk.said("")));
        disk.awaitLevel();

        List<AuditEvent> found = disk.index.search(AuditQuery.ALL, Optional.empty(), 10);

        assertThat(found).hasSize(2);
        assertThat(found.get(0).seq()).isEqualTo(2);
        assertThat(found.get(1))
                .isEqualTo(new AuditEvent(
                        "one",
                        1,
                        disk.clock.instant(),
                        Optional.empty(),
                        "settingsChanged",
                        Optional.of("Alice"),
                        Optional.of("production"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "Two of them \uFFFD from now on",
                        "{\"environment\":\"production\",\"reason\":\"Two of them \\u0000 from now on\"}",
                        written.get(0).hash()));
    }

    @Test
    public void restart_goesOn_withEachLineOnce() throws Exception {
        disk.say("1", "2", "3");
        disk.awaitLevel();
        disk.index.close();
        disk.say("4");
        disk.openIndex();
        disk.awaitLevel();
        disk.close();
        disk.open();
        disk.say("5");
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    public void manyLines_areFollowedInOrder_whileTheyComeAndItIsRestarted() throws Exception {
        for (int round = 0; round < 5; round++) {
            for (int command = 0; command < 8; command++) {
                int first = round * 1_600 + command * 200;
                disk.journal.append(IntStream.range(first, first + 200).mapToObj(i -> disk.said("" + i)).toList());
            }
            disk.index.close();
            disk.openIndex();
        }
        disk.awaitLevel();

        assertThat(disk.comments()).isEqualTo(IntStream.range(0, 8_000).mapToObj(Integer::toString).toList());
    }

    @Test
    public void journalOfAnother_isNoticed_andTheIndexMadeAnew() throws Exception {
        disk.say("theirs 1", "theirs 2", "theirs 3");
        disk.awaitLevel();
        disk.close();
        try (Stream<Path> files = Files.list(disk.home.resolve("journal"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        disk.openJournal();
        disk.say("ours 1", "ours 2", "ours 3", "ours 4");
        disk.openIndex();
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("ours 1", "ours 2", "ours 3", "ours 4");
        assertThat(disk.rows("select count(*) from audit_word")).isEqualTo(8);
    }

    @Test
    public void journalFromABackup_isNoticed_andTheIndexMadeAnew() throws Exception {
        disk.say("1", "2");
        Path file = disk.home.resolve("journal").resolve("2026-03.jsonl");
        byte[] backup = Files.readAllBytes(file);
        disk.say("3", "4");
        disk.awaitLevel();
        disk.close();
        Files.write(file, backup);
        disk.open();
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "2");
    }

    @Test
    public void removalBrokenOff_isFinished() throws Exception {
        disk.say("1", "2", "3");
        disk.awaitLevel();
        disk.index.close();
        change("update audit_position set clearing = true", "delete from audit_event where seq = 2");
        disk.openIndex();
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "2", "3");
    }

    @Test
    public void journalWhoseFilesMoved_isTheSame() throws Exception {
        disk.say("1", "2");
        disk.awaitLevel();
        disk.index.close();
        change("update audit_position set place = '2 ' || hash || ' 2025-11.jsonl 7'", "update audit_event set comment = 'kept'");
        disk.say("3");
        disk.openIndex();
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("kept", "kept", "3");
    }

    @Test
    public void secondWriterWithTheSameId_isNoticed_andNothingIsDoubled() throws Exception {
        disk.say("1", "2");
        disk.awaitLevel();
        change("update audit_position set seq = 7");
        disk.say("3");
        await().until(() -> disk.index.state().problem().isPresent() || disk.comments().equals(List.of("1", "2", "3")));
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "2", "3");
    }

    @Test
    public void monthsThatWereRemoved_goFromTheIndexToo() throws Exception {
        disk.say("1", "2", "3");
        disk.awaitLevel();
        disk.journal.append(List.of(new JournalLine.Draft(
                disk.clock.instant(), Optional.empty(), "pruned", Optional.empty(), Json.object().put("seq", 2))));
        disk.say("5");
        disk.awaitLevel();

        assertThat(disk.all(AuditQuery.ALL, 10)).extracting(AuditEvent::seq).containsExactly(5L, 4L, 3L);
        assertThat(disk.rows("select count(*) from audit_word")).isEqualTo(2);
    }

    @Test
    public void settingsChanged_anotherDatabaseIsOpened() throws Exception {
        disk.say("1", "2");
        disk.awaitLevel();
        disk.settings = kind == Databases.Kind.EMBEDDED ? Databases.in(nowhere()) : AuditSettings.USUAL;
        disk.index.settingsChanged();
        if (kind == Databases.Kind.EMBEDDED) {
            await().until(() -> disk.index.state().problem().isPresent());
            disk.say("3");
            assertThat(disk.index.state().since()).contains(disk.clock.instant());
            disk.settings = AuditSettings.USUAL;
            disk.index.settingsChanged();
        }
        await().untilAsserted(() -> assertThat(Files.exists(disk.home.resolve("index").resolve("audit.mv.db"))).isTrue());
        disk.awaitLevel();
        assertThat(disk.comments()).startsWith("1", "2");
    }

    /** Where nobody listens. */
    private static AuditSettings.Database nowhere() {
        return new AuditSettings.Database("jdbc:postgresql://127.0.0.1:1/audit", Optional.of("audit-db"), 2);
    }

    @Test
    public void behind_saysSinceWhen_untilItIsLevelAgain() throws Exception {
        disk.say("1");
        disk.awaitLevel();
        disk.index.close();
        Instant down = disk.clock.instant();
        disk.settings = Databases.in(nowhere());
        disk.openIndex();
        await().until(() -> disk.index.state().problem().isPresent());
        disk.clock.advance(Duration.ofHours(3));
        disk.say("2", "3");

        IndexState state = disk.index.state();

        assertThat(state.since()).contains(down);
        assertThat(state.journalSeq()).isEqualTo(3);
        assertThat(state.problem().orElseThrow()).contains("127.0.0.1:1").doesNotContain(PostgresServer.PASSWORD);
        disk.settings = settings;
        disk.index.settingsChanged();
        disk.awaitLevel();
        assertThat(disk.comments()).containsExactly("1", "2", "3");
    }

    private void change(String... sql) throws Exception {
        try (Database database = Database.open(
                        disk.home, disk.settings.database(), id -> new Logins.Login("owner", PostgresServer.PASSWORD));
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
            connection.commit();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
