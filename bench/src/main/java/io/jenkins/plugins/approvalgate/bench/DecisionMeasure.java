package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One decision, from {@link GateKeeper#submit} to its return, when it is on disk: an approval that opens the gate, two lines.
 * Beside it, in turns with it, one write and force of as many bytes at the end of a file in the same folder.
 */
final class DecisionMeasure implements Measure {

    private static final int WARM_UP = 300;

    @Override
    public String name() {
        return "decision";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        int samples = setting.size(3_000, 100);
        BenchHost host = new BenchHost(
                List.of(Typical.environment("production", Order.ANY, List.of(Approver.user("erin")), List.of())), Map.of());
        try (GateKeeper keeper = GateKeeper.open(setting.directory(), host, Clock.systemUTC());
                RawAppend raw = new RawAppend(setting.directory().resolve("raw"))) {
            keeper.start();
            List<String> gates = new ArrayList<>();
            for (int build = 1; build <= WARM_UP + samples; build++) {
                gates.add(keeper.request(Typical.request("production", "models/sensors", build, "dave")).id());
            }
            Samples decisions = new Samples();
            Samples forces = new Samples();
            Path journal = journal(setting.directory());
            long bytes = 0;
            for (int i = 0; i < gates.size(); i++) {
                String gate = gates.get(i);
                long before = Files.size(journal);
                long begin = System.nanoTime();
                keeper.submit(gate, Typical.approve("erin"));
                long took = System.nanoTime() - begin;
                int written = (int) (Files.size(journal) - before);
                begin = System.nanoTime();
                raw.append(written);
                long rawTook = System.nanoTime() - begin;
                if (i >= WARM_UP) {
                    decisions.add(took);
                    forces.add(rawTook);
                    bytes += written;
                }
            }
            String what = "of " + decisions.count() + " decisions, each durable before it is answered";
            String beside = "write + force of as many bytes (" + bytes / decisions.count() + " on average)";
            return List.of(
                    Figure.atMost("median " + what, decisions.medianMillis(), beside, forces.medianMillis(), "ms", 1.3),
                    Figure.atMost("99th percentile " + what, decisions.p99Millis(), beside, forces.p99Millis(), "ms", 2));
        }
    }

    private static Path journal(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).max(Path::compareTo).orElseThrow();
        }
    }
}
