package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;

/** Walks a journal once, to see whether all is as it was written. */
public final class Verifier {

    /** Somebody outside who remembers lines of the journal. For one walk. */
    public interface Witness {
        /** Takes a line that holds, with its number and its hash; they come in their order. */
        void take(long seq, String hash);

        /** What does not fit to what is remembered, now that the journal has come to its end with the line {@code last}. */
        List<Damage> damages(long last);
    }

    /** Remembers nothing. */
    public static final Witness NOBODY = new Witness() {
        @Override
        public void take(long seq, String hash) {
            // Nothing to hold it against.
        }

        @Override
        public List<Damage> damages(long last) {
            return List.of();
        }
    };

    private final Journal journal;
    private final Witness witness;
    private final long total;
    private final AtomicLong done = new AtomicLong();

    /** @throws IOException if the journal's files cannot be looked at */
    public Verifier(Journal journal, Witness witness) throws IOException {
        this.journal = journal;
        this.witness = witness;
        long bytes = 0;
        for (JournalFile file : journal.beginning().files(journal.directory())) {
            bytes += Files.size(file.in(journal.directory()));
        }
        total = bytes;
    }

    /**
     * Holds every line to the chain, the chain to the witness, and its end to what was written. Reads the whole journal;
     * lines that come meanwhile may or may not be counted.
     *
     * @throws IOException if a file cannot be read
     */
    public Verification run() throws IOException {
        JournalWriter.End written = journal.end();
        Lock reading = journal.readers().begin();
        try {
            Beginning beginning = Beginning.find(journal.directory(), journal.signer());
            ChainReader chain = ChainReader.read(journal.directory(), beginning, (line, text) -> {
                done.addAndGet(text.length() + 1L);
                witness.take(line.seq(), line.hash());
            });
            List<Damage> damages = new ArrayList<>(chain.damages());
            if (chain.seq() < written.seq()) {
                damages.add(new Damage(
                        written.file().name(),
                        0,
                        chain.seq() + 1,
                        "it is missing, and all after it up to " + written.seq()));
            }
            damages.addAll(witness.damages(chain.seq()));
            return new Verification(beginning.seq(), chain.lines(), chain.head(), damages);
        } finally {
            reading.unlock();
        }
    }

    /** How many bytes have been read. For any thread. */
    public long done() {
        return Math.min(done.get(), total);
    }

    /** How many bytes there were to be read when this was made. */
    public long total() {
        return total;
    }
}
