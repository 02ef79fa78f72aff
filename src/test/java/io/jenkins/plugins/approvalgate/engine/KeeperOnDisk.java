package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A keeper on a folder of its own, that can be closed, opened again, and lose its power. */
public final class KeeperOnDisk extends ExternalResource {

    public final MovableClock clock = new MovableClock(Given.START);
    public final FakeHost host;
    public GateKeeper keeper;
    private final TemporaryFolder folder = new TemporaryFolder();
    private Path home;
    private int crashes;

    public KeeperOnDisk(Town town, Environment... environments) {
        host = new FakeHost(town, environments);
    }

    @Override
    protected void before() throws Throwable {
        folder.create();
        home = folder.getRoot().toPath().resolve("home");
        open();
    }

    @Override
    protected void after() {
        try {
            keeper.close();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } finally {
            folder.delete();
        }
    }

    /** Opens without letting time act. */
    public void open() throws IOException {
        keeper = GateKeeper.open(home, host, clock);
    }

    public void openAndStart() throws IOException {
        open();
        keeper.start();
    }

    public void restart() throws IOException {
        keeper.close();
        open();
        keeper.start();
    }

    /** The files as they are now, without a word of farewell, are all that is left. Not opened again yet. */
    public void crash() throws IOException {
        Path next = folder.getRoot().toPath().resolve("home-" + ++crashes);
        Files.createDirectories(next.resolve("journal"));
        try (Stream<Path> files = Files.list(journal())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith(".lock")) {
                    Files.copy(file, next.resolve("journal").resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        keeper.close();
        home = next;
    }

    public Path journal() {
        return home.resolve("journal");
    }

    /** The one file of March. */
    public List<String> lines() throws IOException {
        return Files.readAllLines(journal().resolve("2026-03.jsonl"));
    }

    public void writeLines(List<String> lines) throws IOException {
        Files.writeString(journal().resolve("2026-03.jsonl"), String.join("\n", lines) + "\n");
    }

    public Gate request(String environment, int build) throws Exception {
        return keeper.request(Given.request(environment, build));
    }

    public Gate gate(String id) throws Refusal {
        return keeper.find(id).orElseThrow();
    }

    /** {@code OPEN}, or how it ended, with {@code +lock} where it holds its environment's. */
    public String stateOf(String id) {
        try {
            Gate gate = gate(id);
            return gate.closed().map(closed -> closed.outcome().name()).orElse("OPEN") + (gate.holdsLock() ? "+lock" : "");
        } catch (Refusal unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    public void awaitState(String id, String state) {
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(stateOf(id)).isEqualTo(state));
    }

    /** Moves the clock, and tells the keeper so. */
    public void passes(Duration time) {
        clock.advance(time);
        keeper.clockMoved();
    }

    /** What the journal says of a gate, in its words. */
    public List<String> types(String id) throws IOException {
        return keeper.journal().linesOf(id).stream().map(JournalLine::type).toList();
    }

    public Refusal refuses(String id, Command.ByPerson command, Refusal.Kind kind) {
        try {
            keeper.submit(id, command);
        } catch (Refusal refusal) {
            assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind);
            return refusal;
        }
        throw new AssertionError("not refused: " + command);
    }

    public void awaitOutcome(String id, Outcome outcome) {
        await().until(() -> gate(id).closed().map(GateEvent.Closed::outcome).filter(outcome::equals).isPresent());
    }

    /** Everything in memory, to be compared before and after: of each gate how it stands and a print of its history. */
    public Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (Gate gate : keeper.open()) {
            state.put(gate.id(), "open " + gate.approvals() + " " + gate.history().hashCode());
        }
        for (Gate gate : keeper.ended()) {
            assertThat(state.put(gate.id(), "ended " + gate.history().hashCode())).isNull();
        }
        return state;
    }

    /** Does all of them at the same moment, each on a thread of its own. */
    public static <T> List<Future<T>> atOnce(List<Callable<T>> tasks) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        try {
            List<Callable<T>> together = new ArrayList<>();
            for (Callable<T> task : tasks) {
                together.add(() -> {
                    start.await();
                    return task.call();
                });
            }
            return pool.invokeAll(together);
        } finally {
            pool.shutdown();
        }
    }
}
