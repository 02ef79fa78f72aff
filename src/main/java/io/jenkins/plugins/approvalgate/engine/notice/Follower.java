package io.jenkins.plugins.approvalgate.engine.notice;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Moment;
import io.jenkins.plugins.approvalgate.engine.audit.JournalFeed;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells one webhook what happens, line by line of the journal, one call at a time: the next event is sent when the one before
 * has been taken. Has a thread of its own, so one that hangs delays nobody.
 */
final class Follower {

    private static final Logger LOGGER = Logger.getLogger(Follower.class.getName());
    /** How long it sleeps at most if nobody pokes it. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    /** What a follower needs, the same for all. */
    record Office(GateKeeper keeper, Caller caller, BackOff backOff, Sleep sleep, Clock clock) {
        Optional<String> root() {
            return caller.rootUrl();
        }
    }

    /** How long a pause really takes; tests make it short. */
    @FunctionalInterface
    interface Sleep {
        Duration real(Duration pause);
    }

    private final Office office;
    private final Path place;
    private final Thread thread;
    private volatile Outlet outlet;
    private volatile WebhookState state;
    private Optional<JournalFeed> feed = Optional.empty();
    private int failures;

    /** The following are guarded by this. */
    private boolean news;

    private boolean edited;
    private boolean stopped;
    private boolean calling;

    /** @param place where its place in the journal is kept */
    Follower(Office office, Path place, Outlet outlet) {
        this.office = office;
        this.place = place;
        this.outlet = outlet;
        state = new WebhookState(outlet.shown(), 0, Optional.empty(), Optional.empty(), false);
        thread = new Thread(this::run, "approval-gate webhook");
        thread.setDaemon(true);
    }

    /** Finds its place, so that what happens from now on is told, and begins. */
    void start() {
        try {
            open();
        } catch (IOException later) {
            LOGGER.log(Level.WARNING, later, () -> "The place of a webhook cannot be read or written now: " + place);
        }
        thread.start();
    }

    private JournalFeed open() throws IOException {
        if (feed.isEmpty()) {
            feed = Optional.of(JournalFeed.open(office.keeper().journal(), place));
            told(feed.get());
        }
        return feed.get();
    }

    private void run() {
        try {
            follow();
        } finally {
            feed.ifPresent(JournalFeed::close);
        }
    }

    private void follow() {
        while (!isStopped()) {
            try {
                step();
            } catch (IOException unreadable) {
                failed("what is next: the journal cannot be read now: " + unreadable.getMessage(), Optional.empty());
            } catch (InterruptedException stop) {
                // The loop's head knows.
            } catch (RuntimeException bug) {
                // Its message could hold what was to be sent.
                Throwable where = new Throwable(bug.getClass().getName());
                where.setStackTrace(bug.getStackTrace());
                LOGGER.log(Level.SEVERE, "A webhook failed", where);
                failed("what is next: the plugin itself failed: " + bug.getClass().getSimpleName(), Optional.empty());
            }
        }
    }

    /** Brings it a line further, or waits until that may be possible. */
    private void step() throws IOException, InterruptedException {
        JournalFeed lines = open();
        Optional<JournalLine> line = lines.next();
        if (line.isEmpty()) {
            idle();
            return;
        }
        Outlet now = outlet;
        Optional<Told> told = toldOf(line.get(), now);
        if (told.isEmpty()) {
            lines.passed(line.get());
            told(lines);
        } else if (deliver(now, told.get())) {
            done(lines, line.get());
        }
    }

    /** What it is to be told of a line; empty if nothing. */
    private Optional<Told> toldOf(JournalLine line, Outlet now) throws IOException {
        if (!now.webhook().wantsType(line.type())) {
            return Optional.empty();
        }
        if (line.type().equals(Notes.FINDING)) {
            return Optional.of(line)
                    .filter(finding -> wants(now.webhook(), FindingData.environment(finding)))
                    .map(finding -> new Told(finding, Optional.empty(), office.root()));
        }
        Optional<Gate> gate = Moment.of(line, office.keeper());
        return gate.filter(known -> now.webhook().wantsEnvironment(known.request().environment()))
                .map(known -> new Told(line, Optional.of(known), office.root()));
    }

    /** What concerns no environment in particular is for those who want to know of all. */
    private static boolean wants(Webhook webhook, Optional<String> environment) {
        return environment.map(webhook::wantsEnvironment).orElse(webhook.environments().isEmpty());
    }

    /** One attempt, and the pause after it if it failed; whether it was taken. */
    private boolean deliver(Outlet now, Told told) throws InterruptedException {
        if (!beginCall()) {
            return false;
        }
        Caller.Answer answer;
        try {
            answer = call(now, told);
        } catch (IOException none) {
            failed(told.name() + ": " + none.getMessage(), Optional.empty());
            return false;
        }
        if (answer.isFine()) {
            return true;
        }
        if (answer.isGone()) {
            pause();
        } else {
            failed(told.name() + ": it answered " + answer.status(), answer.retryAfter());
        }
        return false;
    }

    private Caller.Answer call(Outlet now, Told told) throws IOException, InterruptedException {
        try {
            return office.caller().call(now, told);
        } finally {
            endCall();
        }
    }

    private void done(JournalFeed lines, JournalLine line) {
        if (failures > 0) {
            LOGGER.info(() -> "Webhook " + outlet.shown() + ": delivered again, after " + failures + " calls that failed");
        }
        failures = 0;
        try {
            lines.done(line);
        } catch (IOException full) {
            LOGGER.log(Level.WARNING, full, () -> "Webhook " + outlet.shown() + ": its place cannot be written now; after a"
                    + " restart it may be told again what it was told");
        }
        told(lines);
    }

    private void told(JournalFeed lines) {
        WebhookState before = state;
        state = failures == 0
                ? new WebhookState(outlet.shown(), lines.seq(), Optional.empty(), Optional.empty(), false)
                : new WebhookState(outlet.shown(), lines.seq(), before.failingSince(), before.problem(), false);
    }

    /** Says so once, and waits. */
    private void failed(String why, Optional<Duration> retryAfter) {
        if (isStopped()) {
            return;
        }
        failures++;
        remember(why, false);
        LOGGER.log(failures == 1 ? Level.WARNING : Level.FINE, () ->
                "Webhook " + outlet.shown() + " was not told of " + why + ". It is tried again until it is.");
        rest(Optional.of(office.sleep().real(office.backOff().after(failures, retryAfter))));
    }

    private void pause() {
        failures++;
        remember("it says that it is gone (410), so it is called no more before the configuration is saved again", true);
        LOGGER.warning(() -> "Webhook " + outlet.shown() + ": " + state.problem().orElseThrow());
        rest(Optional.empty());
    }

    private void remember(String why, boolean paused) {
        Instant since = state.failingSince().orElseGet(() -> office.clock().instant());
        state = new WebhookState(outlet.shown(), state.seq(), Optional.of(since), Optional.of(why), paused);
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized boolean beginCall() {
        calling = !stopped;
        return calling;
    }

    /** An interrupt that came at the last moment is not for the file that is written next. */
    private synchronized void endCall() {
        calling = false;
        Thread.interrupted();
    }

    /** Until there are news, or it was edited; a minute at most. */
    private synchronized void idle() throws InterruptedException {
        if (!news && !edited && !stopped) {
            wait(LOOK.toMillis());
        }
        news = false;
        edited = false;
    }

    /** For {@code pause}, or until it was edited; without a pause, until then. */
    private synchronized void rest(Optional<Duration> pause) {
        long end = System.nanoTime() + pause.orElse(Duration.ZERO).toNanos();
        try {
            while (!edited && !stopped) {
                long left = end - System.nanoTime();
                if (pause.isPresent() && left <= 0) {
                    return;
                }
                wait(pause.isPresent() ? left / 1_000_000 + 1 : 0);
            }
        } catch (InterruptedException nobodyDoes) {
            stopped = true;
        }
        edited = false;
    }

    /** Something may have happened. Returns at once. */
    synchronized void poke() {
        news = true;
        notifyAll();
    }

    /** From the next attempt on it is {@code now}, which comes at once. */
    synchronized void change(Outlet now) {
        outlet = now;
        edited = true;
        notifyAll();
    }

    /** Breaks off what it does; what was under way comes again when somebody goes on from its place. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
        if (calling) {
            thread.interrupt();
        }
    }

    /** Waits for its end. */
    void join(Duration most) throws InterruptedException {
        thread.join(Math.max(1, most.toMillis()));
    }

    Path place() {
        return place;
    }

    WebhookState state() {
        return state;
    }
}
