package io.jenkins.plugins.approvalgate.engine.notice.mail;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The words of the mails, from {@code MailMessages.properties}: one language and one zone for all, as the reader's are not known.
 *
 * @param zone in which times are told
 */
record MailWords(ResourceBundle bundle, Locale locale, ZoneId zone) {

    private static final String BUNDLE = "io.jenkins.plugins.approvalgate.engine.notice.mail.MailMessages";

    /** The words in {@code locale}, or in English where there are none. */
    static MailWords in(Locale locale, ZoneId zone) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE,
                locale,
                MailWords.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MailWords(bundle, locale, zone);
    }

    String say(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }

    /** The absolute time with its zone. */
    String time(Instant instant) {
        return DateTimeFormatter.ofPattern(bundle.getString("mail.timePattern"), locale)
                .format(instant.atZone(zone));
    }
}
