package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * A journal as it is at one moment, to be read from its first line to that moment's last, as often as need be. Thread-safe;
 * keeps no line.
 */
public final class JournalScan {

    /**
     * A line that holds.
     *
     * @param text good until whoever gave this goes on
     */
    public record Line(long seq, RawLine text) {}

    /** Takes lines. */
    @FunctionalInterface
    public interface LineConsumer {
        void accept(Line line) throws IOException;
    }

    /** Takes lines that were read. */
    @FunctionalInterface
    public interface ParsedConsumer {
        /** @param text the line's very bytes, without its line feed */
        void accept(JournalLine line, byte[] text) throws IOException;
    }

    private record Parsed(JournalLine line, byte[] text) {}

    /** So many lines are read at once by one of the processors. */
    private static final int AT_ONCE = 500;

    private final Journal journal;
    private final Beginning beginning;
    private final JournalWriter.End end;

    public JournalScan(Journal journal) {
        this.journal = journal;
        // In this order: what is removed meanwhile is missed, and so told.
        beginning = journal.beginning();
        end = journal.end();
    }

    /** The number of the last line that was removed, so that the first to come is the next one; 0 if none was. */
    public long after() {
        return beginning.seq();
    }

    /** The number of the last line; {@link #after} if there is none. */
    public long seq() {
        return end.seq();
    }

    /** The last line's hash. */
    public String head() {
        return end.head();
    }

    /**
     * Gives every line that holds, in their order. Months that are to be removed stay as long as this lasts.
     *
     * @return how many lines there were that do not hold
     * @throws IOException if the journal cannot be read to its end, or {@code consumer} fails
     */
    public long read(LineConsumer consumer) throws IOException {
        Lock reading = journal.readers().begin();
        try {
            Chain chain = beginning.chain();
            long spoilt = 0;
            for (JournalFile file : beginning.files(journal.directory())) {
                if (file.compareTo(end.file()) <= 0) {
                    spoilt += read(file, chain, consumer);
                }
            }
            if (chain.seq() < end.seq()) {
                throw new IOException("the journal ends with line " + chain.seq() + ", but " + end.seq() + " were written");
            }
            return spoilt;
        } finally {
            reading.unlock();
        }
    }

    private long read(JournalFile file, Chain chain, LineConsumer consumer) throws IOException {
        long limit = file.equals(end.file()) ? end.offset() : Long.MAX_VALUE;
        long[] passed = {0};
        long[] spoilt = {0};
        Envelopes.forEach(file.in(journal.directory()), (envelope, text) -> {
            passed[0] += text.length() + 1L;
            if (passed[0] > limit) {
                return;
            }
            if (envelope.isPresent() && chain.take(envelope.get()).isEmpty()) {
                consumer.accept(new Line(envelope.get().seq(), text));
            } else {
                spoilt[0]++;
            }
            if (envelope.isEmpty()) {
                chain.takeUnreadable();
            }
        });
        return spoilt[0];
    }

    /**
     * As {@link #read}, but what the lines say is read, too: on all processors, as {@code consumer} can take it.
     *
     * @throws IOException also if a line holds and is none that this version knows
     */
    public long parse(ParsedConsumer consumer) throws IOException {
        try (InOrder<List<Parsed>> parsing = new InOrder<>(lines -> {
            for (Parsed parsed : lines) {
                consumer.accept(parsed.line(), parsed.text());
            }
        })) {
            List<byte[]> begun = new ArrayList<>();
            long spoilt = read(line -> {
                begun.add(line.text().copy());
                if (begun.size() == AT_ONCE) {
                    parse(List.copyOf(begun), parsing);
                    begun.clear();
                }
            });
            parse(begun, parsing);
            parsing.finish();
            return spoilt;
        }
    }

    private static void parse(List<byte[]> texts, InOrder<List<Parsed>> parsing) throws IOException {
        parsing.add(() -> {
            List<Parsed> lines = new ArrayList<>();
            for (byte[] text : texts) {
                lines.add(new Parsed(JournalLine.parse(text), text));
            }
            return lines;
        });
    }
}
