package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.audit.JournalFeed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Mail, as a whole: one thread that follows the journal, keeps in files of its own what has to be told, and hands it to the
 * mail server, over one connection at a time. Whatever it waits for, nothing else does.
 *
 * <p>What is gathered, tried again and given up is so by the computer's own clock, not by that of the gates: it is for the
 * sake of mailboxes and servers, for which time passes as it does, even where a preview's clock is moved.
 */
public final class Mailing implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Mailing.class.getName());
    /** Nobody gets more than one mail in this time. */
    public static final Duration GATHER = Duration.ofMinutes(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final long LONGEST_GOODBYE_MILLIS = 5_000;

    private final Outbox outbox;
    private final MailFollower follower;
    private final Postman postman;
    private final Clock clock;
    private final Thread thread;
    private boolean poked;
    private boolean resting;
    private boolean closed;

    private Mailing(Outbox outbox, MailFollower follower, Postman postman, Clock clock) {
        this.outbox = outbox;
        this.follower = follower;
        this.postman = postman;
        this.clock = clock;
        thread = new Thread(this::run, "approval-gate mail");
        thread.setDaemon(true);
    }

    /**
     * How mails are made.
     *
     * @param locale of their words
     * @param zone in which they tell times
     * @param clock the computer's own
     * @param gather nobody gets more than one mail in this time
     */
    public record Manner(Locale locale, ZoneId zone, Clock clock, Duration gather) {}

    /**
     * Goes on where it was left. Where it never was, it tells what happens from now on, not what the journal has already.
     *
     * @param folder for files of its own; made if need be
     * @throws IOException if they cannot be read or written
     */
    public static Mailing open(
            Path folder, GateKeeper keeper, Host host, MailPeople people, SmtpSettings settings, Manner manner)
            throws IOException {
        return open(folder, new MailDesk(keeper, host, people), keeper, new SmtpSender(settings, manner.clock()), manner);
    }

    static Mailing open(Path folder, MailDesk desk, GateKeeper keeper, MailSender sender, Manner manner)
            throws IOException {
        Files.createDirectories(folder);
        Outbox outbox = Outbox.open(folder.resolve("outbox.jsonl"));
        try {
            JournalFeed feed = JournalFeed.open(keeper.journal(), folder.resolve("place.json"));
            MailComposer composer = new MailComposer(MailWords.in(manner.locale(), manner.zone()));
            return new Mailing(
                    outbox,
                    new MailFollower(feed, desk, outbox, sender::isConfigured, manner.clock()),
                    new Postman(outbox, desk, sender, composer, manner.clock(), manner.gather()),
                    manner.clock());
        } catch (IOException | RuntimeException failed) {
            outbox.close();
            throw failed;
        }
    }

    /** Begins to send. To be called once. */
    public void start() {
        thread.start();
    }

    /** Something happened: looks at the journal soon. Returns at once. */
    public synchronized void poke() {
        poked = true;
        notifyAll();
    }

    private void run() {
        try {
            while (awaitNext(work())) {
                LOGGER.finest("Looking at the journal");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return when something is to be done, even if nothing happens */
    private Optional<Instant> work() {
        try {
            while (!isClosed() && follower.takeOne()) {
                LOGGER.finest("Took in a line");
            }
            return isClosed() ? Optional.empty() : postman.round(() -> !isClosed());
        } catch (IOException | RuntimeException failed) {
            LOGGER.log(Level.SEVERE, "Mails wait, because something failed; trying again in a minute", failed);
            return Optional.empty();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** @return whether to go on */
    private synchronized boolean awaitNext(Optional<Instant> due) throws InterruptedException {
        Duration left = due.map(instant -> Duration.between(clock.instant(), instant))
                .filter(wait -> wait.compareTo(LONGEST_WAIT) < 0)
                .orElse(LONGEST_WAIT);
        resting = true;
        if (!poked && !closed) {
            wait(Math.max(1, left.toMillis()));
        }
        resting = false;
        poked = false;
        return !closed;
    }

    /** Whether there is nothing to do since the last poke but to wait. */
    synchronized boolean isResting() {
        return resting && !poked;
    }

    /** Whether nobody has to be told anything any more. */
    synchronized boolean isIdle() {
        return isResting() && outbox.isEmpty();
    }

    /** Ends after the mail that is under way; the rest waits on disk. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (thread.isAlive()) {
            try {
                thread.join(LONGEST_GOODBYE_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        // A thread that is still in talks with a server has nothing to write to then, and sends nothing.
        outbox.close();
    }
}
