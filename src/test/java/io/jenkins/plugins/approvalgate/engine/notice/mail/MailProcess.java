package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.FakeHost;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Town;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Gates and their mail in a process of its own, to be killed. */
final class MailProcess implements AutoCloseable {

    static final List<String> PEOPLE = List.of("alice", "bob", "carol");

    private final Process process;
    private final Thread reader;
    private final List<String> said = new ArrayList<>();

    private MailProcess(Process process) {
        this.process = process;
        reader = new Thread(() -> process.inputReader().lines().forEach(line -> {
            synchronized (said) {
                said.add(line);
            }
        }));
        reader.start();
    }

    /** One that opens {@code gates} gates, numbered from {@code first} on, and then waits to be ended. */
    static MailProcess start(Path home, int port, int first, int gates) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                // Surefire's own class path is a jar that only names the real one.
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MailProcess.class.getName(),
                home.toString(),
                Integer.toString(port),
                Integer.toString(first),
                Integer.toString(gates));
        return new MailProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Whether it said that it waits, having nothing to tell. */
    boolean isIdle() {
        synchronized (said) {
            return said.contains("idle");
        }
    }

    /** SIGKILL, on systems that have it; gives what it had said. */
    List<String> kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        reader.join();
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        FakeHost host = new FakeHost(Town.of(""), Given.environment("prod", "any: " + String.join(", ", PEOPLE)));
        host.surroundings.rootUrl("https://jenkins.example/");
        GateKeeper keeper = GateKeeper.open(home, host, Clock.systemUTC());
        Mailing mailing = Mailing.open(
                home.resolve("mail"),
                keeper,
                host,
                new FakePeople(),
                new TestSmtp("127.0.0.1", Integer.parseInt(args[1])),
                new Mailing.Manner(Locale.ENGLISH, ZoneId.of("UTC"), Clock.systemUTC(), Duration.ofMillis(40)));
        keeper.start();
        mailing.start();
        int first = Integer.parseInt(args[2]);
        for (int build = first; build < first + Integer.parseInt(args[3]); build++) {
            keeper.request(Given.request("prod", build));
            mailing.poke();
        }
        while (!mailing.isIdle()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        System.out.println("idle");
        TimeUnit.MINUTES.sleep(5);
    }
}
