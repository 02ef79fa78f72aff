package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What a power cut leaves at the journal's end: bytes after the last line feed. Nobody was told of them, since a line is
 * acknowledged only when its line feed is on disk too; so they are cut off, and kept aside.
 *
 * @param file the name of the file that was cut
 * @param bytes how many were cut off
 * @param keptAs the name of the file, in the folder {@code torn}, that has them now
 */
public record TornTail(String file, long bytes, String keptAs) {

    private static final int STEP = 1 << 16;

    /** Cuts the torn end off {@code file}, if it has one. All is on disk when this returns. */
    static Optional<TornTail> cut(Path directory, JournalFile file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file.in(directory), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long sound = afterLastLineFeed(channel);
            long torn = channel.size() - sound;
            if (torn == 0) {
                return Optional.empty();
            }
            String keptAs = file.name() + "." + sound + ".torn";
            keep(channel, sound, directory, keptAs);
            channel.truncate(sound);
            channel.force(true);
            return Optional.of(new TornTail(file.name(), torn, keptAs));
        }
    }

    private static long afterLastLineFeed(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(STEP);
        long end = channel.size();
        while (end > 0) {
            long start = Math.max(0, end - STEP);
            buffer.clear().limit((int) (end - start));
            while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) >= 0) {
                // until the step is full
            }
            for (int i = buffer.position() - 1; i >= 0; i--) {
                if (buffer.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }

    private static void keep(FileChannel from, long position, Path directory, String keptAs) throws IOException {
        Path aside = Files.createDirectories(directory.resolve("torn"));
        try (FileChannel to = FileChannel.open(
                aside.resolve(keptAs),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            long left = from.size() - position;
            while (left > 0) {
                long moved = from.transferTo(position, left, to);
                position += moved;
                left -= moved;
            }
            to.force(true);
        }
        Disk.forceDirectory(aside);
        Disk.forceDirectory(directory);
    }
}
