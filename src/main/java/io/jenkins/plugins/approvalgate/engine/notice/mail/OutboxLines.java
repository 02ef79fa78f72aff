package io.jenkins.plugins.approvalgate.engine.notice.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The lines of the outbox's file: {@code op} says what happened, the rest to what. */
final class OutboxLines {

    /** A line of the journal was read, and these have to be told. */
    static final String QUEUED = "queued";
    /** All of a mail but its end is with the mail server. */
    static final String HANDING = "handing";
    /** The mail server has a mail. */
    static final String TOLD = "told";
    /** The mail server did not take it this time. */
    static final String BACK = "back";
    /** It will not be told any more. */
    static final String DROPPED = "dropped";
    /** These lines of the journal were read; only in a file that was put in order. */
    static final String READ = "read";

    private OutboxLines() {}

    static String op(JsonNode line) {
        return line.path("op").asText();
    }

    static ObjectNode queued(long seq, String line, Instant at, Collection<Notice> notices) {
        ObjectNode node = Json.object();
        node.put("op", QUEUED).put("seq", seq).put("line", line).put("at", at.toString());
        ArrayNode list = node.putArray("notices");
        for (Notice notice : notices) {
            ObjectNode one = list.addObject().put("gate", notice.gate()).put("kind", notice.kind().word());
            if (notice.recipient() instanceof Recipient.Person person) {
                one.put("user", person.id());
            } else {
                one.put("address", ((Recipient.Address) notice.recipient()).mail());
            }
        }
        return node;
    }

    /** @throws IllegalArgumentException if it is not as {@link #queued} writes it */
    static List<Notice> notices(JsonNode queued) {
        List<Notice> notices = new ArrayList<>();
        for (JsonNode one : queued.path("notices")) {
            Recipient recipient = one.has("user")
                    ? new Recipient.Person(one.path("user").asText())
                    : new Recipient.Address(one.path("address").asText());
            notices.add(new Notice(
                    queued.path("seq").asLong(),
                    queued.path("line").asText(),
                    one.path("gate").asText(),
                    MailKind.of(one.path("kind").asText()),
                    recipient));
        }
        return notices;
    }

    static ObjectNode of(String op, Collection<String> ids) {
        ObjectNode node = Json.object().put("op", op);
        ids.forEach(node.putArray("ids")::add);
        return node;
    }

    static ObjectNode handing(String mail, String address, Collection<String> ids) {
        return of(HANDING, ids).put("mail", mail).put("to", address);
    }

    static ObjectNode told(String mail, String address, Instant at, Collection<String> gates, Collection<String> ids) {
        ObjectNode node = of(TOLD, ids).put("mail", mail).put("to", address).put("at", at.toString());
        gates.forEach(node.putArray("gates")::add);
        return node;
    }

    static ObjectNode dropped(String why, Collection<String> ids) {
        return of(DROPPED, ids).put("why", why);
    }

    static ObjectNode read(Collection<String> lines) {
        ObjectNode node = Json.object().put("op", READ);
        lines.forEach(node.putArray("lines")::add);
        return node;
    }

    static List<String> texts(JsonNode line, String field) {
        List<String> texts = new ArrayList<>();
        line.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
