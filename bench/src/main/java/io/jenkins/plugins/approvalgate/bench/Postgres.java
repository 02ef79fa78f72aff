package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL of Debian's package with its usual settings, on the loopback address, with its data in a folder of its own. It
 * refuses to run as root; then it runs as the user that the package made.
 */
final class Postgres implements AutoCloseable {

    static final String USER = "owner";
    static final String PASSWORD = "bench";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path bin;
    private final Path folder;
    private final int port;

    private Postgres(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /** Starts the newest that is installed; empty if there is none. */
    static Optional<Postgres> start() throws Exception {
        Optional<Path> bin = installed();
        if (bin.isEmpty()) {
            System.err.println("SKIPPED: PostgreSQL is not installed (apt-get install postgresql), so the search is measured"
                    + " with the embedded database alone.");
            return Optional.empty();
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // not below the folder that is measured, which the server's user may not be allowed to reach
        Postgres server = new Postgres(bin.get(), Files.createTempDirectory("approval-gate-bench"), port);
        server.begin();
        return Optional.of(server);
    }

    private static Optional<Path> installed() throws IOException {
        if (Files.notExists(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(bin ->
                            Integer.parseInt(bin.getParent().getFileName().toString())));
        }
    }

    private void begin() throws Exception {
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD);
        if (isRoot()) {
            run(List.of("chown", "-R", "postgres", folder.toString()));
        }
        asServer(
                "initdb", "-U", USER, "-A", "scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "--locale=C.UTF-8");
        asServer(
                "pg_ctl", "-w", "-l", folder.resolve("log").toString(), "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder, "start");
    }

    private void asServer(String tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.addAll(List.of(bin.resolve(tool).toString(), "-D", folder.resolve("data").toString()));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + process.exitValue());
        }
    }

    AuditSettings.Database database() {
        return new AuditSettings.Database(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", Optional.of("bench"), AuditSettings.Database.USUAL_POOL);
    }

    @Override
    public void close() throws Exception {
        asServer("pg_ctl", "-w", "-m", "immediate", "stop");
        run(List.of("rm", "-rf", folder.toString()));
    }
}
