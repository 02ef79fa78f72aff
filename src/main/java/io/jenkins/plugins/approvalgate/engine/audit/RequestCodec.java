package io.jenkins.plugins.approvalgate.engine.audit;

import static io.jenkins.plugins.approvalgate.engine.audit.Fields.flag;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.instant;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.integer;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.list;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.object;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.optional;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.optionalInstant;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.put;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.text;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.ReassignTo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;

/** The serial form of a gate's beginning: the request, and the rules as they were then. */
final class RequestCodec {

    private RequestCodec() {}

    static void write(GateEvent.Requested event, ObjectNode data) {
        GateRequest request = event.request();
        data.put("key", request.key());
        data.put("environment", request.environment());
        data.put("job", request.job());
        request.jobId().ifPresent(id -> data.put("jobId", id));
        data.put("build", request.build());
        data.put("buildUrl", request.buildUrl());
        request.stage().ifPresent(stage -> data.put("stage", stage));
        request.branch().ifPresent(branch -> data.put("branch", branch));
        OriginCodec.write(request.origin(), data.putObject("origin"));
        data.put("requestedBy", request.requestedBy());
        put(data.putArray("requesters"), request.requesters());
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
        put(data.putArray("checklist"), event.checklist());
        ChecksCodec.write(event.checks(), data.putArray("checks"));
        event.lock().ifPresent(lock -> data.put("lock", lock.word()));
    }

    /** @throws IllegalArgumentException if {@code data} is not of this form */
    static GateEvent.Requested read(Instant at, JsonNode data) {
        return new GateEvent.Requested(
                at,
                request(data),
                Shared.make(object(data, "policy"), Shared.Kind.POLICY, RequestCodec::policy),
                instant(data, "deadline"),
                optionalInstant(data, "slaDue"),
                text(data, "instructions"),
                texts(data, "checklist"),
                ChecksCodec.specs(data),
                optional(data, "lock").map(LockMode::of));
    }

    private static GateRequest request(JsonNode data) {
        Map<String, String> metrics = new LinkedHashMap<>();
        list(data, "metrics", metric -> metrics.put(text(metric, "name"), text(metric, "value")));
        return new GateRequest(
                text(data, "key"),
                text(data, "environment"),
                text(data, "job"),
                optional(data, "jobId"),
                integer(data, "build"),
                text(data, "buildUrl"),
                optional(data, "stage"),
                OriginCodec.read(data),
                text(data, "requestedBy"),
                new LinkedHashSet<>(texts(data, "requesters")),
                text(data, "message"),
                metrics,
                list(data, "links", link -> new Link(text(link, "name"), text(link, "url"))),
                list(data, "inputs", RequestCodec::inputField));
    }

    private static void write(InputField field, ObjectNode node) {
        node.put("name", field.name()).put("kind", field.kind().word());
        put(node.putArray("choices"), field.choices());
        node.put("default", field.defaultValue()).put("description", field.description());
    }

    private static InputField inputField(JsonNode node) {
        return new InputField(
                text(node, "name"),
                InputField.Kind.valueOf(text(node, "kind").toUpperCase(Locale.ROOT)),
                texts(node, "choices"),
                text(node, "default"),
                text(node, "description"));
    }

    private static void write(ApprovalPolicy policy, ObjectNode node) {
        node.put("order", policy.order().word());
        node.put("minimum", policy.minimum());
        node.put("requesterMayApprove", policy.requesterMayApprove());
        node.put("commentRequired", policy.commentRequired());
        node.put("reassignTo", policy.reassignTo().word());
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
                Order.of(text(node, "order")),
                integer(node, "minimum"),
                list(node, "approvers", RequestCodec::approver),
                flag(node, "requesterMayApprove"),
                node.has("commentRequired") && flag(node, "commentRequired"),
                reassignTo(node));
    }

    /** An older version knew no handing over, so its gates go on without. */
    private static ReassignTo reassignTo(JsonNode policy) {
        return policy.has("reassignTo") ? ReassignTo.of(text(policy, "reassignTo")) : ReassignTo.NOBODY;
    }

    private static Approver approver(JsonNode entry) {
        return entry.has("user")
                ? Approver.user(text(entry, "user"))
                : Approver.group(text(entry, "group"), integer(entry, "required"));
    }
}
