package io.jenkins.plugins.approvalgate.engine;

import java.io.Closeable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The engine's own threads, bounded in number. */
final class Workers implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Workers.class.getName());
    private static final int COMMANDS_AT_ONCE = 4;
    private static final long SECONDS_TO_FINISH = 30;

    private final ExecutorService commands = Executors.newFixedThreadPool(COMMANDS_AT_ONCE, named("approval-gate worker"));
    private final ExecutorService teller = Executors.newSingleThreadExecutor(named("approval-gate teller"));

    /** For commands that nobody waits for; they wait for the disk. */
    Executor commands() {
        return task -> execute(commands, task);
    }

    /** Does {@code task} after all that was handed in before it. */
    void tell(Runnable task) {
        execute(teller, task);
    }

    /** What comes after the end is found again at the next start, from the journal. */
    private static void execute(ExecutorService executor, Runnable task) {
        try {
            executor.execute(() -> guarded(task));
        } catch (RejectedExecutionException goingDown) {
            LOGGER.log(Level.FINE, "Left for the next start", goingDown);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOGGER.log(Level.SEVERE, "A task of the approval gates failed", bug);
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + " " + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        commands.shutdown();
        teller.shutdown();
        try {
            if (!commands.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)
                    || !teller.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                LOGGER.warning("Some tasks of the approval gates did not finish in time; nothing recorded is lost");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
