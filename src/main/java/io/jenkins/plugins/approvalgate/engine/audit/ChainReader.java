package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks the journal from its first line to its last and holds every line to the chain: its hash to its text, its
 * {@code prev} to the line before, its {@code seq} to its place. A few blocks of lines are in memory at a time, so a journal of
 * any length fits. An unfinished end is not a line: see {@link TornTail}.
 */
final class ChainReader {

    /** Told each line that holds, first to last. */
    @FunctionalInterface
    interface LineConsumer {
        /** @param text for {@link JournalLine#parse}, or to be copied: it is good until this returns */
        void accept(Envelope envelope, RawLine text) throws IOException;
    }

    private final Path directory;
    private final LineConsumer consumer;
    private final List<Damage> damages = new ArrayList<>();
    private final Chain chain;
    private long lines;

    private ChainReader(Path directory, Beginning beginning, LineConsumer consumer) {
        this.directory = directory;
        this.consumer = consumer;
        chain = beginning.chain();
        beginning.damage().ifPresent(damages::add);
    }

    /** Reads a journal of which nothing was ever removed, as {@link #read(Path, Beginning, LineConsumer)}. */
    static ChainReader read(Path directory, LineConsumer consumer) throws IOException {
        return read(directory, Beginning.OF_ALL, consumer);
    }

    /**
     * Reads the whole journal.
     *
     * @throws IOException if a file cannot be read; a line that does not hold is no error but a {@link Damage}
     */
    static ChainReader read(Path directory, Beginning beginning, LineConsumer consumer) throws IOException {
        ChainReader reader = new ChainReader(directory, beginning, consumer);
        for (JournalFile file : beginning.files(directory)) {
            reader.read(file);
        }
        return reader;
    }

    /** Before the journal's first file; the files follow by {@link #read(JournalFile)}, in their order. */
    static ChainReader begin(Path directory, Beginning beginning) {
        return new ChainReader(directory, beginning, (line, text) -> {});
    }

    void read(JournalFile file) throws IOException {
        long[] lineInFile = {0};
        Envelopes.forEach(file.in(directory), (line, text) -> take(file, ++lineInFile[0], line, text));
    }

    private void take(JournalFile file, long lineInFile, Optional<Envelope> line, RawLine text) throws IOException {
        lines++;
        long place = chain.seq() + 1;
        if (line.isEmpty()) {
            damages.add(new Damage(file.name(), lineInFile, place, "it cannot be read"));
            chain.takeUnreadable();
            return;
        }
        Optional<String> wrong = chain.take(line.get());
        if (wrong.isPresent()) {
            damages.add(new Damage(file.name(), lineInFile, place, wrong.get()));
        } else {
            consumer.accept(line.get(), text);
        }
    }

    /** What did not hold, first to last. */
    List<Damage> damages() {
        return List.copyOf(damages);
    }

    /** How many complete lines there were, sound or not. */
    long lines() {
        return lines;
    }

    /** The number of the last line; 0 where there is none. */
    long seq() {
        return chain.seq();
    }

    /** The hash of the last line, as it states it; {@link JournalLine#NO_HASH} where there is none to be read. */
    String head() {
        return chain.head();
    }
}
