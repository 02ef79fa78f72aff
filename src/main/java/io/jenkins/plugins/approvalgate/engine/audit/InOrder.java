package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tasks that need nothing of each other, done on all processors at once; their results are taken in the order in which the tasks
 * were handed in, by the thread that hands them in. For one thread.
 */
final class InOrder<T> implements Closeable {

    private static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors());
    /** How many tasks are handed in before the first result is taken. */
    private static final int AHEAD = 4 * THREADS;

    /** One of many. Done by any thread. */
    interface Task<T> {
        T run() throws IOException;
    }

    /** What is done with the results. */
    interface Taker<T> {
        void take(T result) throws IOException;
    }

    private final Taker<T> taker;
    private final Deque<Future<T>> ahead = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "approval-gate journal reader");
        thread.setDaemon(true);
        return thread;
    });

    InOrder(Taker<T> taker) {
        this.taker = taker;
    }

    /** Hands a task in; takes a result, if there are many to come. */
    void add(Task<T> task) throws IOException {
        ahead.add(threads.submit(task::run));
        if (ahead.size() >= AHEAD) {
            takeFirst();
        }
    }

    /** Takes all results that are still to come. */
    void finish() throws IOException {
        while (!ahead.isEmpty()) {
            takeFirst();
        }
    }

    private void takeFirst() throws IOException {
        try {
            taker.take(ahead.remove().get());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("reading the journal was stopped");
        } catch (ExecutionException failed) {
            throw new IOException("the journal could not be read: " + failed.getCause(), failed.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
