package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Who has something to write writes it, with what has come meanwhile; the others wait, and one of those who came during the
 * force does the next. So a lone command waits for no other thread, and many share a force.
 *
 * <p>Thread-safe.
 */
final class SharedForces {

    private static final int MOST_COMMANDS_A_FORCE = 1_000;

    /** Puts the lines of several commands on disk; called by one thread at a time. */
    interface Writing {
        /** @return for each command the lines that are now on disk */
        List<List<JournalLine>> write(List<List<JournalLine.Draft>> commands) throws IOException;
    }

    /** What came of a command: its lines, or why there are none. */
    private record Outcome(List<JournalLine> lines, Optional<Throwable> failure) {}

    /** Somebody who waits. */
    private static final class Pending {
        private final List<JournalLine.Draft> drafts;
        private final Thread thread = Thread.currentThread();
        private volatile boolean leads;
        private volatile Outcome outcome;

        Pending(List<JournalLine.Draft> drafts) {
            this.drafts = drafts;
        }

        void lead() {
            leads = true;
            LockSupport.unpark(thread);
        }

        void end(Outcome with) {
            outcome = with;
            LockSupport.unpark(thread);
        }

        /** Until it has ended, or has to write itself. The lines may be on disk: an interrupt has to wait. */
        void await() {
            boolean interrupted = false;
            while (outcome == null && !leads) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final Writing writing;
    private final Runnable written;
    /** The following three are guarded by this. */
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;

    /** @param written told, by the thread that wrote, that there is more on disk; has to return at once and not to throw */
    SharedForces(Writing writing, Runnable written) {
        this.writing = writing;
        this.written = written;
    }

    /**
     * Returns when the lines are on disk.
     *
     * @throws JournalUnavailableException if they are not, and never will be
     */
    List<JournalLine> put(List<JournalLine.Draft> drafts) throws JournalUnavailableException {
        Pending own = new Pending(drafts);
        synchronized (this) {
            if (closed) {
                throw new JournalUnavailableException("The journal is closed: this controller is going down.", null);
            }
            waiting.add(own);
            own.leads = !busy;
            busy = true;
        }
        own.await();
        if (own.outcome == null) {
            writeWithOthers();
        }
        Outcome outcome = own.outcome;
        if (outcome.failure().isPresent()) {
            Throwable failure = outcome.failure().get();
            throw new JournalUnavailableException("It could not be written to disk: " + failure.getMessage(), failure);
        }
        return outcome.lines();
    }

    /** Those who wait, from the first on: who leads is the first of them. */
    private void writeWithOthers() {
        List<Pending> batch = new ArrayList<>();
        synchronized (this) {
            while (!waiting.isEmpty() && batch.size() < MOST_COMMANDS_A_FORCE) {
                batch.add(waiting.remove());
            }
        }
        List<Outcome> outcomes = write(batch);
        Optional<Pending> next;
        synchronized (this) {
            next = Optional.ofNullable(waiting.peek());
            busy = next.isPresent();
            notifyAll();
        }
        next.ifPresent(Pending::lead);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).end(outcomes.get(i));
        }
        if (outcomes.get(0).failure().isEmpty()) {
            written.run();
        }
    }

    private List<Outcome> write(List<Pending> batch) {
        try {
            return writing.write(batch.stream().map(pending -> pending.drafts).toList()).stream()
                    .map(lines -> new Outcome(lines, Optional.empty()))
                    .toList();
        } catch (IOException | RuntimeException | Error failed) {
            // Even out of memory, whoever waits has to be told, and the next one has to go on.
            return batch.stream().map(pending -> new Outcome(List.of(), Optional.<Throwable>of(failed))).toList();
        }
    }

    /**
     * Waits for those that were handed in; nothing is taken any more.
     *
     * @return whether it was open until now
     */
    boolean close() {
        boolean interrupted = false;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            while (busy) {
                try {
                    wait();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
