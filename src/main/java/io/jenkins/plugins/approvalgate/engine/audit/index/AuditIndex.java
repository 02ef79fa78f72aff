package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The journal in an SQL database, for searching. A copy: it follows the journal with a thread of its own, is made anew where
 * it is missing or another journal's, and waits for a database that is down. Nothing else waits for it.
 * While an embedded database that is made anew lacks many lines it cannot be asked: what searches alone need is made in the
 * end, so that all is there sooner.
 *
 * <p>Thread-safe. What was acknowledged a moment ago may not be found yet: {@link #state} says how far it is.
 */
public final class AuditIndex implements Closeable {

    /** Something to ask the database. */
    @FunctionalInterface
    public interface Question<T> {
        /** @param connection to read from; closed afterwards by whoever gave it */
        T ask(Connection connection) throws SQLException;
    }

    private final IndexFollower follower;

    private AuditIndex(IndexFollower follower) {
        this.follower = follower;
    }

    /**
     * Begins to follow. Returns at once: the database is opened by the thread that follows.
     *
     * @param home of the host: the embedded database is kept in a folder there
     * @param controller tells this controller's rows from others'
     * @param settings what is configured now; read again with {@link #settingsChanged}
     * @param now the time to tell since when something is wrong
     */
    public static AuditIndex start(
            Path home,
            Journal journal,
            String controller,
            Supplier<AuditSettings> settings,
            Logins logins,
            Supplier<Instant> now) {
        return start(new IndexFollower(home, journal, controller, settings, logins, now, IndexFollower.PAUSES));
    }

    static AuditIndex start(IndexFollower follower) {
        follower.start();
        return new AuditIndex(follower);
    }

    /**
     * The lines that fit, newest first: by time, then number, then controller, all descending. What comes meanwhile changes
     * nothing behind a place.
     *
     * @param after where to go on; empty for the newest
     * @param limit how many at most
     * @throws IndexUnavailableException if the database cannot be asked now
     */
    public List<AuditEvent> search(AuditQuery query, Optional<AuditCursor> after, int limit)
            throws IndexUnavailableException {
        return ask(connection -> Search.find(connection, query, after, limit));
    }

    /**
     * Some lines of one controller's journal, by their numbers, in their order; without those that are not there.
     *
     * @throws IndexUnavailableException if the database cannot be asked now
     */
    public List<AuditEvent> lines(String controller, Collection<Long> numbers) throws IndexUnavailableException {
        return numbers.isEmpty() ? List.of() : ask(connection -> Search.lines(connection, controller, numbers));
    }

    /**
     * Asks the tables that the package describes. The rows of all controllers that share the database are there.
     *
     * @throws IndexUnavailableException if the database cannot be asked now
     */
    public <T> T ask(Question<T> question) throws IndexUnavailableException {
        Database database = follower.database();
        try (Connection connection = database.connection()) {
            try {
                return question.ask(connection);
            } finally {
                connection.rollback();
            }
        } catch (SQLException failed) {
            follower.wake();
            throw new IndexUnavailableException(Problems.inWords(failed), failed);
        }
    }

    public IndexState state() {
        return follower.state();
    }

    /** Takes the settings as they are now: another database is opened soon. Returns at once. */
    public void settingsChanged() {
        follower.settingsChanged();
    }

    /** Stops to follow; what was under way is done again at the next start. */
    @Override
    public void close() {
        follower.close();
    }
}
