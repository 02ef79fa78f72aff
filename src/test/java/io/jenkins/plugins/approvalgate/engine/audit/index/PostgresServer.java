package io.jenkins.plugins.approvalgate.engine.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL of Debian's package, on the loopback address, with its data in a folder of its own. It refuses to run as
 * root; then it runs as the user that the package made.
 */
final class PostgresServer {

    static final String PASSWORD = "index-test";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path bin;
    private final Path folder;
    private final int port;

    private PostgresServer(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /** The newest server that is installed. */
    static Optional<Path> installed() {
        if (Files.notExists(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(bin ->
                            Integer.parseInt(bin.getParent().getFileName().toString())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static PostgresServer start(Path bin) throws Exception {
        Path folder = Files.createTempDirectory("approval-gate-postgresql");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PostgresServer server = new PostgresServer(bin, folder, port);
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD);
        if (isRoot()) {
            run(List.of("chown", "-R", "postgres", folder.toString()));
        } else {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        server.asServer(
                bin.resolve("initdb").toString(), "-D", server.data(), "-U", "owner", "-A", "scram-sha-256",
                "--pwfile=" + password, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        server.begin();
        return server;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    void begin() throws Exception {
        asServer(
                bin.resolve("pg_ctl").toString(), "-D", data(), "-w", "-t", "60", "-l", folder.resolve("log").toString(), "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder + " -c fsync=off",
                "start");
    }

    /** Breaks off all connections, in the middle of whatever they do. */
    void stop() throws Exception {
        asServer(bin.resolve("pg_ctl").toString(), "-D", data(), "-w", "-m", "immediate", "stop");
    }

    private void asServer(String... command) throws Exception {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        all.addAll(List.of(command));
        run(all);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command) throws Exception {
        Path output = Files.createTempFile("approval-gate-postgresql", ".out");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s", command).isTrue();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
    }

    /** A fresh, empty database. */
    AuditSettings.Database database(String name) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url("postgres"));
        source.setUser("owner");
        source.setPassword(PASSWORD);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new AuditSettings.Database(url(name), Optional.of("audit-db"), AuditSettings.Database.USUAL_POOL);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** For good. */
    void end() throws Exception {
        if (Files.exists(folder.resolve("data").resolve("postmaster.pid"))) {
            stop();
        }
        run(List.of("rm", "-rf", folder.toString()));
    }
}
