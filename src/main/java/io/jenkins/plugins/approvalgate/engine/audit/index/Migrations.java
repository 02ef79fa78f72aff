package io.jenkins.plugins.approvalgate.engine.audit.index;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Makes the index's tables, and brings older ones up to date. Names its scripts instead of searching the class path, which
 * a plugin's class loader need not let anybody do.
 */
final class Migrations {

    private static final List<String> SCRIPTS = List.of("V1__tables.sql", "V2__indexes.sql");
    /** Beside what others may have in the same schema. */
    private static final String HISTORY = "audit_index";
    /** Without what only searches need. */
    private static final String TABLES = "1";

    private Migrations() {}

    /** Makes all of it. May be called again, also where that was broken off. */
    static void migrate(DataSource database, Map<String, String> placeholders) {
        configure(database, placeholders).load().migrate();
    }

    /**
     * Makes the tables alone.
     *
     * @return whether all the rest is there, too
     */
    static boolean migrateTables(DataSource database, Map<String, String> placeholders) {
        configure(database, placeholders).target(TABLES).load().migrate();
        return configure(database, placeholders).load().info().pending().length == 0;
    }

    /** @param placeholders what the database says differently from others */
    private static FluentConfiguration configure(DataSource database, Map<String, String> placeholders) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .resourceProvider(new Scripts())
                .javaMigrationClassProvider(List::of)
                .placeholders(placeholders);
    }

    private static final class Scripts implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return SCRIPTS.contains(name) ? new Script(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return SCRIPTS.stream()
                    .filter(name -> name.startsWith(prefix) && List.of(suffixes).stream().anyMatch(name::endsWith))
                    .map(name -> (LoadableResource) new Script(name))
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {
        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            return new InputStreamReader(
                    Objects.requireNonNull(Migrations.class.getResourceAsStream(name), name), StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
