package io.jenkins.plugins.approvalgate.engine.audit;

import static io.jenkins.plugins.approvalgate.engine.audit.Fields.instant;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.integer;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.integers;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.list;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.number;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.object;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.optional;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.put;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.text;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.textMap;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The serial form of a gate's events: what stands in a journal line's {@code type}, {@code actor} and {@code data}. */
public final class EventCodec {

    private EventCodec() {}

    /** The word in a line's {@code type}. */
    public static String type(GateEvent event) {
        String name = event.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** The line that will keep {@code event} of the gate {@code id}. */
    public static JournalLine.Draft draft(String id, GateEvent event) {
        return new JournalLine.Draft(event.at(), Optional.of(id), type(event), event.actor(), data(event));
    }

    /**
     * The event that {@code line} keeps.
     *
     * @throws IOException if it is of a type or form that this version does not know
     */
    public static Recorded decode(JournalLine line) throws IOException {
        return decode(line.seq(), line.at(), line.type(), line.actor(), line.data());
    }

    private static Recorded decode(long seq, Instant at, String type, Optional<String> actor, JsonNode data)
            throws IOException {
        try {
            return new Recorded(seq, event(at, type, actor, data));
        } catch (IllegalArgumentException | NoSuchElementException | DateTimeException malformed) {
            throw new IOException("line " + seq + " of type " + type + " cannot be understood: " + malformed, malformed);
        }
    }

    private static GateEvent event(Instant at, String type, Optional<String> actor, JsonNode data) throws IOException {
        return switch (type) {
            case "requested" -> RequestCodec.read(at, data);
            case "approved" -> new GateEvent.Approved(
                    at,
                    actor.orElseThrow(),
                    text(data, "comment"),
                    new LinkedHashSet<>(integers(data, "entries")),
                    texts(data, "checklist"),
                    textMap(data, "inputs"));
            case "deferred" -> new GateEvent.Deferred(
                    at,
                    actor.orElseThrow(),
                    text(data, "comment"),
                    instant(data, "until"),
                    new LinkedHashSet<>(integers(data, "entries")),
                    texts(data, "checklist"),
                    textMap(data, "inputs"));
            case "withdrawn" -> new GateEvent.Withdrawn(
                    at, actor.orElseThrow(), text(data, "comment"), texts(data, "lapsed"));
            case "rejected" -> new GateEvent.Rejected(
                    at, actor.orElseThrow(), text(data, "comment"));
            case "reassigned" -> new GateEvent.Reassigned(
                    at, actor.orElseThrow(), text(data, "to"), integer(data, "entry"), text(data, "comment"));
            case "bypassed" -> new GateEvent.Bypassed(at, actor.orElseThrow(), text(data, "reason"));
            case "reminded" -> new GateEvent.Reminded(at, instant(data, "due"));
            case "escalated" -> new GateEvent.Escalated(at, texts(data, "to"));
            case "checkEvaluated" -> new GateEvent.CheckEvaluated(
                    at, integer(data, "check"), text(data, "kind"), ChecksCodec.result(data));
            case "callbackIssued" -> new GateEvent.CallbackIssued(
                    at, integer(data, "check"), text(data, "token"), instant(data, "expires"));
            case "callbackAnswered" -> new GateEvent.CallbackAnswered(at, integer(data, "check"));
            case "locked" -> new GateEvent.Locked(at);
            case "released" -> new GateEvent.Released(at, actor, text(data, "reason"));
            case "closed" -> new GateEvent.Closed(
                    at,
                    actor,
                    Outcome.valueOf(text(data, "outcome")),
                    text(data, "reason"));
            case "restored" -> restored(at, data);
            default -> throw new IOException("unknown type " + type);
        };
    }

    private static ObjectNode data(GateEvent event) {
        ObjectNode data = Json.object();
        if (event instanceof GateEvent.Requested requested) {
            RequestCodec.write(requested, data);
        } else if (event instanceof GateEvent.Approving approving) {
            write(approving, data);
        } else if (event instanceof GateEvent.Withdrawn withdrawn) {
            data.put("comment", withdrawn.comment());
            put(data.putArray("lapsed"), withdrawn.lapsed());
        } else if (event instanceof GateEvent.Rejected rejected) {
            data.put("comment", rejected.comment());
        } else if (event instanceof GateEvent.Reassigned reassigned) {
            data.put("to", reassigned.to()).put("entry", reassigned.entry()).put("comment", reassigned.comment());
        } else if (event instanceof GateEvent.Bypassed bypassed) {
            data.put("reason", bypassed.reason());
        } else if (event instanceof GateEvent.Reminded reminded) {
            data.put("due", reminded.due().toString());
        } else if (event instanceof GateEvent.Escalated escalated) {
            put(data.putArray("to"), escalated.to());
        } else if (event instanceof GateEvent.CheckEvaluated evaluated) {
            data.put("check", evaluated.check()).put("kind", evaluated.kind());
            ChecksCodec.write(evaluated.result(), data);
        } else if (event instanceof GateEvent.CallbackIssued issued) {
            data.put("check", issued.check()).put("token", issued.token());
            data.put("expires", issued.expires().toString());
        } else if (event instanceof GateEvent.CallbackAnswered answered) {
            data.put("check", answered.check());
        } else if (event instanceof GateEvent.Released released) {
            data.put("reason", released.reason());
        } else if (event instanceof GateEvent.Closed closed) {
            data.put("outcome", closed.outcome().name());
            data.put("reason", closed.reason());
        } else if (event instanceof GateEvent.Restored restored) {
            restored.events().forEach(recorded -> write(recorded, data.withArray("events").addObject()));
        }
        return data;
    }

    private static void write(GateEvent.Approving approving, ObjectNode data) {
        data.put("comment", approving.comment());
        ArrayNode entries = data.putArray("entries");
        approving.entries().stream().sorted().forEach(entries::add);
        put(data.putArray("checklist"), approving.checklist());
        ObjectNode inputs = data.putObject("inputs");
        approving.inputs().forEach(inputs::put);
        if (approving instanceof GateEvent.Deferred deferred) {
            data.put("until", deferred.until().toString());
        }
    }

    private static void write(Recorded recorded, ObjectNode node) {
        GateEvent event = recorded.event();
        node.put("seq", recorded.seq());
        node.put("at", event.at().toString());
        node.put("type", type(event));
        node.put("actor", event.actor().orElse(null));
        node.set("data", data(event));
    }

    private static GateEvent restored(Instant at, JsonNode data) throws IOException {
        List<Recorded> events = new ArrayList<>();
        for (JsonNode node : list(data, "events", event -> event)) {
            events.add(decode(
                    number(node, "seq"),
                    instant(node, "at"),
                    text(node, "type"),
                    optional(node, "actor"),
                    object(node, "data")));
        }
        return new GateEvent.Restored(at, events);
    }
}
