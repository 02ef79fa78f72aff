package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.audit.JournalFeed;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads the journal, line by line, and puts into the outbox what has to be told. For one thread. */
final class MailFollower {

    private static final Logger LOGGER = Logger.getLogger(MailFollower.class.getName());

    private final JournalFeed feed;
    private final MailDesk desk;
    private final Outbox outbox;
    private final BooleanSupplier isWanted;
    private final Clock clock;

    /**
     * @param isWanted whether mail can be sent at all; what happens while it cannot is told nobody, not even later
     * @param clock the computer's own
     */
    MailFollower(JournalFeed feed, MailDesk desk, Outbox outbox, BooleanSupplier isWanted, Clock clock) {
        this.feed = feed;
        this.desk = desk;
        this.outbox = outbox;
        this.isWanted = isWanted;
        this.clock = clock;
    }

    /**
     * Takes in the next line.
     *
     * @return whether there was one
     * @throws IOException if a disk fails; the line comes again
     */
    boolean takeOne() throws IOException {
        Optional<JournalLine> line = feed.next();
        if (line.isEmpty()) {
            return false;
        }
        List<Notice> notices = noticesOf(line.get());
        if (notices.isEmpty()) {
            feed.passed(line.get());
        } else {
            outbox.queue(line.get().seq(), line.get().hash(), clock.instant(), notices);
            feed.done(line.get());
        }
        return true;
    }

    private List<Notice> noticesOf(JournalLine line) throws IOException {
        if (!isWanted.getAsBoolean() || outbox.hasRead(line.hash())) {
            return List.of();
        }
        try {
            return desk.noticesOf(line);
        } catch (RuntimeException cannot) {
            LOGGER.log(
                    Level.WARNING,
                    cannot,
                    () -> "Gate " + line.gate().orElse("") + ": nobody is told of line " + line.seq()
                            + " of the journal, because who has to be cannot be found out");
            return List.of();
        }
    }
}
