package io.jenkins.plugins.approvalgate.engine.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.check.http.Question;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One event as it is told. It is the same however often it is told: whoever gets it twice knows it by its {@link #id}.
 *
 * @param line of the journal
 * @param gate as it was after that line; empty for a finding, which changes none
 * @param root the host's address, ending in a slash; empty if it does not know it
 */
record Told(JournalLine line, Optional<Gate> gate, Optional<String> root) {

    /** Before the journal's word for the event; the version is that of {@code data}. */
    private static final String TYPE = "io.jenkins.plugins.approvalgate.%s.v1";

    private static final JsonFormat FORMAT = new JsonFormat();
    private static final int HASH_LENGTH = 16;

    /** Unique in this journal; the hash tells it from a line with this number of another one. */
    String id() {
        return line.seq() + "-" + line.hash().substring(0, HASH_LENGTH);
    }

    /** What the log calls it. */
    String name() {
        return "event " + id() + " (" + line.type() + ")" + line.gate().map(gate -> " of gate " + gate).orElse("");
    }

    /** In the structured mode of CloudEvents 1.0 in JSON. */
    Question.Body cloudEvent() {
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(id())
                .withSource(URI.create(root.orElse("/")
                        + line.gate().map(gate -> "approvals/gates/" + gate).orElse("approvals/findings/")))
                .withType(String.format(TYPE, line.type()))
                .withTime(line.at().atOffset(ZoneOffset.UTC))
                .withData("application/json", JsonCloudEventData.wrap(data()));
        gate.map(known -> known.request().environment())
                .or(() -> FindingData.environment(line))
                .ifPresent(event::withSubject);
        return new Question.Body(JsonFormat.CONTENT_TYPE, FORMAT.serialize(event.build()));
    }

    ObjectNode data() {
        return gate.isPresent() ? EventData.of(line, gate.get(), root) : FindingData.of(line, root);
    }

    /** The value of a placeholder: a field of the data, or one of those that {@link Placeholders} names beside them. */
    String value(String name) {
        return switch (name) {
            case "id" -> id();
            case "type" -> line.type();
            case "time" -> line.at().toString();
            case "environment", "job", "build", "buildUrl" -> text(data().path(name), name);
            case "approvalsGiven" -> data().path("approvals").path("given").asText("0");
            case "approvalsRequired" -> data().path("approvals").path("required").asText("0");
            default -> text(data().path(name));
        };
    }

    /** Chats refuse a button without an address, or a headline without a word. */
    private String text(JsonNode value, String name) {
        return gate.isPresent() || value.isTextual() ? text(value) : FindingData.inTheStead(name, line, root);
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.isNull() ? "" : value.asText();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(item -> texts.add(item.asText()));
        return String.join(", ", texts);
    }
}
