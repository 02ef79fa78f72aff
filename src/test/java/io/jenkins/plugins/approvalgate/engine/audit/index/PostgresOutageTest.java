package io.jenkins.plugins.approvalgate.engine.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.approvalgate.engine.QuietLog;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What only a database of its own can do: go down in the middle of a write, and be shared by several controllers. */
public class PostgresOutageTest {

    @ClassRule
    public static final Databases DATABASES = new Databases();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final QuietLog quiet = new QuietLog(IndexFollower.class);

    private AuditSettings settings;
    private IndexedJournal one;
    private IndexedJournal two;

    @Before
    public void open() throws Exception {
        assumeTrue("there is no PostgreSQL here", Databases.kinds().contains(Databases.Kind.POSTGRESQL));
        settings = DATABASES.fresh(Databases.Kind.POSTGRESQL);
        one = new IndexedJournal(folder.getRoot().toPath().resolve("one"), "one", settings);
        two = new IndexedJournal(folder.getRoot().toPath().resolve("two"), "two", settings);
    }

    @After
    public void close() throws Exception {
        if (one != null) {
            one.close();
            two.close();
        }
    }

    @Test
    public void stoppedAndStartedInMidWrite_nothingIsLostOrDoubled_andDecisionsGoOn() throws Exception {
        PostgresServer server = DATABASES.postgres();
        AtomicInteger written = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                while (!enough.get()) {
                    int first = written.get();
                    one.journal.append(IntStream.range(first, first + 50).mapToObj(i -> one.said("c" + i)).toList());
                    written.addAndGet(50);
                }
                return null;
            });
            for (int outage = 0; outage < 4; outage++) {
                long reached = one.index.state().seq();
                await().atMost(60, TimeUnit.SECONDS).until(() -> one.index.state().seq() > reached + 500);
                Instant down = one.clock.instant();
                server.stop();
                int before = written.get();
                await().atMost(60, TimeUnit.SECONDS).until(() -> one.index.state().problem().isPresent());
                await().atMost(60, TimeUnit.SECONDS).until(() -> written.get() > before);
                IndexState state = one.index.state();
                assertThat(state.since().orElseThrow()).isBeforeOrEqualTo(down);
                assertThat(state.behind()).isPositive();
                assertThatExceptionOfType(IndexUnavailableException.class)
                        .isThrownBy(() -> one.index.search(
                                AuditQuery.ALL, Optional.empty(), 1));
                one.clock.advance(Duration.ofMinutes(10));
                server.begin();
            }
            enough.set(true);
            writing.get(60, TimeUnit.SECONDS);
        } finally {
            writer.shutdownNow();
        }
        one.awaitLevel();

        assertThat(one.comments()).isEqualTo(IntStream.range(0, written.get()).mapToObj(i -> "c" + i).toList());
        assertThat(one.rows("select count(*) from audit_event")).isEqualTo(written.get());
        assertThat(one.rows("select count(*) from audit_word")).isEqualTo(written.get());
    }

    @Test
    public void downWithNothingToDo_isNoticedByTheFirstWhoAsks() throws Exception {
        PostgresServer server = DATABASES.postgres();
        one.say("1");
        one.awaitLevel();
        server.stop();
        try {
            assertThatExceptionOfType(IndexUnavailableException.class).isThrownBy(() -> one.comments());
            await().atMost(60, TimeUnit.SECONDS).until(() -> one.index.state().problem().isPresent());
        } finally {
            server.begin();
        }
        one.awaitLevel();

        assertThat(one.comments()).containsExactly("1");
    }

    @Test
    public void controllers_areFoundTogether_andLeaveEachOtherAlone() throws Exception {
        for (int i = 0; i < 20; i++) {
            one.say("one " + i);
            two.say("two " + i);
            one.clock.advance(Duration.ofSeconds(2));
            two.clock.advance(Duration.ofSeconds(1));
        }
        one.awaitLevel();
        two.awaitLevel();
        List<AuditEvent> both = one.all(AuditQuery.ALL, 7);
        assertThat(both).hasSize(40).isEqualTo(two.all(AuditQuery.ALL, 3));
        assertThat(both).isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()));

        // One of them loses its journal: the other's lines stay.
        one.close();
        Files.delete(one.home.resolve("journal").resolve("2026-03.jsonl"));
        one.open();
        one.say("one again");
        one.awaitLevel();
        assertThat(two.comments()).contains("one again", "two 0", "two 19").hasSize(21);
        assertThat(one.rows("select count(*) from audit_position")).isEqualTo(2);
        two.say("two more");
        two.awaitLevel();
        assertThat(one.rows("select count(*) from audit_event where controller = 'two'")).isEqualTo(21);
    }
}
