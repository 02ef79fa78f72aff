package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many decisions a second 64 approvers get through, each on gates of their own and each waiting for theirs to be on disk.
 * Beside it, in turns with it, how many writes with a force one thread gets done, of as many bytes as a
 * decision has.
 */
final class CrowdMeasure implements Measure {

    private static final int APPROVERS = 64;
    private static final int BYTES = 1_000;

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        int rounds = setting.size(7, 2);
        long slice = Duration.ofMillis(setting.size(1_500, 300)).toNanos();
        BenchHost host = new BenchHost(
                List.of(Typical.environment("production", Order.ANY, List.of(Approver.user("erin")), List.of())), Map.of());
        ExecutorService approvers = Executors.newFixedThreadPool(APPROVERS);
        try (GateKeeper keeper = GateKeeper.open(setting.directory(), host, Clock.systemUTC());
                RawAppend raw = new RawAppend(setting.directory().resolve("raw"))) {
            keeper.start();
            AtomicLong builds = new AtomicLong();
            List<Double> rates = new ArrayList<>();
            List<Double> forces = new ArrayList<>();
            int ready = setting.size(8_000, 1_000);
            // the first round warms up
            for (int round = 0; round <= rounds; round++) {
                Queue<String> gates = open(keeper, builds, approvers, ready);
                double force = forces(raw, slice);
                double rate = decide(keeper, gates, approvers);
                if (round > 0) {
                    forces.add(force);
                    rates.add(rate);
                }
            }
            return List.of(Figure.atLeast(
                    "decisions by " + APPROVERS + " approvers at once, median of " + rounds + " rounds",
                    median(rates),
                    "writes + forces of one thread",
                    median(forces),
                    "/s",
                    10));
        } finally {
            approvers.shutdownNow();
        }
    }

    private static Queue<String> open(GateKeeper keeper, AtomicLong builds, ExecutorService threads, int count)
            throws Exception {
        Queue<String> gates = new ConcurrentLinkedQueue<>();
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < APPROVERS; i++) {
            done.add(threads.submit(() -> {
                for (int n = 0; n < count / APPROVERS; n++) {
                    int build = (int) builds.incrementAndGet();
                    gates.add(keeper.request(Typical.request("production", "models/sensors", build, "dave")).id());
                }
                return null;
            }));
        }
        for (Future<?> future : done) {
            future.get();
        }
        return gates;
    }

    private static double forces(RawAppend raw, long nanos) throws Exception {
        long begin = System.nanoTime();
        int count = 0;
        while (System.nanoTime() - begin < nanos) {
            raw.append(BYTES);
            count++;
        }
        return count * 1e9 / (System.nanoTime() - begin);
    }

    private static double decide(GateKeeper keeper, Queue<String> gates, ExecutorService threads) throws Exception {
        AtomicLong decided = new AtomicLong();
        long begin = System.nanoTime();
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < APPROVERS; i++) {
            done.add(threads.submit(() -> {
                while (true) {
                    String gate = gates.poll();
                    if (gate == null) {
                        return null;
                    }
                    keeper.submit(gate, Typical.approve("erin"));
                    decided.incrementAndGet();
                }
            }));
        }
        for (Future<?> future : done) {
            future.get();
        }
        return decided.get() * 1e9 / (System.nanoTime() - begin);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
