package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A start: opening a journal of a million lines until a decision on one of its gates is on disk. Beside it, in turns with it,
 * reading the same files and SHA-256 over their bytes. Once with many open gates and once with few; and both the first start of
 * a process, in which nothing is compiled yet, and the next ones.
 */
final class StartMeasure implements Measure {

    private static final double LIMIT = 2;
    private static final int BUFFER = 1 << 16;
    private static final int WARM = 3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String heap() {
        return "4g";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        int lines = setting.size(1_000_000, 20_000);
        Path many = setting.directory().resolve("many");
        List<String> open =
                JournalFactory.write(many.resolve("journal"), lines, setting.size(100_000, 2_000), setting.seed()).open();
        Path few = setting.directory().resolve("few");
        List<String> fewOpen =
                JournalFactory.write(few.resolve("journal"), lines, setting.size(1_000, 100), setting.seed()).open();
        Samples firstStart = new Samples();
        Samples firstRead = new Samples();
        firstRead.time(() -> read(many));
        firstStart.add(start(many, open.get(0)));
        Starts starts = Starts.of(many, open);
        Starts fewStarts = Starts.of(few, fewOpen);
        return List.of(
                figure("the first start of a process, " + open.size() + " open gates", firstStart, firstRead),
                figure("a start, " + open.size() + " open gates", starts.starts(), starts.reads()),
                figure("a start, " + fewOpen.size() + " open gates", fewStarts.starts(), fewStarts.reads()));
    }

    private record Starts(Samples starts, Samples reads) {
        static Starts of(Path home, List<String> gates) throws Exception {
            Starts times = new Starts(new Samples(), new Samples());
            for (int i = 1; i <= WARM; i++) {
                times.reads().time(() -> read(home));
                times.starts().add(start(home, gates.get(i)));
            }
            return times;
        }
    }

    private static Figure figure(String what, Samples starts, Samples reads) {
        return Figure.atMost(
                what + ", until the first decision; median of " + starts.count(),
                starts.medianMillis(),
                "reading + SHA-256 of the same bytes; median of " + reads.count(),
                reads.medianMillis(),
                "ms",
                LIMIT);
    }

    private static long start(Path home, String gate) throws Exception {
        BenchHost host = new BenchHost(Fleet.environments(), Map.of());
        long begin = System.nanoTime();
        try (GateKeeper keeper = GateKeeper.open(home, host, Clock.fixed(JournalFactory.END, ZoneOffset.UTC))) {
            keeper.start();
            keeper.cancel(gate, new Command.Cancel(Optional.empty(), "The build was aborted."));
            return System.nanoTime() - begin;
        }
    }

    private static void read(Path home) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[BUFFER];
        for (Path file : files(home.resolve("journal"))) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    digest.update(buffer, 0, length);
                }
            }
        }
        digest.digest();
    }

    private static List<Path> files(Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
        }
    }
}
