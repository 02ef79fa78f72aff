package io.jenkins.plugins.approvalgate.engine.audit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/** Who reads a journal's files, so that none is removed under their hands. Thread-safe. */
final class Readers {

    private final ReadWriteLock files = new ReentrantReadWriteLock();
    /** Of each, the number of the last line that it needs no more. */
    private final Map<Object, LongSupplier> followers = new ConcurrentHashMap<>();

    /** Keeps all files that there are, until unlocked by the same thread; waits while some are being removed. */
    Lock begin() {
        files.readLock().lock();
        return files.readLock();
    }

    /**
     * Does {@code removal} if nobody reads.
     *
     * @return whether it was done
     */
    <E extends Exception> boolean unlessReading(Removal<E> removal) throws E {
        if (!files.writeLock().tryLock()) {
            return false;
        }
        try {
            removal.run();
            return true;
        } finally {
            files.writeLock().unlock();
        }
    }

    /** Removes something from the journal. */
    @FunctionalInterface
    interface Removal<E extends Exception> {
        void run() throws E;
    }

    void follow(Object follower, LongSupplier seq) {
        followers.put(follower, seq);
    }

    void unfollow(Object follower) {
        followers.remove(follower);
    }

    /** The number of the last line that no follower needs any more. */
    long passedByAll() {
        return followers.values().stream().mapToLong(LongSupplier::getAsLong).min().orElse(Long.MAX_VALUE);
    }
}
