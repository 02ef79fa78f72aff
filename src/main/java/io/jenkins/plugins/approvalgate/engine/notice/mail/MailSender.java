package io.jenkins.plugins.approvalgate.engine.notice.mail;

import java.io.Closeable;
import java.io.IOException;

/** Hands mails to a mail server. For one thread. */
interface MailSender {

    /** Whether there is a mail server to hand mails to. Fast. */
    boolean isConfigured();

    /** The part after the {@code @} in Message-IDs. */
    String domain();

    /** @throws MailFailure of kind {@link MailFailure.Kind#SERVER} */
    Connection connect() throws MailFailure;

    /** A connection to the mail server, over which several mails can go. */
    interface Connection extends Closeable {

        /**
         * Sends {@code mail}.
         *
         * @param beforeEnd called when the server has all of it but its end, without which it takes nothing; if it throws,
         *     the mail is not sent
         * @throws MailFailure if the server did not take it, or is not known to have
         */
        void send(Mail mail, BeforeEnd beforeEnd) throws MailFailure;

        /** Says good-bye; does not fail. */
        @Override
        void close();
    }

    /** Something to do while the mail can still be called back. */
    @FunctionalInterface
    interface BeforeEnd {
        void run() throws IOException;
    }
}
