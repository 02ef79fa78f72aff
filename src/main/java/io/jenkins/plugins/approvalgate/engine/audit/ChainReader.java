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
    /** The number of the last line, by its place. */
    private long seq;
    /** The number of the last line that held. */
    private long sound;
    private String head = JournalLine.NO_HASH;
    /** The line before does not hold, so nothing that it says can be held against this one. */
    private boolean adrift;
    private long lines;

    private ChainReader(Path directory, LineConsumer consumer) {
        this.directory = directory;
        this.consumer = consumer;
    }

    /**
     * Reads the whole journal.
     *
     * @throws IOException if a file cannot be read; a line that does not hold is no error but a {@link Damage}
     */
    static ChainReader read(Path directory, LineConsumer consumer) throws IOException {
        ChainReader reader = new ChainReader(directory, consumer);
        for (JournalFile file : JournalFile.list(directory)) {
            reader.read(file);
        }
        return reader;
    }

    private void read(JournalFile file) throws IOException {
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
            damages.add(new Damage(file.name(), lineInFile, seq + 1, "it cannot be read"));
            seq++;
            head = "";
            adrift = true;
            return;
        }
        Optional<String> wrong = whatIsWrong(line);
        wrong.ifPresent(what -> damages.add(new Damage(file.name(), lineInFile, seq + 1, what)));
        // Only a line that is whole in itself may say where the count goes on after a gap.
        seq = line.hashHolds() && line.seq() > seq ? line.seq() : seq + 1;
        head = line.hash();
        adrift = wrong.isPresent();
        if (wrong.isEmpty()) {
            seq = line.seq();
            sound = line.seq();
            consumer.accept(line, text);
        }
    }

    private Optional<String> whatIsWrong(Envelope line) {
        if (!line.hashHolds()) {
            return Optional.of("its hash does not fit its content");
        }
        // One line that was put in, taken out or spoilt must not cost all that come after it.
        if (adrift ? line.seq() <= sound : line.seq() != seq + 1) {
            return Optional.of("it says seq " + line.seq() + ": a line is missing, or was put in");
        }
        if (!adrift && !line.prev().equals(head)) {
            return Optional.of("it does not follow the line before it");
        }
        return Optional.empty();
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
        return seq;
    }

    /** The hash of the last line, as it states it; {@link JournalLine#NO_HASH} where there is none to be read. */
    String head() {
        return head.isEmpty() ? JournalLine.NO_HASH : head;
    }
}
