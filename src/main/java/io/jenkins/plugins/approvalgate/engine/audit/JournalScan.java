package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * A journal as it is at one moment, to be read from its first line to that moment's last, as often as need be. Thread-safe;
 * keeps no line.
 */
public final class JournalScan {

    /** Takes lines. */
    @FunctionalInterface
    public interface LineConsumer {
        /** @param text a line's very bytes, without its line feed; for {@link JournalLine#parse} */
        void accept(byte[] text) throws IOException;
    }

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
            List<JournalFile> files = beginning.files(journal.directory());
            LinesFrom lines = new LinesFrom(journal.directory(), files.isEmpty() ? end.file() : files.get(0), 0);
            Chain chain = beginning.chain();
            long spoilt = 0;
            for (Optional<LinesFrom.Raw> raw = lines.next(end); raw.isPresent(); raw = lines.next(end)) {
                if (holds(chain, raw.get().text())) {
                    consumer.accept(raw.get().text());
                } else {
                    spoilt++;
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

    private static boolean holds(Chain chain, byte[] text) {
        try {
            return chain.take(Envelope.read(text)).isEmpty();
        } catch (IOException | ClassCastException unreadable) {
            chain.takeUnreadable();
            return false;
        }
    }
}
