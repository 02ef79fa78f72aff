package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The simulated runs. All moves are made by one thread, each is on disk before the next; whoever reads sees the last that
 * is. Thread-safe.
 */
final class Runs implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Runs.class.getName());
    private static final int SECONDS_TO_NEXT_TRY = 5;
    private static final int SECONDS_TO_FINISH = 10;

    private final RunFiles files;
    private final ConcurrentSkipListMap<Integer, Run> runs = new ConcurrentSkipListMap<>();
    private final ScheduledThreadPoolExecutor mover = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "preview runs");
        thread.setDaemon(true);
        return thread;
    });
    private GateKeeper keeper;

    Runs(RunFiles files) {
        this.files = files;
        mover.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Finds the runs as they were, and goes on with those that have not ended. */
    void start(GateKeeper gates) throws IOException {
        keeper = gates;
        runs.putAll(files.load());
        for (Run run : runs.values()) {
            later(run.number(), 0);
        }
        mover.execute(this::giveBackLost);
    }

    private void giveBackLost() {
        try {
            giveBack(gate -> !runs.containsKey(gate.request().build()), "Its run is gone.");
        } catch (Refusal notNow) {
            LOGGER.log(Level.WARNING, notNow, () -> "The locks of runs that are gone stay with them until the next start");
        }
    }

    /** A new run, at the place where it first has to wait. */
    Run begin(String branch, String user, Map<String, String> metrics) throws IOException {
        return onMover(() -> {
            int number = runs.isEmpty() ? 1 : runs.lastKey() + 1;
            save(Run.begin(number, branch, user, metrics, keeper.now()));
            return goOn(number);
        });
    }

    Optional<Run> find(int number) {
        return Optional.ofNullable(runs.get(number));
    }

    /** The newest runs first. */
    List<Run> newest(int most) {
        return runs.descendingMap().values().stream().limit(most).toList();
    }

    /**
     * Ends a run and calls its open gate off.
     *
     * @return the run after it; as it was, if it had ended
     */
    Run abort(int number, Optional<String> by) throws IOException {
        return onMover(() -> {
            while (true) {
                Run run = goOn(number);
                Optional<Step> current = run.current();
                if (current.isEmpty()) {
                    return run;
                }
                String reason = by.map(user -> "The build was aborted by " + user + ".").orElse("The build was aborted.");
                if (current.get().gate().isEmpty()) {
                    save(run.with(current.get().with(Step.Status.ABORTED)).saying(reason, keeper.now()));
                    return runs.get(number);
                }
                callOff(current.get().gate().get(), new Command.Cancel(by, reason));
            }
        });
    }

    /** First the gate, then the run: after a crash in between, the run finds it called off and ends too. */
    private void callOff(String gate, Command.Cancel command) throws Refusal {
        try {
            keeper.cancel(gate, command);
        } catch (Refusal refusal) {
            if (refusal.kind() != Refusal.Kind.CLOSED) {
                throw refusal;
            }
        }
    }

    /** To be told that a gate ended. Returns at once. */
    void closed(Gate gate) {
        later(gate.request().build(), 0);
    }

    private void later(int number, int seconds) {
        try {
            mover.schedule(() -> goOn(number), seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException goingDown) {
            LOGGER.log(Level.FINE, "Left for the next start", goingDown);
        }
    }

    /** On the mover's thread: as far as the run comes now. */
    private Run goOn(int number) {
        Run run = runs.get(number);
        if (run == null) {
            return null;
        }
        try {
            Progress progress = new Progress(keeper);
            for (Optional<Run> next = progress.next(run); next.isPresent(); next = progress.next(run)) {
                run = next.get();
                save(run);
            }
            // Once more: the power may have gone after the run had ended and before its locks were back.
            giveBackLocks(run);
        } catch (IOException | Refusal notNow) {
            LOGGER.log(Level.WARNING, notNow, () -> "Run " + number + " will be tried again in "
                    + SECONDS_TO_NEXT_TRY + " seconds");
            later(number, SECONDS_TO_NEXT_TRY);
        }
        return runs.get(number);
    }

    private void save(Run run) throws IOException, Refusal {
        files.save(run);
        runs.put(run.number(), run);
        giveBackLocks(run);
    }

    /** Without a block around what is deployed, a build has its locks until it ends. */
    private void giveBackLocks(Run run) throws Refusal {
        if (run.current().isEmpty()) {
            giveBack(gate -> gate.request().build() == run.number(), "The build ended.");
        }
    }

    private void giveBack(Predicate<Gate> which, String reason) throws Refusal {
        for (Gate holder : keeper.lockHolders()) {
            if (which.test(holder)) {
                keeper.release(holder.id(), new Command.Release(Optional.empty(), reason));
            }
        }
    }

    private Run onMover(Callable<Run> move) throws IOException {
        try {
            return mover.submit(move).get();
        } catch (RejectedExecutionException goingDown) {
            throw new IOException("the preview is going down", goingDown);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    /** Finishes the move under way; what comes after is found again at the next start. */
    @Override
    public void close() {
        mover.shutdown();
        try {
            if (!mover.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                LOGGER.warning("A run did not stop in time; it goes on from its last move at the next start");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
