package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalFeed;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings the index nearer to the journal, a batch of lines at a time, in a thread of its own. Whatever fails, it lets the
 * database go, waits, opens it again, and goes on where the database says that it is.
 */
final class IndexFollower {

    private static final Logger LOGGER = Logger.getLogger(IndexFollower.class.getName());
    private static final int BATCH = 2_000;
    private static final int MANY = 5_000;
    /** Fewer lines are soon written, with all that searches need to be kept up to date. */
    private static final int FEW = 5_000;
    private static final int ANSWERS_IN_SECONDS = 5;
    /** How long it sleeps at most if nobody wakes it; then it sees whether the database is still there. */
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);
    private static final int MOST_DOUBLED = 5;

    /** How long to wait after so many failures: 1, 2, 4, … seconds, half a minute at most. */
    static final IntFunction<Duration> PAUSES =
            failures -> Duration.ofSeconds(Math.min(30, 1L << Math.min(failures - 1, MOST_DOUBLED)));

    private final Path home;
    private final Journal journal;
    private final String controller;
    private final Supplier<AuditSettings> settings;
    private final Logins logins;
    private final Supplier<Instant> now;
    private final IntFunction<Duration> pauses;
    private final Thread thread;
    private final Runnable listener = this::wake;
    private volatile Optional<Database> database = Optional.empty();
    private volatile long seq;
    private volatile Optional<Instant> since = Optional.empty();
    private volatile Optional<String> problem = Optional.empty();
    /** The following four are the thread's own. */
    private Optional<AuditSettings.Database> opened = Optional.empty();
    private Optional<Following> following = Optional.empty();
    private int failures;
    private int uncounted;
    /** The following three are guarded by this. */
    private boolean woken;
    private boolean changed;
    private boolean stopped;

    /** What an open database is brought up to date with. */
    private record Following(JournalFeed feed, IndexWriter writer) {}

    IndexFollower(
            Path home,
            Journal journal,
            String controller,
            Supplier<AuditSettings> settings,
            Logins logins,
            Supplier<Instant> now,
            IntFunction<Duration> pauses) {
        this.home = home;
        this.journal = journal;
        this.controller = controller;
        this.settings = settings;
        this.logins = logins;
        this.now = now;
        this.pauses = pauses;
        thread = new Thread(this::run, "approval-gate index");
        thread.setDaemon(true);
    }

    void start() {
        journal.needed(this, this::passed);
        lags();
        journal.follow(listener);
        thread.start();
    }

    /** Until it can be searched, nothing is to be removed from it: that has to search for what there is. */
    private long passed() {
        return database.filter(Database::isComplete).isPresent() ? seq : 0;
    }

    private void run() {
        while (!isStopped()) {
            try {
                step();
            } catch (IOException | SQLException | RuntimeException | Error failed) {
                // Even out of memory, or a driver that trips over its own assertion, this thread has to go on.
                failed(failed);
            }
        }
        letGo();
    }

    /** Brings it a batch further, or waits until there is more. */
    private void step() throws IOException, SQLException {
        Database open = open();
        if (open.isGone()) {
            throw new IOException("The index's file was taken away.");
        }
        if (!open.isComplete() && following.isPresent() && journal.seq() - seq < FEW) {
            open.complete();
        }
        try (Connection connection = open.connection()) {
            if (following.isEmpty()) {
                following = Optional.of(begin(connection));
                return;
            }
            if (bringNearer(following.get(), connection)) {
                return;
            }
            takeStock(connection);
            // One that was used a moment ago is handed out without a look.
            if (!connection.isValid(ANSWERS_IN_SECONDS)) {
                throw new SQLException("The database does not answer.");
            }
        }
        level();
        idle();
    }

    private Database open() throws IOException {
        Optional<AuditSettings.Database> wanted = settings.get().database();
        if (database.isPresent() && !wanted.equals(opened)) {
            letGo();
        }
        if (database.isEmpty()) {
            lags();
            opened = wanted;
            database = Optional.of(Database.open(home, wanted, logins));
        }
        return database.get();
    }

    /** Finds the place in the journal that the index has; begins at the journal's start where it has another journal's. */
    private Following begin(Connection connection) throws SQLException, IOException {
        Position known = Position.read(connection, controller);
        Optional<JournalFeed> feed = known.clearing() ? Optional.empty() : Beginning.of(journal, known);
        if (feed.isPresent()) {
            seq = known.seq();
            return new Following(feed.get(), new IndexWriter(controller, known));
        }
        LOGGER.warning(() -> "The search index has the lines of another journal up to " + known.seq()
                + "; they are removed, and the index is made anew.");
        lags();
        seq = 0;
        Position start = Beginning.anew(known, connection);
        return new Following(JournalFeed.fromTheStart(journal), new IndexWriter(controller, start));
    }

    /** Whether there was anything to do. */
    private boolean bringNearer(Following with, Connection connection) throws IOException, SQLException {
        List<JournalLine> batch = new ArrayList<>();
        Optional<JournalLine> line = with.feed().next();
        while (line.isPresent()) {
            batch.add(line.get());
            with.feed().passed(line.get());
            line = batch.size() < BATCH ? with.feed().next() : Optional.empty();
        }
        if (batch.isEmpty()) {
            connection.commit();
            return false;
        }
        if (seq + batch.size() < journal.seq()) {
            lags();
        }
        with.writer().write(batch, with.feed().place(), connection);
        seq = with.feed().seq();
        uncounted += batch.size();
        recovered();
        return true;
    }

    /** After many new lines the database counts what it has, so that it finds them the short way. */
    private void takeStock(Connection connection) throws SQLException {
        if (uncounted > MANY) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze");
            }
            connection.commit();
            uncounted = 0;
        }
    }

    private void lags() {
        if (since.isEmpty()) {
            since = Optional.of(now.get());
        }
    }

    private void recovered() {
        if (failures > 0) {
            LOGGER.info("The search index goes on");
        }
        failures = 0;
        problem = Optional.empty();
    }

    private void level() {
        recovered();
        since = Optional.empty();
    }

    /** Says so once, lets the database go, and waits. */
    private void failed(Throwable failure) {
        if (isStopped()) {
            return;
        }
        lags();
        failures++;
        problem = Optional.of(Problems.inWords(failure));
        LOGGER.log(
                failures == 1 ? Level.WARNING : Level.FINE,
                failure,
                () -> "The search index cannot be brought up to date. Decisions go on; it is tried again until it can.");
        letGo();
        rest(pauses.apply(failures));
    }

    private void letGo() {
        following = Optional.empty();
        Optional<Database> open = database;
        database = Optional.empty();
        try {
            open.ifPresent(Database::close);
        } catch (RuntimeException brokenAnyway) {
            LOGGER.log(Level.FINE, "The search index could not be closed", brokenAnyway);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Until there are news or doubts; a minute at most. */
    private synchronized void idle() {
        long end = System.nanoTime() + LOOK.toNanos();
        try {
            for (long left = LOOK.toNanos(); !woken && !stopped && left > 0; left = end - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException nobodyDoes) {
            stopped = true;
        }
        woken = false;
        changed = false;
    }

    /** For {@code pause}, or until the settings change. */
    private synchronized void rest(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toNanos(); !changed && !stopped && left > 0; left = end - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException nobodyDoes) {
            stopped = true;
        }
        changed = false;
    }

    /** There is more in the journal, or the database did not answer somebody: sees soon what there is to do. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    synchronized void settingsChanged() {
        changed = true;
        wake();
    }

    /** @throws IndexUnavailableException if none is open, with the reason */
    Database database() throws IndexUnavailableException {
        Database open = database.orElseThrow(() -> new IndexUnavailableException(
                problem.orElse("The search index is being opened."), null));
        if (!open.isComplete()) {
            throw new IndexUnavailableException(
                    problem.orElse("The search index is being made: it has " + seq + " of " + journal.seq() + " lines."), null);
        }
        return open;
    }

    IndexState state() {
        return new IndexState(seq, journal.seq(), since, problem);
    }

    void close() {
        journal.unfollow(listener);
        journal.needless(this);
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
