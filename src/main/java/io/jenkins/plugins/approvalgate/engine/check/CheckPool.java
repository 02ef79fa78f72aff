package io.jenkins.plugins.approvalgate.engine.check;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where checks ask others: a bounded number of threads, and of those only a few for one and the same check, so that what
 * hangs delays nobody else. Whoever asked is told when the time is over, even if the thread does not come back; such a
 * thread goes on counting for its check, and is replaced for the others as long as there are not too many.
 *
 * <p>Thread-safe. Measures real time, whatever the engine's clock says.
 */
public final class CheckPool implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(CheckPool.class.getName());
    private static final int THREADS = 16;
    private static final int OF_ONE_CHECK = 4;
    private static final int MOST_REPLACED = 48;
    /** How long a thread that was interrupted may take before another takes its place. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Something that may take its time. */
    @FunctionalInterface
    public interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    /** An answer, or why there is none; exactly one of both. */
    public record Answer<T>(T value, String failure) {}

    private record Task(Object key, Duration limit, Runnable run, Consumer<String> fail) {}

    private static final class Lane {
        private final Deque<Task> waiting = new ArrayDeque<>();
        private int running;
    }

    private final ExecutorService threads = new ThreadPoolExecutor(
            0, THREADS + MOST_REPLACED, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named("approval-gate check"));
    private final ScheduledThreadPoolExecutor watch =
            new ScheduledThreadPoolExecutor(1, named("approval-gate check limits"));
    /** Guarded by this, as all below. */
    private final Map<Object, Lane> lanes = new HashMap<>();
    /** The lanes that have something to do and may. */
    private final Deque<Lane> ready = new ArrayDeque<>();
    private int running;
    private int replaced;
    private boolean closed;

    public CheckPool() {
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * Asks as soon as a thread is free for it. Returns at once.
     *
     * @param key the same for questions that go to the same place
     * @param then told once, by a thread of this pool, soon after {@code limit} at the latest, counted from the beginning;
     *     must return soon
     */
    public <T> void ask(Object key, Duration limit, Question<T> question, Consumer<Answer<T>> then) {
        AtomicBoolean told = new AtomicBoolean();
        Consumer<Answer<T>> once = answer -> {
            if (told.compareAndSet(false, true)) {
                then.accept(answer);
            }
        };
        Runnable run = () -> once.accept(answer(question));
        submit(new Task(key, limit, run, failure -> once.accept(new Answer<>(null, failure))));
    }

    private static <T> Answer<T> answer(Question<T> question) {
        try {
            T value = question.ask();
            return new Answer<>(value, value == null ? "the check itself failed: it said nothing" : null);
        } catch (IOException noAnswer) {
            // Those of closed connections have no message.
            String message = noAnswer.getMessage();
            return new Answer<>(null, message == null ? noAnswer.getClass().getSimpleName() : message);
        } catch (InterruptedException stopped) {
            return new Answer<>(null, "it was stopped");
        } catch (RuntimeException | LinkageError | StackOverflowError bug) {
            LOGGER.log(Level.SEVERE, "A check failed", withoutMessage(bug));
            return new Answer<>(null, "the check itself failed: " + bug.getClass().getSimpleName());
        }
    }

    /** The message can hold what the check sent: a header that the HTTP client does not like, for one. */
    private static Throwable withoutMessage(Throwable bug) {
        Throwable where = new Throwable(bug.getClass().getName());
        where.setStackTrace(bug.getStackTrace());
        return where;
    }

    private synchronized void submit(Task task) {
        Lane lane = lanes.computeIfAbsent(task.key(), key -> new Lane());
        lane.waiting.add(task);
        ready.add(lane);
        pump();
    }

    /** Begins what may begin. */
    private synchronized void pump() {
        for (int i = ready.size(); i > 0 && running < THREADS + replaced && !closed; i--) {
            Lane lane = ready.remove();
            // A lane that may not now comes again when one of its own ends.
            if (lane.running < OF_ONE_CHECK && !lane.waiting.isEmpty()) {
                begin(lane, lane.waiting.remove());
            }
        }
    }

    private void begin(Lane lane, Task task) {
        lane.running++;
        running++;
        try {
            threads.execute(() -> run(lane, task));
        } catch (RejectedExecutionException goingDown) {
            lane.running--;
            running--;
        }
    }

    private void run(Lane lane, Task task) {
        Attempt attempt = new Attempt(Thread.currentThread());
        watch.schedule(() -> stop(attempt, task), task.limit().toMillis(), TimeUnit.MILLISECONDS);
        try {
            task.run().run();
        } finally {
            boolean lost = attempt.end();
            // An interrupt that came at the last moment is not for whoever gets this thread next.
            Thread.interrupted();
            ended(lane, lost);
        }
    }

    /** One question on one thread. */
    private final class Attempt {
        private final Thread thread;
        private boolean ended;
        private boolean lost;

        private Attempt(Thread thread) {
            this.thread = thread;
        }

        /** Whether another thread has taken the place of this one. */
        private synchronized boolean end() {
            ended = true;
            return lost;
        }

        private synchronized boolean isUnderWay() {
            return !ended;
        }

        /** Whether there was something to interrupt. */
        private synchronized boolean interrupt() {
            if (!ended) {
                thread.interrupt();
            }
            return !ended;
        }

        private synchronized void giveUp() {
            lost = !ended && replace();
        }
    }

    private void stop(Attempt attempt, Task task) {
        if (attempt.isUnderWay()) {
            // First: whoever is interrupted has an answer, too, and it says less.
            task.fail().accept("there was no answer within " + task.limit().toSeconds() + " seconds");
        }
        if (attempt.interrupt()) {
            watch.schedule(attempt::giveUp, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized boolean replace() {
        if (replaced == MOST_REPLACED) {
            return false;
        }
        replaced++;
        pump();
        return true;
    }

    private synchronized void ended(Lane lane, boolean lost) {
        lane.running--;
        running--;
        if (lost) {
            replaced--;
        }
        if (!lane.waiting.isEmpty()) {
            ready.add(lane);
        } else if (lane.running == 0) {
            lanes.values().remove(lane);
        }
        pump();
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + " " + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Interrupts what is under way; what was not begun never is. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        watch.shutdownNow();
        threads.shutdownNow();
    }
}
