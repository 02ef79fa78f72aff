package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The heap that open gates take in a keeper that was started and has come to rest: what is in use after a full collection, less
 * what was before the keeper was opened, with all that it holds for them (slots, timers, indexes, who looked at them). Beside it,
 * their fields as compact JSON: the request with the rules copied into it, and each event, without the lines' places and hashes.
 */
final class MemoryMeasure implements Measure {

    private static final double LIMIT = 3;
    private static final long LINES_PER_OPEN_GATE = 7;
    /** Idle means that the process takes less than this part of a processor. */
    private static final double IDLE = 0.02;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String heap() {
        return "4g";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        int gates = setting.size(100_000, 2_000);
        JournalFactory.write(setting.directory().resolve("journal"), gates * LINES_PER_OPEN_GATE, gates, setting.seed());
        BenchHost host = new BenchHost(Fleet.environments(), Map.of());
        long before = used();
        try (GateKeeper keeper =
                GateKeeper.open(setting.directory(), host, Clock.fixed(JournalFactory.END, ZoneOffset.UTC))) {
            keeper.start();
            awaitRest();
            double heap = (double) (used() - before) / gates;
            double text = keeper.open().stream().mapToLong(MemoryMeasure::text).average().orElseThrow();
            return List.of(Figure.atMost(
                    "heap for an open gate, of " + keeper.open().size(), heap, "its fields as compact JSON", text, "bytes", LIMIT));
        }
    }

    private static long text(Gate gate) {
        GateEvent all = new GateEvent.Restored(gate.requested().at(), gate.history());
        return Json.write(EventCodec.draft(gate.id(), all).data()).length;
    }

    private static void awaitRest() throws InterruptedException {
        for (int idle = 0; idle < 3; ) {
            long begin = cpu();
            TimeUnit.SECONDS.sleep(1);
            idle = cpu() - begin < IDLE * Duration.ofSeconds(1).toNanos() ? idle + 1 : 0;
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Bytes in use after all garbage is gone. */
    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
