package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps everybody else, in this process or another, out of a journal until it is closed or the process ends. */
final class JournalLock implements Closeable {

    /**
     * What this process has locked. A process that closes any channel of a file loses its lock on that file (POSIX,
     * fcntl), so whoever comes second here must not even open it.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private JournalLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** @throws IOException if somebody has it already */
    static JournalLock take(Path journal) throws IOException {
        Path directory = journal.toRealPath();
        if (!OURS.add(directory)) {
            throw inUse(directory);
        }
        try {
            return new JournalLock(directory, lock(directory));
        } catch (IOException | RuntimeException failed) {
            OURS.remove(directory);
            throw failed;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException otherClassLoader) {
            // told below, in the same words
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
        channel.close();
        throw inUse(directory);
    }

    private static IOException inUse(Path directory) {
        return new IOException("the journal in " + directory + " is in use by another process: end that one first");
    }

    /** May be called again. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                OURS.remove(directory);
            }
        }
    }
}
