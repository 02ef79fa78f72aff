package io.jenkins.plugins.approvalgate.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A Java process of its own, quick to start, whose words are kept line by line, and that can be killed. */
public final class OtherProcess implements AutoCloseable {

    private static final int PATIENCE = 60;

    private final Process process;
    private final Thread reader;
    private final List<String> said = new ArrayList<>();
    private boolean silent;

    private OtherProcess(Process process) {
        this.process = process;
        reader = new Thread(this::listen, "listens to " + process.pid());
        reader.start();
    }

    public static OtherProcess start(Class<?> main, Object... arguments) throws IOException {
        return start(List.of("-Xshare:auto", "-cp", classPath()), main, arguments);
    }

    /** @param options of the JVM, with its class path among them */
    static OtherProcess start(List<String> options, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.add(main.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new OtherProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    static String classPath() {
        // Surefire's own class path is a jar that only names the real one.
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void listen() {
        try {
            process.inputReader().lines().forEach(this::heard);
        } finally {
            synchronized (this) {
                silent = true;
                notifyAll();
            }
        }
    }

    private synchronized void heard(String line) {
        said.add(line);
        notifyAll();
    }

    /** Waits until what was said is {@code enough}, or nothing more will come; gives what was said. */
    public synchronized List<String> await(Predicate<List<String>> enough) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!silent && !enough.test(said)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("waited in vain; it said " + said);
            }
            wait(left);
        }
        return List.copyOf(said);
    }

    /** SIGKILL, on systems that have it; gives all that it had said. */
    public List<String> kill() throws InterruptedException {
        close();
        process.waitFor(PATIENCE, TimeUnit.SECONDS);
        reader.join();
        return await(all -> true);
    }

    /** SIGTERM, on systems that have it. */
    void askToEnd() {
        process.toHandle().destroy();
    }

    /** What it said, and ended by itself. */
    List<String> ended() throws InterruptedException {
        await(all -> false);
        reader.join();
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return await(all -> true);
    }

    @Override
    public void close() {
        // Process.destroyForcibly() would close our end of its output too.
        process.toHandle().destroyForcibly();
    }
}
