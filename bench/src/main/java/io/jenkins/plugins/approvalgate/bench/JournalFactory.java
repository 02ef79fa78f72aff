package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.audit.Chained;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Writes journals of any size, as the engine itself would have over a year: the lines of many gates, one through the other,
 * by the engine's own codec and seal, in a file for each month. Only nothing is forced to disk. The same seed gives the same
 * bytes. Less than a minute for a million lines.
 */
public final class JournalFactory {

    /** When the journal begins. */
    public static final Instant BEGIN = Instant.parse("2025-03-01T00:00:00Z");

    /** After the last line of every journal. All open gates have time left then. */
    public static final Instant END = Instant.parse("2026-03-01T00:00:00Z");

    private static final int BLOCK = 8_192;
    /** How many lines the life of a gate has that ends, and that of one that is open, on average. */
    private static final double LINES_OF_ENDED = 8.59;

    private static final double LINES_OF_OPEN = 6.5;

    /**
     * What was written.
     *
     * @param open the ids of the open gates, in the order in which they began
     */
    public record Made(long lines, long bytes, List<String> open) {}

    private final SplittableRandom random;
    private final PriorityQueue<Life> lives = new PriorityQueue<>();
    private final Chained chain = new Chained();
    private final List<String> open = new ArrayList<>();
    private long lines;
    private long bytes;

    private JournalFactory(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Writes a journal.
     *
     * @param directory of the journal, {@code HOME/journal}; made if there is none
     * @param lines how many, give or take a hundredth
     * @param open how many gates of it are open in the end
     */
    public static Made write(Path directory, long lines, int open, long seed) throws IOException {
        Files.createDirectories(directory);
        JournalFactory factory = new JournalFactory(seed);
        factory.populate(lines, open);
        factory.write(directory);
        return new Made(factory.lines, factory.bytes, factory.open);
    }

    private void populate(long wanted, int openGates) {
        List<Life.Setting> settings = Life.settings();
        long ended = Math.max(0, Math.round((wanted - openGates * LINES_OF_OPEN) / LINES_OF_ENDED));
        for (long i = 0; i < ended + openGates; i++) {
            boolean stays = i < openGates;
            Life life = new Life(settings.get(random.nextInt(settings.size())), (int) i, stays, random.split());
            lives.add(life);
            if (stays) {
                open.add(life.id());
            }
        }
        open.sort(null);
    }

    private void write(Path directory) throws IOException {
        String name = "";
        OutputStream out = OutputStream.nullOutputStream();
        try {
            List<JournalLine.Draft> block = block();
            while (!block.isEmpty()) {
                List<JournalLine.Draft> drafts = block;
                long first = lines + 1;
                List<byte[]> sealed = IntStream.range(0, drafts.size())
                        .parallel()
                        .mapToObj(i -> Chained.unbound(drafts.get(i), first + i))
                        .toList();
                for (int i = 0; i < drafts.size(); i++) {
                    if (!Chained.file(drafts.get(i)).equals(name)) {
                        out.close();
                        name = Chained.file(drafts.get(i));
                        out = new BufferedOutputStream(Files.newOutputStream(directory.resolve(name)), 1 << 20);
                    }
                    out.write(chain.next(sealed.get(i)));
                    lines++;
                    bytes += sealed.get(i).length;
                }
                block = block();
            }
        } finally {
            out.close();
        }
    }

    /** The next lines, in the order of their time. */
    private List<JournalLine.Draft> block() {
        List<JournalLine.Draft> drafts = new ArrayList<>(BLOCK);
        while (drafts.size() < BLOCK && !lives.isEmpty()) {
            Life next = lives.remove();
            drafts.add(next.next());
            if (next.goesOn()) {
                lives.add(next);
            }
        }
        return drafts;
    }
}
