package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The serial form of a gate's events: what stands in a journal line's {@code type}, {@code actor} and {@code data}. */
public final class EventCodec {

    private EventCodec() {}

    /** The word in a line's {@code type}. */
    public static String type(GateEvent event) {
        return event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
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
        } catch (IllegalArgumentException
                | NullPointerException
                | NoSuchElementException
                | DateTimeException malformed) {
            throw new IOException("line " + seq + " of type " + type + " cannot be understood: " + malformed, malformed);
        }
    }

    private static GateEvent event(Instant at, String type, Optional<String> actor, JsonNode data) throws IOException {
        return switch (type) {
            case "requested" -> requested(at, data);
            case "approved" -> new GateEvent.Approved(
                    at,
                    actor.orElseThrow(),
                    data.get("comment").textValue(),
                    integers(data.get("entries")),
                    texts(data.get("checklist")),
                    textMap(data.get("inputs")));
            case "withdrawn" -> new GateEvent.Withdrawn(
                    at, actor.orElseThrow(), data.get("comment").textValue(), texts(data.get("lapsed")));
            case "rejected" -> new GateEvent.Rejected(
                    at, actor.orElseThrow(), data.get("comment").textValue());
            case "closed" -> new GateEvent.Closed(
                    at,
                    actor,
                    Outcome.valueOf(data.get("outcome").textValue()),
                    data.get("reason").textValue());
            case "restored" -> restored(at, data);
            default -> throw new IOException("unknown type " + type);
        };
    }

    private static ObjectNode data(GateEvent event) {
        ObjectNode data = Json.object();
        if (event instanceof GateEvent.Requested requested) {
            write(requested, data);
        } else if (event instanceof GateEvent.Approved approved) {
            data.put("comment", approved.comment());
            ArrayNode entries = data.putArray("entries");
            approved.entries().stream().sorted().forEach(entries::add);
            write(approved.checklist(), data.putArray("checklist"));
            write(approved.inputs(), data.putObject("inputs"));
        } else if (event instanceof GateEvent.Withdrawn withdrawn) {
            data.put("comment", withdrawn.comment());
            write(withdrawn.lapsed(), data.putArray("lapsed"));
        } else if (event instanceof GateEvent.Rejected rejected) {
            data.put("comment", rejected.comment());
        } else if (event instanceof GateEvent.Closed closed) {
            data.put("outcome", closed.outcome().name());
            data.put("reason", closed.reason());
        } else if (event instanceof GateEvent.Restored restored) {
            restored.events().forEach(recorded -> write(recorded, data.withArray("events").addObject()));
        }
        return data;
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
        for (JsonNode node : data.get("events")) {
            events.add(decode(
                    node.get("seq").longValue(),
                    Instant.parse(node.get("at").textValue()),
                    node.get("type").textValue(),
                    Optional.ofNullable(node.get("actor").textValue()),
                    node.get("data")));
        }
        return new GateEvent.Restored(at, events);
    }

    private static void write(GateEvent.Requested event, ObjectNode data) {
        GateRequest request = event.request();
        data.put("key", request.key());
        data.put("environment", request.environment());
        data.put("job", request.job());
        data.put("build", request.build());
        data.put("buildUrl", request.buildUrl());
        request.stage().ifPresent(stage -> data.put("stage", stage));
        request.branch().ifPresent(branch -> data.put("branch", branch));
        data.put("requestedBy", request.requestedBy());
        write(List.copyOf(request.requesters()), data.putArray("requesters"));
        data.put("message", request.message());
        ArrayNode metrics = data.putArray("metrics");
        request.metrics()
                .forEach((name, value) -> metrics.addObject().put("name", name).put("value", value));
        ArrayNode links = data.putArray("links");
        request.links()
                .forEach(link -> links.addObject().put("name", link.name()).put("url", link.url()));
        ArrayNode inputs = data.putArray("inputs");
        request.inputs().forEach(field -> write(field, inputs.addObject()));
        write(event.policy(), data.putObject("policy"));
        data.put("deadline", event.deadline().toString());
        event.slaDue().ifPresent(due -> data.put("slaDue", due.toString()));
        data.put("instructions", event.instructions());
        write(event.checklist(), data.putArray("checklist"));
    }

    private static GateEvent.Requested requested(Instant at, JsonNode data) {
        Map<String, String> metrics = new LinkedHashMap<>();
        data.get("metrics")
                .forEach(metric ->
                        metrics.put(metric.get("name").textValue(), metric.get("value").textValue()));
        GateRequest request = new GateRequest(
                data.get("key").textValue(),
                data.get("environment").textValue(),
                data.get("job").textValue(),
                data.get("build").intValue(),
                data.get("buildUrl").textValue(),
                optional(data, "stage"),
                optional(data, "branch"),
                data.get("requestedBy").textValue(),
                new LinkedHashSet<>(texts(data.get("requesters"))),
                data.get("message").textValue(),
                metrics,
                list(
                        data.get("links"),
                        link -> new Link(link.get("name").textValue(), link.get("url").textValue())),
                list(data.get("inputs"), EventCodec::inputField));
        return new GateEvent.Requested(
                at,
                request,
                policy(data.get("policy")),
                Instant.parse(data.get("deadline").textValue()),
                optional(data, "slaDue").map(Instant::parse),
                data.get("instructions").textValue(),
                texts(data.get("checklist")));
    }

    private static void write(InputField field, ObjectNode node) {
        node.put("name", field.name()).put("kind", field.kind().word());
        write(field.choices(), node.putArray("choices"));
        node.put("default", field.defaultValue()).put("description", field.description());
    }

    private static InputField inputField(JsonNode node) {
        return new InputField(
                node.get("name").textValue(),
                InputField.Kind.valueOf(node.get("kind").textValue().toUpperCase(Locale.ROOT)),
                texts(node.get("choices")),
                node.get("default").textValue(),
                node.get("description").textValue());
    }

    private static void write(ApprovalPolicy policy, ObjectNode node) {
        node.put("order", policy.order().word());
        node.put("minimum", policy.minimum());
        node.put("requesterMayApprove", policy.requesterMayApprove());
        ArrayNode approvers = node.putArray("approvers");
        for (Approver approver : policy.approvers()) {
            ObjectNode entry = approvers.addObject();
            if (approver instanceof Approver.User user) {
                entry.put("user", user.id());
            } else {
                entry.put("group", approver.name()).put("required", approver.required());
            }
        }
    }

    private static ApprovalPolicy policy(JsonNode node) {
        return new ApprovalPolicy(
                Order.of(node.get("order").textValue()),
                node.get("minimum").intValue(),
                list(
                        node.get("approvers"),
                        entry -> entry.has("user")
                                ? Approver.user(entry.get("user").textValue())
                                : Approver.group(
                                        entry.get("group").textValue(),
                                        entry.get("required").intValue())),
                node.get("requesterMayApprove").booleanValue());
    }

    private static void write(List<String> texts, ArrayNode array) {
        texts.forEach(array::add);
    }

    private static void write(Map<String, String> texts, ObjectNode object) {
        texts.forEach(object::put);
    }

    private static Optional<String> optional(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::textValue);
    }

    private static List<String> texts(JsonNode array) {
        return list(array, JsonNode::textValue);
    }

    private static Set<Integer> integers(JsonNode array) {
        return new LinkedHashSet<>(list(array, JsonNode::intValue));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> items = new ArrayList<>(array.size());
        array.forEach(item -> items.add(read.apply(item)));
        return items;
    }

    private static Map<String, String> textMap(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().textValue()));
        return texts;
    }
}
