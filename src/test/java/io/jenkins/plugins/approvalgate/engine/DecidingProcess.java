package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.Disk;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Many people at many gates in a process of its own, to be killed. It says a line for whatever it was told to be done, and
 * not before: {@code gate BUILD ID}, {@code did ID WORDS}; so whoever reads that may hold it to it. Beside the journal it
 * keeps, as builds do, what each gate came to; what it missed when it was killed it asks for at the next start. The search
 * index follows meanwhile, and {@code indexed SEQ} says now and then how far it is.
 */
final class DecidingProcess {

    static final String[] ENVIRONMENTS = {"plain", "locked"};
    private static final String[] PEOPLE = {"alice", "bob", "carol", "dave"};
    private static final int THREADS = 4;

    private final GateKeeper keeper;
    private final AuditIndex index;
    private final Path builds;
    private final List<String> gates = new ArrayList<>();

    private DecidingProcess(Path home) throws IOException {
        builds = Files.createDirectories(home.resolve("builds"));
        FakeHost host = host();
        host.onNews = this::keep;
        keeper = GateKeeper.open(home, host, Clock.systemUTC());
        index = SearchIndex.start(home, keeper, host);
    }

    static FakeHost host() {
        return new FakeHost(
                Town.of(""),
                Given.environment("plain", "any 4: alice, bob, carol, dave"),
                Given.environment("locked", "any: alice, bob", List.of(), Optional.of(LockMode.SEQUENTIAL)));
    }

    /** The gate of build {@code build}, the same whenever it is asked for. */
    static Gate request(GateKeeper keeper, int build) throws Exception {
        return keeper.request(Given.request(ENVIRONMENTS[build % 10 == 0 ? 1 : 0], build));
    }

    /** @param args the home, the round's name, a seed, and how many builds there are by then */
    public static void main(String[] args) throws Exception {
        System.out.println("here");
        DecidingProcess process = new DecidingProcess(Path.of(args[0]));
        process.keeper.start();
        System.out.println("open");
        process.catchUp();
        Random random = new Random(Long.parseLong(args[2]));
        for (int thread = 0; thread < THREADS; thread++) {
            String name = args[1] + "-" + thread;
            Random own = new Random(random.nextLong());
            new Thread(() -> process.decide(name, own), name).start();
        }
        for (int build = 1; build <= Integer.parseInt(args[3]); build++) {
            String id = request(process.keeper, build).id();
            System.out.println("gate " + build + " " + id);
            synchronized (process.gates) {
                process.gates.add(id);
            }
        }
    }

    /** A build that was not told how its gate ended, because this died, asks when it is back. */
    private void catchUp() throws IOException {
        for (Gate gate : keeper.ended()) {
            keep(gate);
        }
    }

    private void keep(Gate gate) {
        gate.closed().ifPresent(closed -> {
            try {
                Disk.replace(builds.resolve(gate.id()), closed.outcome().name().getBytes(StandardCharsets.UTF_8));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    private void decide(String name, Random random) {
        long indexed = 0;
        for (int i = 0; ; i++) {
            String gate;
            synchronized (gates) {
                gate = gates.isEmpty() ? "" : gates.get(random.nextInt(gates.size()));
            }
            String words = name + "-" + i;
            try {
                command(gate, words, PEOPLE[random.nextInt(PEOPLE.length)], random.nextInt(60));
                System.out.println("did " + gate + " " + words);
            } catch (Refusal refused) {
                // Not theirs, or over: nothing happened, and nothing is said.
            }
            long seq = index.state().seq();
            if (seq > indexed) {
                indexed = seq;
                System.out.println("indexed " + seq);
            }
        }
    }

    private void command(String gate, String words, String who, int kind) throws Refusal {
        switch (kind) {
            case 0 -> keeper.submit(gate, new Command.Reject(who, words));
            case 1 -> keeper.bypass(gate, new Command.Bypass(who, words), true);
            case 2 -> keeper.cancel(gate, new Command.Cancel(Optional.of(who), words));
            case 3 -> keeper.submit(gate, new Command.Defer(who, words, keeper.now().plusSeconds(3_600), List.of(), Map.of()));
            case 4 -> keeper.reassign(gate, new Command.Reassign(who, Optional.empty(), who + "-" + words, words));
            case 5, 6 -> release(gate, words);
            default -> keeper.submit(
                    gate, kind < 30 ? new Command.Withdraw(who, words) : new Command.Approve(who, words, List.of(), Map.of()));
        }
    }

    /** Says nothing: of two that give a lock back at once, the words of one are kept. */
    private void release(String gate, String words) throws Refusal {
        keeper.release(gate, new Command.Release(Optional.of("build"), words));
        throw GateKeeper.unknown(gate);
    }
}
