package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Reads a journal's lines from a place on, across its files, never past where it was forced to disk. Has no file open
 * between two calls. For one thread at a time.
 */
final class LinesFrom {

    /**
     * A line, not judged yet.
     *
     * @param text without its line feed
     * @param end behind its line feed, in {@code file}
     */
    record Raw(byte[] text, JournalFile file, long end) {}

    private static final Logger LOGGER = Logger.getLogger(LinesFrom.class.getName());
    private static final int STEP = 1 << 16;

    private final Path directory;
    private JournalFile file;
    /** Where {@link #chunk} stands in {@link #file}. */
    private long start;
    private byte[] chunk = {};
    /** How much of {@link #chunk} has been given. */
    private int given;

    LinesFrom(Path directory, JournalFile file, long offset) {
        this.directory = directory;
        this.file = file;
        this.start = offset;
    }

    /**
     * The next complete line.
     *
     * @param until where the journal ends
     * @return empty if there is none yet
     */
    Optional<Raw> next(JournalWriter.End until) throws IOException {
        while (true) {
            for (int at = given; at < chunk.length; at++) {
                if (chunk[at] == '\n') {
                    byte[] text = Arrays.copyOfRange(chunk, given, at);
                    given = at + 1;
                    return Optional.of(new Raw(text, file, start + given));
                }
            }
            if (!readOn(until) && !nextFile(until)) {
                return Optional.empty();
            }
        }
    }

    private boolean readOn(JournalWriter.End until) throws IOException {
        long from = start + chunk.length;
        int begun = chunk.length - given;
        try (FileChannel channel = FileChannel.open(file.in(directory), StandardOpenOption.READ)) {
            long limit = file.equals(until.file()) ? Math.min(until.offset(), channel.size()) : channel.size();
            if (file.compareTo(until.file()) > 0 || limit <= from) {
                return false;
            }
            // A line longer than a step is not gone through again with each step.
            int more = (int) Math.min(limit - from, Math.max(STEP, begun));
            ByteBuffer buffer = ByteBuffer.allocate(begun + more).put(chunk, given, begun);
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position() - begun) >= 0) {
                // until it is full
            }
            start += given;
            given = 0;
            chunk = Arrays.copyOf(buffer.array(), buffer.position());
            return chunk.length > begun;
        } catch (NoSuchFileException removed) {
            // By retention, once all of it had been read; where a line is missing because of it, the chain tells.
            if (file.compareTo(until.file()) < 0) {
                return false;
            }
            throw removed;
        }
    }

    private boolean nextFile(JournalWriter.End until) throws IOException {
        if (file.compareTo(until.file()) >= 0) {
            return false;
        }
        int unfinished = chunk.length - given;
        if (unfinished > 0) {
            JournalFile left = file;
            LOGGER.warning(() -> "The journal's file " + left.name() + " ends with " + unfinished
                    + " bytes that are no line; they are passed over.");
        }
        JournalFile before = file;
        file = JournalFile.list(directory).stream()
                .filter(other -> other.compareTo(before) > 0)
                .findFirst()
                .orElse(until.file());
        start = 0;
        given = 0;
        chunk = new byte[0];
        return true;
    }

    /** The last complete line that ends at {@code offset} of {@code file}; empty if none does. */
    static Optional<byte[]> lineBefore(Path directory, JournalFile file, long offset) throws IOException {
        if (offset <= 0 || Files.notExists(file.in(directory))) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file.in(directory), StandardOpenOption.READ)) {
            if (channel.size() < offset) {
                return Optional.empty();
            }
            for (long length = STEP; ; length *= 2) {
                long from = Math.max(0, offset - length);
                ByteBuffer buffer = ByteBuffer.allocate((int) (offset - from));
                while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                    // until it is full
                }
                byte[] text = buffer.array();
                if (text[text.length - 1] != '\n') {
                    return Optional.empty();
                }
                for (int at = text.length - 2; at >= 0; at--) {
                    if (text[at] == '\n') {
                        return Optional.of(Arrays.copyOfRange(text, at + 1, text.length - 1));
                    }
                }
                if (from == 0) {
                    return Optional.of(Arrays.copyOf(text, text.length - 1));
                }
            }
        }
    }
}
