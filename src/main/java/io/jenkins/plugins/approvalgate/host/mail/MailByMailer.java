package io.jenkins.plugins.approvalgate.host.mail;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.notice.mail.Mailing;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.GateListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Mail, put together for this Jenkins. */
public final class MailByMailer {

    private static final Logger LOGGER = Logger.getLogger(MailByMailer.class.getName());

    private MailByMailer() {}

    /**
     * Goes on where mail was left, and begins to send. Empty if its files cannot be used, with the reason in the log: gates work
     * without mail.
     */
    public static Optional<Mailing> start(GateKeeper keeper, Host host) {
        Path home = Jenkins.get().getRootDir().toPath().resolve("approval-gate");
        try {
            Mailing mailing = Mailing.open(
                    home.resolve("notices").resolve("mail"),
                    keeper,
                    host,
                    new MailerPeople(),
                    new MailerSettings(),
                    new Mailing.Manner(Locale.getDefault(), ZoneId.systemDefault(), Clock.systemUTC(), Mailing.GATHER));
            mailing.start();
            return Optional.of(mailing);
        } catch (IOException | RuntimeException unusable) {
            LOGGER.log(Level.SEVERE, "Nobody is told of gates by mail, because the files for it cannot be used", unusable);
            return Optional.empty();
        }
    }

    /** Lets the files go; what was not sent waits in them. */
    public static void stop(Mailing mailing) {
        try {
            mailing.close();
        } catch (IOException untidy) {
            LOGGER.log(Level.WARNING, "The mails' files could not be closed; what is in them is on disk", untidy);
        }
    }

    /** Has the mail look at what happened. */
    @Extension
    public static final class Poke implements GateListener {
        @Override
        public void onChanged(Gate gate, List<GateEvent> news) {
            ApprovalGates.get().mail().ifPresent(Mailing::poke);
        }
    }
}
