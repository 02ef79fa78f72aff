package io.jenkins.plugins.approvalgate.engine.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.MovableClock;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.TestKey;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A home with a journal and its index, that can be closed and opened again. */
final class IndexedJournal implements AutoCloseable {

    final Path home;
    final MovableClock clock = new MovableClock(Given.START);
    final String controller;
    volatile AuditSettings settings;
    Journal journal;
    AuditIndex index;

    IndexedJournal(Path home, String controller, AuditSettings settings) throws IOException {
        this.home = home;
        this.controller = controller;
        this.settings = settings;
        open();
    }

    void open() throws IOException {
        openJournal();
        openIndex();
    }

    void openJournal() throws IOException {
        journal = Journal.open(home.resolve("journal"), new TestKey(), clock, 1_000, (gate, lines) -> () -> {});
    }

    /** The index alone; it tries again at once where it would wait. */
    void openIndex() {
        index = AuditIndex.start(new IndexFollower(
                home,
                journal,
                controller,
                () -> settings,
                id -> {
                    assertThat(id).isEqualTo("audit-db");
                    return new Logins.Login("owner", PostgresServer.PASSWORD);
                },
                clock::instant,
                failures -> Duration.ofMillis(20)));
    }

    @Override
    public void close() throws IOException {
        index.close();
        journal.close();
    }

    /** A line with a comment, and no gate. */
    JournalLine.Draft said(String comment) {
        return new JournalLine.Draft(
                clock.instant(), Optional.empty(), "noted", Optional.of("alice"), Json.object().put("comment", comment));
    }

    void say(String... comments) throws Exception {
        journal.append(Arrays.stream(comments).map(this::said).toList());
    }

    void awaitLevel() {
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(index.state())
                        .isEqualTo(new IndexState(journal.seq(), journal.seq(), Optional.empty(), Optional.empty())));
    }

    /** Everything that fits, page by page. */
    List<AuditEvent> all(AuditQuery query, int page) throws IndexUnavailableException {
        List<AuditEvent> all = new ArrayList<>();
        Optional<AuditCursor> after = Optional.empty();
        while (true) {
            List<AuditEvent> found = index.search(query, after, page);
            all.addAll(found);
            if (found.size() < page) {
                return all;
            }
            after = AuditCursor.of(found.get(page - 1).place().text());
            assertThat(after).isPresent();
        }
    }

    /** What was said, first to last. */
    List<String> comments() throws IndexUnavailableException {
        List<String> comments = new ArrayList<>();
        all(AuditQuery.ALL, 100).forEach(event -> comments.add(0, event.comment()));
        return comments;
    }

    /** The number that a query gives. */
    int rows(String sql) throws IndexUnavailableException {
        return index.ask(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getInt(1);
            }
        });
    }
}
