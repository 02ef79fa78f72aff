package io.jenkins.plugins.approvalgate.engine.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.QuietLog;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The file of the embedded database is a copy: whatever becomes of it, it is there again, and decisions go on. */
public class EmbeddedIndexTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final QuietLog quiet = new QuietLog(IndexFollower.class);

    @Rule
    public final QuietLog quietDatabase = new QuietLog(Database.class);

    private IndexedJournal disk;
    private Path index;

    @Before
    public void someLines() throws Exception {
        disk = new IndexedJournal(folder.getRoot().toPath(), "one", AuditSettings.USUAL);
        index = disk.home.resolve("index");
        disk.say("1", "2", "3");
        disk.awaitLevel();
    }

    @After
    public void close() throws IOException {
        disk.close();
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void awaitProblem(String words) {
        await().until(() -> disk.index.state().problem().filter(problem -> problem.contains(words)).isPresent());
    }

    @Test
    public void deletedWhileDown_isMadeAnew() throws Exception {
        disk.index.close();
        delete();
        disk.openIndex();
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "2", "3");
    }

    @Test
    public void deletedWhileInUse_isMadeAnew_whileLinesCome() throws Exception {
        delete();
        disk.say("4");
        await().until(() -> Files.exists(index.resolve("audit.mv.db")));
        disk.awaitLevel();
        disk.say("5");
        disk.awaitLevel();
        disk.index.close();
        disk.openIndex();
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    public void spoilt_isSetAside_andMadeAnew() throws Exception {
        disk.index.close();
        byte[] spoilt = "no database at all".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        Files.write(index.resolve("audit.mv.db"), spoilt);
        disk.openIndex();
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "2", "3");
        assertThat(Files.readAllBytes(index.resolve("audit.spoilt"))).isEqualTo(spoilt);
    }

    /** H2 commits each table by itself; a process that was killed among them left some. */
    @Test
    public void tablesHalfMade_areMadeAnew_whereverItStopped() throws Exception {
        List<String> statements = statements();
        for (int made = 1; made <= statements.size(); made++) {
            disk.index.close();
            delete();
            try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + index.resolve("audit"));
                    Statement statement = connection.createStatement()) {
                for (String one : statements.subList(0, made)) {
                    statement.execute(one);
                }
            }
            disk.openIndex();
            disk.awaitLevel();

            assertThat(disk.comments()).as("after " + made + " statements").containsExactly("1", "2", "3");
        }
    }

    /** So is an index; and only what is not there yet is made. */
    @Test
    public void indexesHalfMade_areMadeToTheirEnd() throws Exception {
        disk.index.close();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + index.resolve("audit"));
                Statement statement = connection.createStatement()) {
            statement.execute("delete from \"audit_index\" where \"version\" = '2'");
            statement.execute("drop index audit_word_word");
            statement.execute("drop index audit_event_job");
            statement.execute("update audit_event set comment = 'kept' where seq = 2");
        }
        disk.openIndex();
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "kept", "3");
        assertThat(disk.rows("select count(distinct index_name) from information_schema.indexes"
                        + " where index_name in ('AUDIT_WORD_WORD', 'AUDIT_EVENT_JOB')"))
                .isEqualTo(2);
    }

    private static List<String> statements() throws IOException {
        return Stream.concat(statements("V1__tables.sql").stream(), statements("V2__indexes.sql").stream()).toList();
    }

    private static List<String> statements(String name) throws IOException {
        try (InputStream script = Database.class.getResourceAsStream(name)) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^--.*$", "")
                    .replace("${exact}", "")
                    .replace("${text}", "varchar");
            return Stream.of(text.split(";")).map(String::strip).filter(one -> !one.isEmpty()).toList();
        }
    }

    @Test
    public void inUseByAnother_isWaitedFor() throws Exception {
        disk.index.close();
        try (FileChannel other = FileChannel.open(index.resolve("audit.mv.db"), StandardOpenOption.WRITE)) {
            other.lock();
            disk.openIndex();
            awaitProblem("in use by another process");
            disk.say("4");
            assertThat(disk.index.state().behind()).isPositive();
        }
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "2", "3", "4");
    }

    @Test
    public void folderThatCannotBeMade_isTriedAgain() throws Exception {
        disk.index.close();
        delete();
        Files.delete(index);
        Files.writeString(index, "in the way");
        disk.openIndex();
        awaitProblem("index");
        disk.say("4");
        Files.delete(index);
        disk.awaitLevel();

        assertThat(disk.comments()).containsExactly("1", "2", "3", "4");
    }
}
