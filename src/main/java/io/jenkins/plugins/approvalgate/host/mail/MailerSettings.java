package io.jenkins.plugins.approvalgate.host.mail;

import hudson.Util;
import hudson.tasks.Mailer;
import io.jenkins.plugins.approvalgate.engine.notice.mail.SmtpSettings;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.util.Optional;
import jenkins.model.JenkinsLocationConfiguration;

/**
 * The Mailer plugin's configuration, as it is when it is asked. Without a server in there no mail is sent, although Mailer
 * itself would try this very computer then.
 */
public final class MailerSettings implements SmtpSettings {

    @Override
    public boolean isConfigured() {
        return Util.fixEmptyAndTrim(Mailer.descriptor().getSmtpHost()) != null;
    }

    @Override
    public Session session() {
        return Mailer.descriptor().createSession();
    }

    @Override
    public InternetAddress from() throws AddressException, UnsupportedEncodingException {
        return address(JenkinsLocationConfiguration.get().getAdminAddress());
    }

    @Override
    public Optional<InternetAddress> replyTo() throws AddressException, UnsupportedEncodingException {
        String address = Util.fixEmptyAndTrim(Mailer.descriptor().getReplyToAddress());
        return address == null ? Optional.empty() : Optional.of(address(address));
    }

    private static InternetAddress address(String text) throws AddressException, UnsupportedEncodingException {
        return Mailer.stringToAddress(text, Mailer.descriptor().getCharset());
    }
}
