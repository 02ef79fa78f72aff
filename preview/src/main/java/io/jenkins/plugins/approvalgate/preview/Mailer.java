package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.notice.mail.SmtpSettings;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import java.util.Properties;

/**
 * A mail server, and how to talk to it: what Jenkins' Mailer plugin makes of the same settings.
 *
 * @param port empty for the usual one
 * @param defaultSuffix what makes an account's name a mail address: {@code @example.com}
 */
record Mailer(
        String host,
        Optional<Integer> port,
        boolean ssl,
        boolean startTls,
        Optional<Login> login,
        Optional<String> defaultSuffix,
        InternetAddress from,
        Optional<InternetAddress> replyTo)
        implements SmtpSettings {

    private static final String MILLIS_TO_WAIT = "60000";
    private static final int SMTPS = 465;
    private static final int SUBMISSION = 587;
    private static final int SMTP = 25;

    /** Who logs in. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    /** As it is shown: {@code smtp.example.com:25}. */
    String address() {
        return host + ":" + portOrUsual();
    }

    private int portOrUsual() {
        return port.orElse(ssl ? SMTPS : startTls ? SUBMISSION : SMTP);
    }

    @Override
    public Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(portOrUsual()));
        properties.put("mail.smtp.timeout", MILLIS_TO_WAIT);
        properties.put("mail.smtp.connectiontimeout", MILLIS_TO_WAIT);
        properties.put("mail.smtp.writetimeout", MILLIS_TO_WAIT);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        if (ssl) {
            properties.put("mail.smtp.ssl.enable", "true");
        }
        if (startTls) {
            properties.put("mail.smtp.starttls.enable", "true");
            properties.put("mail.smtp.starttls.required", "true");
        }
        if (login.isEmpty()) {
            return Session.getInstance(properties);
        }
        properties.put("mail.smtp.auth", "true");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(login.get().user(), login.get().password());
            }
        });
    }
}
