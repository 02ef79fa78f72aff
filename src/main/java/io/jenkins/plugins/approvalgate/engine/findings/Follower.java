package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalFeed;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Goes through the journal behind what happens, and puts on record what a detector finds: each once, wherever it is stopped.
 * A finding is written before the line that completed it is done; so after a crash that line comes again, and what is on
 * record behind it is known from the journal itself. Has a thread and a place of its own.
 */
final class Follower {

    private static final Logger LOGGER = Logger.getLogger(Follower.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final GateKeeper keeper;
    private final Path place;
    private final Detector detector;
    private final Runnable onFound;
    private final Thread thread;
    private final Known known = new Known();
    private Optional<JournalFeed> feed = Optional.empty();
    private int failures;

    /** The following are guarded by this. */
    private boolean news;

    private boolean stopped;

    /**
     * @param place where its place in the journal is kept
     * @param onFound told when something is on record; has to return at once
     */
    Follower(GateKeeper keeper, Path place, Detector detector, Runnable onFound) {
        this.keeper = keeper;
        this.place = place;
        this.detector = detector;
        this.onFound = onFound;
        thread = new Thread(this::run, "approval-gate findings");
        thread.setDaemon(true);
    }

    /** Finds its place, so that what happens from now on is looked at, and begins. */
    void start() {
        try {
            open();
        } catch (IOException later) {
            LOGGER.log(Level.WARNING, later, () -> "The place of the findings cannot be read or written now: " + place);
        }
        thread.start();
    }

    private JournalFeed open() throws IOException {
        if (feed.isEmpty()) {
            JournalFeed lines = JournalFeed.open(keeper.journal(), place);
            readAhead(lines);
            feed = Optional.of(lines);
        }
        return feed.get();
    }

    /** What is on record of lines that come again stands behind them. */
    private void readAhead(JournalFeed lines) throws IOException {
        Optional<JournalFeed> ahead = JournalFeed.from(keeper.journal(), lines.place());
        if (ahead.isEmpty()) {
            return;
        }
        for (Optional<JournalLine> line = ahead.get().next(); line.isPresent(); line = ahead.get().next()) {
            if (line.get().type().equals(Notes.FINDING)) {
                Finding.of(line.get().gate(), line.get().data()).ifPresent(known::add);
            }
            ahead.get().passed(line.get());
        }
    }

    private void run() {
        try {
            while (!isStopped()) {
                takeOne();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeOne() throws InterruptedException {
        try {
            if (!step()) {
                pause(LOOK);
            }
            failures = 0;
        } catch (Detector.NotYet later) {
            pause(SOON);
        } catch (IOException | Refusal | RuntimeException | Error failed) {
            failures++;
            LOGGER.log(failures == 1 ? Level.WARNING : Level.FINE, "Nothing can be found or recorded now; it is tried again", failed);
            rest(Duration.ofSeconds(1L << Math.min(failures - 1, 6)));
        }
    }

    /**
     * Brings it a line further.
     *
     * @return whether there was one
     */
    boolean step() throws IOException, Refusal, Detector.NotYet {
        JournalFeed lines = open();
        Optional<JournalLine> next = lines.next();
        if (next.isEmpty()) {
            return false;
        }
        JournalLine line = next.get();
        if (!detector.watches(line.type())) {
            lines.passed(line);
            return true;
        }
        record(detector.look(line, known).stream().filter(finding -> !known.has(finding)).toList());
        lines.done(line);
        return true;
    }

    private void record(List<Finding> found) throws Refusal {
        if (!found.isEmpty()) {
            keeper.note(found.stream().map(finding -> finding.draft(keeper.now())).toList());
            found.forEach(known::add);
            onFound.run();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Until there are news, but not longer than {@code most}. */
    private synchronized void pause(Duration most) throws InterruptedException {
        if (!news && !stopped) {
            wait(most.toMillis());
        }
        news = false;
    }

    private synchronized void rest(Duration span) throws InterruptedException {
        Duration rest = span.compareTo(LONGEST_REST) < 0 ? span : LONGEST_REST;
        long end = System.nanoTime() + rest.toNanos();
        for (long left = rest.toNanos(); left > 0 && !stopped; left = end - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }

    /** Something may have happened. Returns at once. */
    synchronized void poke() {
        news = true;
        notifyAll();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Waits for its end. */
    void join(Duration most) throws InterruptedException {
        thread.join(Math.max(1, most.toMillis()));
    }
}
