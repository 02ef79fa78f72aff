package io.jenkins.plugins.approvalgate.engine.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.rules.ExternalResource;

/** The databases that tests are done with: the embedded one, and a real PostgreSQL where one is installed. */
public final class Databases extends ExternalResource {

    /** Which one. */
    public enum Kind {
        EMBEDDED,
        POSTGRESQL
    }

    private final AtomicInteger made = new AtomicInteger();
    private Optional<PostgresServer> postgres = Optional.empty();

    /** The kinds that can be had here. Where a build server has no PostgreSQL, that is a failure. */
    static List<Kind> kinds() {
        if (PostgresServer.installed().isPresent()) {
            return List.of(Kind.values());
        }
        assertThat(System.getenv("CI")).as("a build server has to have PostgreSQL: see .ci/run").isNotEqualTo("true");
        System.err.println("WARNING: no PostgreSQL is installed, so the search index is tested with the embedded database alone");
        return List.of(Kind.EMBEDDED);
    }

    /** As {@link #kinds}, for a parameterised test. */
    public static List<Object[]> parameters() {
        List<Object[]> parameters = new ArrayList<>();
        kinds().forEach(kind -> parameters.add(new Object[] {kind}));
        return parameters;
    }

    /** The server; started if need be. */
    PostgresServer postgres() throws Exception {
        if (postgres.isEmpty()) {
            Path bin = PostgresServer.installed().orElseThrow();
            postgres = Optional.of(PostgresServer.start(bin));
        }
        return postgres.get();
    }

    /** The settings for a database of that kind with nothing in it. */
    public AuditSettings fresh(Kind kind) throws Exception {
        return kind == Kind.EMBEDDED
                ? AuditSettings.USUAL
                : in(postgres().database("audit" + made.incrementAndGet()));
    }

    static AuditSettings in(AuditSettings.Database database) {
        return new AuditSettings(Optional.of(database), Optional.empty(), Optional.empty(), AuditSettings.FindingRules.USUAL);
    }

    /** Whom {@link #fresh} lets in. */
    public static Logins.Login login(String credentials) {
        return new Logins.Login("owner", PostgresServer.PASSWORD);
    }

    @Override
    protected void after() {
        postgres.ifPresent(server -> {
            try {
                server.end();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }
}
