package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** A file in blocks of complete lines. What stands behind the last line feed is no line. For one thread. */
final class LineBlocks implements Closeable {

    private static final int USUAL = 1 << 18;

    /** Something to do with a line. */
    interface LineConsumer {
        void accept(RawLine line) throws IOException;
    }

    /** @param length behind the last line feed */
    record Block(byte[] bytes, int length) {

        void forEach(LineConsumer consumer) throws IOException {
            for (int from = 0; from < length; ) {
                int to = LineFeeds.next(bytes, from, length);
                consumer.accept(new RawLine(bytes, from, to));
                from = to + 1;
            }
        }
    }

    private final InputStream in;
    private final Deque<byte[]> used = new ArrayDeque<>();
    private byte[] begun = {};

    LineBlocks(Path file) throws IOException {
        in = Files.newInputStream(file);
    }

    /** Gives each line of a file. */
    static void forEachLine(Path file, LineConsumer consumer) throws IOException {
        try (LineBlocks blocks = new LineBlocks(file)) {
            for (Optional<Block> block = blocks.next(); block.isPresent(); block = blocks.next()) {
                block.get().forEach(consumer);
                blocks.reuse(block.get());
            }
        }
    }

    /** The next lines, at least one; empty if there are no more. */
    Optional<Block> next() throws IOException {
        byte[] bytes = buffer(begun.length);
        System.arraycopy(begun, 0, bytes, 0, begun.length);
        int filled = begun.length;
        while (true) {
            int read = in.readNBytes(bytes, filled, bytes.length - filled);
            int end = afterLastLineFeed(bytes, filled, filled + read);
            filled += read;
            if (end > 0) {
                begun = Arrays.copyOfRange(bytes, end, filled);
                return Optional.of(new Block(bytes, end));
            }
            if (filled < bytes.length) {
                return Optional.empty();
            }
            bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, bytes.length));
        }
    }

    /** Only what is new has to be looked through: before it there is none. */
    private static int afterLastLineFeed(byte[] bytes, int from, int to) {
        for (int at = to; at > from; at--) {
            if (bytes[at - 1] == '\n') {
                return at;
            }
        }
        return 0;
    }

    private byte[] buffer(int least) {
        return used.isEmpty() || least >= USUAL ? new byte[Math.max(USUAL, Math.multiplyExact(2, least))] : used.remove();
    }

    /** Nobody looks at this block any more. */
    void reuse(Block block) {
        if (block.bytes().length == USUAL) {
            used.add(block.bytes());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
