package io.jenkins.plugins.approvalgate.engine.notice.mail;

import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import java.util.Properties;

/** A mail server without a password, near by. */
record TestSmtp(String host, int port) implements SmtpSettings {

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.timeout", "10000");
        properties.put("mail.smtp.connectiontimeout", "10000");
        return Session.getInstance(properties);
    }

    @Override
    public InternetAddress from() throws AddressException {
        return new InternetAddress("admin@example.com");
    }

    @Override
    public Optional<InternetAddress> replyTo() {
        return Optional.empty();
    }
}
