package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a firing costs among many timers: the same two hundred gates run out of time, one minute after the other, while the
 * others have weeks left. From the moment the clock is moved until the gate is closed, on disk.
 */
final class TimersMeasure implements Measure {

    private static final int FIRING = 200;

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public String heap() {
        return "4g";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        int[] sizes = setting.quick() ? new int[] {500, 1_000} : new int[] {1_000, 10_000, 100_000};
        List<Figure> figures = new ArrayList<>();
        double least = Double.NaN;
        for (int size : sizes) {
            Samples samples = fire(setting.directory().resolve("of-" + size), size);
            String what = "a firing among " + Numbers.brief(size) + " gates with their timers, median of " + samples.count();
            if (Double.isNaN(least)) {
                least = samples.medianMillis();
                figures.add(Figure.told(what, least, "ms"));
            } else {
                // what a disk costs differs more from minute to minute than what timers do
                figures.add(Figure.atMost(
                        what, samples.medianMillis(), "among " + Numbers.brief(sizes[0]), least, "ms", 1.5));
            }
        }
        return figures;
    }

    private static Samples fire(Path home, int size) throws Exception {
        Environment environment = environment();
        BenchHost host = new BenchHost(List.of(environment), Map.of());
        ManyGates.write(home, host, size, i -> List.of(life(environment, i)));
        BenchClock clock = new BenchClock(Typical.MONDAY);
        Samples samples = new Samples();
        try (GateKeeper keeper = GateKeeper.open(home, host, clock)) {
            keeper.start();
            awaitQuiet(keeper);
            for (int i = 0; i < FIRING; i++) {
                int left = keeper.openGates().size() - 1;
                Instant due = Typical.MONDAY.plus(Duration.ofHours(1)).plus(Duration.ofMinutes(i));
                samples.time(() -> {
                    clock.set(due);
                    keeper.clockMoved();
                    while (keeper.openGates().size() > left) {
                        Thread.onSpinWait();
                    }
                });
            }
        }
        return samples;
    }

    /** Until each gate has been looked at after the start: as long as the journal's end moves, or the workers do. */
    private static void awaitQuiet(GateKeeper keeper) throws InterruptedException {
        Thread.sleep(2_000 + keeper.openGates().size() / 20L);
    }

    private static Environment environment() {
        Environment plain = Typical.environment("production", Order.ANY, List.of(Approver.user("grace")), List.of());
        return new Environment(
                plain.name(), plain.description(), plain.policy(), plain.timeout(), Optional.of(Duration.ofDays(20)),
                plain.instructions(), plain.checklist(), plain.checks(), plain.lock());
    }

    /** The first ones began so long ago that their time is up an hour from now, and then each minute. */
    private static GateEvent life(Environment environment, int i) {
        Instant begin = i < FIRING
                ? Typical.MONDAY.minus(environment.timeout()).plus(Duration.ofHours(1)).plus(Duration.ofMinutes(i))
                : Typical.MONDAY.minusMillis(i);
        return GateEvent.Requested.of(
                Typical.request(environment.name(), "models/job-" + i % 500, i, "dave"), environment, begin);
    }
}
