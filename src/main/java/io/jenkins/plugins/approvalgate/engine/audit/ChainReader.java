package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks the journal from its first line to its last and holds every line to the chain: its hash to its text, its
 * {@code prev} to the line before, its {@code seq} to its place. One line is in memory at a time, so a journal of any
 * length fits. An unfinished end is not a line: see {@link TornTail}.
 */
final class ChainReader {

    /** Told each line that holds, first to last. */
    @FunctionalInterface
    interface LineConsumer {
        /** @param text without its line feed; for {@link JournalLine#parse} */
        void accept(Envelope envelope, byte[] text) throws IOException;
    }

    private static final int BUFFER = 1 << 16;

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
        forEachLine(file.in(directory), text -> take(file, ++lineInFile[0], text));
    }

    /** Something to do with a line's bytes. */
    @FunctionalInterface
    interface TextConsumer {
        void accept(byte[] text) throws IOException;
    }

    /** Gives each complete line of a file, without its line feed. */
    static void forEachLine(Path file, TextConsumer consumer) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            ByteArrayOutputStream begun = new ByteArrayOutputStream(1024);
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int start = 0;
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\n') {
                        begun.write(buffer, start, i - start);
                        consumer.accept(begun.toByteArray());
                        begun.reset();
                        start = i + 1;
                    }
                }
                begun.write(buffer, start, length - start);
            }
        }
    }

    private void take(JournalFile file, long lineInFile, byte[] text) throws IOException {
        lines++;
        Envelope line;
        try {
            line = Envelope.read(text);
        } catch (IOException | ClassCastException unreadable) {
            damages.add(new Damage(file.name(), lineInFile, chain.seq() + 1, "it cannot be read"));
            chain.takeUnreadable();
            return;
        }
        long place = chain.seq() + 1;
        Optional<String> wrong = chain.take(line);
        if (wrong.isPresent()) {
            damages.add(new Damage(file.name(), lineInFile, place, wrong.get()));
        } else {
            consumer.accept(line, text);
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
