package io.jenkins.plugins.approvalgate.engine.notice.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Sends by SMTP, with Jakarta Mail. */
final class SmtpSender implements MailSender {

    private static final Logger LOGGER = Logger.getLogger(SmtpSender.class.getName());
    private static final int PERMANENT = 500;
    private static final int CLOSING_DOWN = 421;

    private final SmtpSettings settings;
    private final Clock clock;

    /** @param clock the computer's own: it dates the mails */
    SmtpSender(SmtpSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public boolean isConfigured() {
        return settings.isConfigured();
    }

    @Override
    public String domain() {
        try {
            String from = settings.from().getAddress();
            String domain = from.substring(from.indexOf('@') + 1);
            if (domain.matches("[A-Za-z0-9.-]+")) {
                return domain;
            }
        } catch (AddressException | UnsupportedEncodingException told) {
            LOGGER.log(Level.FINE, "Told when a mail is sent", told);
        }
        return "approval-gate.invalid";
    }

    @Override
    public Connection connect() throws MailFailure {
        // Jakarta Mail looks for its parts through the thread's class loader, which in Jenkins sees none of them.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Session.class.getClassLoader());
        try {
            SmtpMessage.Sender sender = new SmtpMessage.Sender(settings.from(), settings.replyTo());
            Session session = settings.session();
            Transport transport = session.getTransport(new InternetAddress("somebody@example.invalid"));
            transport.connect();
            return new Open(session, transport, sender, before);
        } catch (MessagingException | UnsupportedEncodingException | RuntimeException failed) {
            thread.setContextClassLoader(before);
            throw new MailFailure(MailFailure.Kind.SERVER, failed.getMessage(), failed);
        }
    }

    private final class Open implements Connection {
        private final Session session;
        private final Transport transport;
        private final SmtpMessage.Sender sender;
        private final ClassLoader before;

        Open(Session session, Transport transport, SmtpMessage.Sender sender, ClassLoader before) {
            this.session = session;
            this.transport = transport;
            this.sender = sender;
            this.before = before;
        }

        @Override
        public void send(Mail mail, BeforeEnd beforeEnd) throws MailFailure {
            SmtpMessage message;
            try {
                message = SmtpMessage.of(mail, sender, clock.instant(), session, beforeEnd);
            } catch (MessagingException unfit) {
                throw new MailFailure(MailFailure.Kind.REFUSED, unfit.getMessage(), unfit);
            }
            try {
                transport.sendMessage(message, new Address[] {new InternetAddress(mail.to(), true)});
            } catch (MessagingException failed) {
                throw new MailFailure(kind(failed, message.isHandedOver()), said(failed), failed);
            }
        }

        @Override
        public void close() {
            try {
                transport.close();
            } catch (MessagingException gone) {
                LOGGER.log(Level.FINE, "The mail server was gone before the good-bye", gone);
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    private static MailFailure.Kind kind(MessagingException failed, boolean handedOver) {
        for (Exception at = failed; at != null; at = next(at)) {
            if (at instanceof SMTPAddressFailedException address) {
                return forThisMail(address.getReturnCode());
            }
            if (at instanceof SMTPSenderFailedException) {
                return MailFailure.Kind.SERVER;
            }
            if (at instanceof SMTPSendFailedException answer && answer.getReturnCode() > 0) {
                return answer.getCommand().startsWith("MAIL") ? MailFailure.Kind.SERVER : forThisMail(answer.getReturnCode());
            }
        }
        return handedOver ? MailFailure.Kind.UNKNOWN : MailFailure.Kind.SERVER;
    }

    /** A refused address is told as a chain of exceptions, of which the first only says that there was one. */
    private static Exception next(Exception failed) {
        return failed instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    private static MailFailure.Kind forThisMail(int code) {
        if (code == CLOSING_DOWN) {
            return MailFailure.Kind.SERVER;
        }
        return code >= PERMANENT ? MailFailure.Kind.REFUSED : MailFailure.Kind.LATER;
    }

    private static String said(MessagingException failed) {
        Exception last = failed;
        for (Exception at = failed; at != null; at = next(at)) {
            last = at;
        }
        return CleanText.line(String.valueOf(last.getMessage()));
    }
}
