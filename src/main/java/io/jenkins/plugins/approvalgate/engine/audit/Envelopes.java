package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a file with their envelopes, in their order. Hashing them is most of the work and no line's hash needs another's,
 * so several blocks are hashed at once.
 */
final class Envelopes {

    /** Told each complete line. */
    interface Consumer {
        /**
         * @param envelope empty if it cannot be read
         * @param text good until this returns
         */
        void accept(Optional<Envelope> envelope, RawLine text) throws IOException;
    }

    private record Line(Optional<Envelope> envelope, RawLine text) {}

    private record Lines(LineBlocks.Block block, List<Line> all) {}

    private Envelopes() {}

    static void forEach(Path file, Consumer consumer) throws IOException {
        try (LineBlocks blocks = new LineBlocks(file);
                InOrder<Lines> hashing = new InOrder<>(lines -> give(lines, consumer, blocks))) {
            for (Optional<LineBlocks.Block> next = blocks.next(); next.isPresent(); next = blocks.next()) {
                LineBlocks.Block block = next.get();
                hashing.add(() -> read(block));
            }
            hashing.finish();
        }
    }

    private static void give(Lines lines, Consumer consumer, LineBlocks blocks) throws IOException {
        for (Line line : lines.all()) {
            consumer.accept(line.envelope(), line.text());
        }
        blocks.reuse(lines.block());
    }

    private static Lines read(LineBlocks.Block block) throws IOException {
        List<Line> lines = new ArrayList<>();
        MessageDigest digest = Json.sha256();
        block.forEach(text -> lines.add(new Line(envelope(text, digest), text)));
        return new Lines(block, lines);
    }

    private static Optional<Envelope> envelope(RawLine text, MessageDigest digest) {
        try {
            return Optional.of(Envelope.read(text, digest));
        } catch (IOException | ClassCastException unreadable) {
            return Optional.empty();
        }
    }
}
