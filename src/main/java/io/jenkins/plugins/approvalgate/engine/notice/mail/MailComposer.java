package io.jenkins.plugins.approvalgate.engine.notice.mail;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts what is to be told into a mail's words. The templates escape whatever is put into them. Thread-safe. */
final class MailComposer {

    private static final int MOST_ITEMS = 50;

    private final MailWords words;
    private final Template html;
    private final Template text;

    MailComposer(MailWords words) {
        this.words = words;
        html = Mustache.compiler().escapeHTML(true).compile(read("mail.html"));
        text = Mustache.compiler().escapeHTML(false).compile(read("mail.txt"));
    }

    private static String read(String name) {
        try (InputStream template = MailComposer.class.getResourceAsStream(name)) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What identifies a mail, and the one that it comes after. */
    record Envelope(String id, Optional<String> answers, String to) {}

    /**
     * The mail that tells {@code told}: one gate in full, or several in short.
     *
     * @param told of each gate the most urgent, at least one
     */
    Mail compose(Envelope envelope, List<MailItems.Told> told, Optional<String> root, Instant now) {
        MailItems items = new MailItems(words, root);
        String subject = told.size() == 1 ? items.subject(told.get(0)) : subject(told);
        MailPage page = new MailPage(
                subject,
                told.stream()
                        .limit(MOST_ITEMS)
                        .map(one -> items.item(one, told.size() > 1, now))
                        .toList(),
                footer(told, root));
        return new Mail(
                envelope.id(), envelope.answers(), envelope.to(), subject, text.execute(page), html.execute(page));
    }

    private String subject(List<MailItems.Told> told) {
        long asking = told.stream().filter(one -> one.kind().asks()).count();
        if (asking == told.size()) {
            return words.say("mail.subject.asking", asking);
        }
        return asking == 0
                ? words.say("mail.subject.several", told.size())
                : words.say("mail.subject.mixed", asking, told.size() - asking);
    }

    private List<String> footer(List<MailItems.Told> told, Optional<String> root) {
        Set<String> why = new LinkedHashSet<>();
        told.forEach(one -> why.add(words.say("mail.why." + one.kind().word())));
        Stream<String> more = told.size() > MOST_ITEMS
                ? Stream.of(words.say("mail.more", told.size() - MOST_ITEMS))
                : Stream.of();
        Stream<String> noLinks = root.isEmpty() ? Stream.of(words.say("mail.noLinks")) : Stream.of();
        return Stream.of(more, why.stream(), noLinks).flatMap(lines -> lines).toList();
    }

    /** A mail's id: the same for the same notice, so that a receiver that keeps what it has can tell a mail sent twice. */
    static String messageId(Notice notice, String domain) {
        return "<approval-gate." + notice.id() + "@" + domain + ">";
    }

}
