package io.jenkins.plugins.approvalgate.engine.audit.index;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An open database with our tables in it: the embedded one, or a PostgreSQL. Thread-safe.
 *
 * <p>The drivers are named here, not looked for, since the JDK's {@code DriverManager} does not see into a plugin.
 */
final class Database implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Database.class.getName());
    private static final String FILE = "audit.mv.db";
    private static final String NAME = "approval-gate audit";
    private static final int EMBEDDED_POOL = 4;
    private static final long WAIT_MILLIS = 5_000;
    private static final int CONNECT_SECONDS = 5;
    /** Longer than any of our statements takes; a server that is gone without a word is noticed by then. */
    private static final int READ_SECONDS = 120;

    private final HikariDataSource pool;
    private final Optional<Path> file;
    private final Map<String, String> placeholders;
    private volatile boolean complete;

    private Database(HikariDataSource pool, Optional<Path> file, Map<String, String> placeholders, boolean complete) {
        this.pool = pool;
        this.file = file;
        this.placeholders = placeholders;
        this.complete = complete;
    }

    /** The folder of the embedded database, below a host's home. */
    static Path folder(Path home) {
        return home.resolve("index");
    }

    /**
     * Opens the database that is configured, with its tables made or brought up to date.
     *
     * @throws IOException if it cannot be opened now; the message says why
     */
    static Database open(Path home, Optional<AuditSettings.Database> settings, Logins logins) throws IOException {
        return settings.isPresent() ? shared(settings.get(), logins) : embedded(folder(home));
    }

    /** A file that is spoilt is set aside: it was but a copy. */
    private static Database embedded(Path folder) throws IOException {
        Files.createDirectories(folder);
        try {
            return file(folder);
        } catch (IOException failed) {
            if (!Problems.isSpoilt(failed)) {
                throw failed;
            }
            Path aside = folder.resolve("audit.spoilt");
            LOGGER.log(Level.WARNING, failed, () -> "The search index's file is spoilt; it is kept as " + aside
                    + ", and the index is made anew.");
            Files.move(folder.resolve(FILE), aside, StandardCopyOption.REPLACE_EXISTING);
            return file(folder);
        }
    }

    private static Database file(Path folder) throws IOException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve("audit").toAbsolutePath()
                + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000;TRACE_LEVEL_FILE=0");
        return open(
                source,
                EMBEDDED_POOL,
                Map.of("exact", "", "text", "varchar"),
                Optional.of(folder.resolve(FILE)));
    }

    private static Database shared(AuditSettings.Database settings, Logins logins) throws IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        source.setApplicationName(NAME);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(2 * CONNECT_SECONDS);
        source.setSocketTimeout(READ_SECONDS);
        source.setReWriteBatchedInserts(true);
        if (settings.credentials().isPresent()) {
            Logins.Login login = logins.login(settings.credentials().get());
            source.setUser(login.user());
            source.setPassword(login.password());
        }
        return open(source, settings.poolSize(), Map.of("exact", "collate \"C\"", "text", "text"), Optional.empty());
    }

    private static Database open(DataSource source, int size, Map<String, String> placeholders, Optional<Path> file)
            throws IOException {
        HikariConfig config = new HikariConfig();
        config.setPoolName(NAME);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setAutoCommit(false);
        HikariDataSource pool = null;
        try {
            // By itself, so that the reason is told, and not only that none came in time.
            source.getConnection().close();
            pool = new HikariDataSource(config);
            boolean complete = Migrations.migrateTables(pool, placeholders);
            Database database = new Database(pool, file, placeholders, complete);
            if (file.isEmpty()) {
                // Others may search it already.
                database.complete();
            }
            return database;
        } catch (IOException | SQLException | RuntimeException failed) {
            if (pool != null) {
                pool.close();
            }
            throw new IOException(Problems.inWords(failed), failed);
        }
    }

    /** A connection that commits when told to; to be closed soon. */
    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Whether it can be searched; else lines can be written, and sooner so. */
    boolean isComplete() {
        return complete;
    }

    /**
     * Makes what searches need, if it is not there. Nobody else may have a connection meanwhile.
     *
     * @throws IOException if it cannot be made now; then it may be tried again
     */
    void complete() throws IOException {
        if (complete) {
            return;
        }
        try {
            Migrations.migrate(pool, placeholders);
        } catch (RuntimeException failed) {
            throw new IOException(Problems.inWords(failed), failed);
        }
        complete = true;
    }

    /** Whether somebody took the embedded database's file away. */
    boolean isGone() {
        return file.filter(Files::notExists).isPresent();
    }

    @Override
    public void close() {
        pool.close();
    }
}
