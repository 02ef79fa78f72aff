package io.jenkins.plugins.approvalgate.engine.notice.mail;

import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.util.Optional;

/** How the host is configured to send mail. Asked anew for each connection, so that a change counts at once. */
public interface SmtpSettings {

    /** Whether a mail server is configured. Fast. */
    boolean isConfigured();

    /** A session with the server, its credentials and time limits. */
    Session session();

    /**
     * The administrator's address, which mails come from.
     *
     * @throws AddressException if it is none
     */
    InternetAddress from() throws AddressException, UnsupportedEncodingException;

    /** Where answers go; empty for the same. */
    Optional<InternetAddress> replyTo() throws AddressException, UnsupportedEncodingException;
}
