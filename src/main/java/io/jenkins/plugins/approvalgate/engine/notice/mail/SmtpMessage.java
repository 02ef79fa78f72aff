package io.jenkins.plugins.approvalgate.engine.notice.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** A mail as it goes over the wire, which says when all of it but its end has gone. */
final class SmtpMessage extends MimeMessage {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String id;
    private final MailSender.BeforeEnd beforeEnd;
    private boolean handedOver;

    private SmtpMessage(Session session, String id, MailSender.BeforeEnd beforeEnd) {
        super(session);
        this.id = id;
        this.beforeEnd = beforeEnd;
    }

    /** Who it is from and where answers go. */
    record Sender(InternetAddress from, Optional<InternetAddress> replyTo) {}

    static SmtpMessage of(Mail mail, Sender sender, Instant now, Session session, MailSender.BeforeEnd beforeEnd)
            throws MessagingException {
        SmtpMessage message = new SmtpMessage(session, mail.id(), beforeEnd);
        message.setFrom(sender.from());
        message.setReplyTo(new InternetAddress[] {sender.replyTo().orElse(sender.from())});
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), true));
        message.setSubject(mail.subject(), UTF_8);
        message.setSentDate(Date.from(now));
        if (mail.answers().isPresent()) {
            message.setHeader("In-Reply-To", mail.answers().get());
            message.setHeader("References", mail.answers().get());
        }
        // RFC 3834, and the same for Exchange: no out-of-office answers, please.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setContent(content(mail));
        message.saveChanges();
        return message;
    }

    private static MimeMultipart content(Mail mail) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), UTF_8, "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), UTF_8, "html");
        return new MimeMultipart("alternative", text, html);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoredHeaders) throws IOException, MessagingException {
        super.writeTo(out, ignoredHeaders);
        out.flush();
        beforeEnd.run();
        handedOver = true;
    }

    /** Whether the server has all of it but its end, or also that. */
    boolean isHandedOver() {
        return handedOver;
    }
}
