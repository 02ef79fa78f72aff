package io.jenkins.plugins.approvalgate.engine;

import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.logging.Logger;

/**
 * Does things when their time has come. One thread looks at the earliest only, so a tick costs the same with ten timers
 * as with a hundred thousand; what is due is handed to {@code worker}.
 *
 * <p>The clock is looked at anew at least once a minute, so a clock that jumps forward, or a machine that slept, delays
 * nothing by more than that. Where the clock was set back behind the moment at which something was asked for, that is done
 * at once: how long it was meant to wait is not known any more, and who looks too early asks again.
 */
final class Timers implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Timers.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** As far as a clock that is only corrected goes back. */
    private static final Duration CORRECTION = Duration.ofMinutes(1);

    /** @param made when it was asked for */
    private record Timer(Instant due, Instant made, Runnable task) {}

    private final Clock clock;
    private final Executor worker;
    private final PriorityQueue<Timer> waiting = new PriorityQueue<>(Comparator.comparing(Timer::due));
    private final Thread thread;
    /** What the clock said when it was looked at last. */
    private Instant seen = Instant.MIN;
    private boolean lookAgain;
    private boolean closed;

    Timers(Clock clock, Executor worker) {
        this.clock = clock;
        this.worker = worker;
        thread = new Thread(this::run, "approval-gate timers");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Does {@code task} when it is {@code due}, at once where that has passed. It must not fail. */
    synchronized void at(Instant due, Runnable task) {
        waiting.add(new Timer(due, clock.instant(), task));
        notifyAll();
    }

    /** Looks at the clock now, because it was moved. */
    synchronized void clockMoved() {
        lookAgain = true;
        notifyAll();
    }

    private void run() {
        try {
            while (true) {
                takeDue().forEach(timer -> worker.execute(timer.task()));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until something is due, or a minute, and takes what is. */
    private synchronized List<Timer> takeDue() throws InterruptedException {
        if (closed) {
            throw new InterruptedException("closed");
        }
        Duration left = waiting.isEmpty() ? LONGEST_WAIT : Duration.between(clock.instant(), waiting.peek().due());
        if (!lookAgain && !left.isNegative() && !left.isZero()) {
            wait(Math.max(1, (left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT).toMillis()));
        }
        lookAgain = false;
        Instant now = clock.instant();
        List<Timer> due = new ArrayList<>(setBackBehind(now));
        while (!waiting.isEmpty() && !waiting.peek().due().isAfter(now)) {
            due.add(waiting.remove());
        }
        return due;
    }

    /** Takes what was asked for at times that have not come yet. */
    private List<Timer> setBackBehind(Instant now) {
        boolean setBack = seen.isAfter(now.plus(CORRECTION));
        seen = now;
        if (!setBack) {
            return List.of();
        }
        LOGGER.warning(() -> "The clock was set back to " + now + ": all that waits for a time is looked at again");
        List<Timer> early = new ArrayList<>();
        waiting.removeIf(timer -> timer.made().isAfter(now) && early.add(timer));
        return early;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }
}
