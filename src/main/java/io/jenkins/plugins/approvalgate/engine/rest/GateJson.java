package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.engine.gate.Standing;
import io.jenkins.plugins.approvalgate.engine.gate.Tally;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gates as one caller sees them at one moment. */
final class GateJson {

    private final GateKeeper keeper;
    private final Host host;
    private final Optional<String> user;
    private final Directory directory;
    private final Instant now;

    GateJson(GateKeeper keeper, Host host, Optional<String> user, Instant now) {
        this.keeper = keeper;
        this.host = host;
        this.user = user;
        this.now = now;
        directory = new Directory(host.approverGroups(), host.realm());
    }

    /** Whether the caller's approval would bring the gate further now. The checks come last: whoever is a stranger costs none. */
    boolean canDecide(Gate gate) {
        return gate.isOpen()
                && standing(gate)
                        .filter(standing -> GateRules.whyNotReject(gate, standing, now).isEmpty())
                        .filter(standing -> GateRules.whyNotApprove(gate, standing, keeper.conditions(gate), now)
                                .isEmpty())
                        .isPresent();
    }

    private Optional<Standing> standing(Gate gate) {
        return user.map(id -> Standing.of(gate, id, directory));
    }

    /** The gate as a row of a list. */
    ObjectNode row(Gate gate) {
        GateRequest request = gate.request();
        Tally tally = gate.tally();
        ObjectNode node = Json.object();
        node.put("id", gate.id());
        node.put("environment", request.environment());
        node.put("status", gate.closed().map(closed -> closed.outcome().name()).orElse("WAITING"));
        node.put("job", request.job());
        node.put("build", request.build());
        node.put("buildUrl", request.buildUrl());
        node.put("stage", request.stage().orElse(null));
        node.put("branch", request.branch().orElse(null));
        node.put("requestedBy", request.requestedBy());
        node.put("requestedAt", gate.requested().at().toString());
        node.put("deadline", gate.requested().deadline().toString());
        node.put("slaDue", gate.requested().slaDue().map(Instant::toString).orElse(null));
        node.put("overdue", isOverdue(gate));
        node.putObject("approvals").put("given", tally.given()).put("required", tally.required());
        ArrayNode waitingFor = node.putArray("waitingFor");
        if (gate.isOpen()) {
            tally.missing().forEach(reason ->
                    waitingFor.addObject().put("kind", "approval").put("reason", reason));
            keeper.conditions(gate).obstacles(gate).forEach(obstacle -> obstacle(obstacle, waitingFor.addObject()));
        }
        node.put("canDecide", canDecide(gate));
        gate.closed().ifPresent(closed -> {
            node.put("closedAt", closed.at().toString());
            node.put("closedBy", closed.actor().orElse(null));
            node.put("closedReason", closed.reason());
        });
        return node;
    }

    private static void obstacle(Conditions.Obstacle obstacle, ObjectNode node) {
        node.put("kind", obstacle.kind()).put("reason", obstacle.reason());
        obstacle.until().ifPresent(until -> node.put("until", until.toString()));
    }

    private boolean isOverdue(Gate gate) {
        Instant end = gate.closed().map(GateEvent.Closed::at).orElse(now);
        return gate.requested().slaDue().filter(end::isAfter).isPresent();
    }

    /**
     * The gate with everything.
     *
     * @param ofSameBuild the other gates of its build
     */
    ObjectNode full(Gate gate, List<Gate> ofSameBuild) {
        ObjectNode node = row(gate);
        GateRequest request = gate.request();
        node.put("message", request.message());
        node.put("instructions", gate.requested().instructions());
        ArrayNode checklist = node.putArray("checklist");
        gate.requested().checklist().forEach(checklist::add);
        metrics(request, node.putObject("metrics"));
        links(request.links(), node.putArray("links"));
        links(host.artifacts(gate), node.putArray("artifacts"));
        node.put("logUrl", host.logUrl(gate).orElse(null));
        inputs(request.inputs(), node.putArray("inputs"));
        new CheckJson(keeper).ofGate(gate, keeper.conditions(gate), node.putArray("checks"));
        lock(gate, node);
        policy(gate, node.putObject("policy"));
        ArrayNode earlier = node.putArray("earlierGates");
        ofSameBuild.stream()
                .filter(other -> other.id().compareTo(gate.id()) < 0)
                .forEach(other -> earlier.add(row(other)));
        ArrayNode events = node.putArray("events");
        gate.history().forEach(recorded -> event(recorded, events.addObject()));
        you(gate, node.putObject("you"));
        return node;
    }

    private static void lock(Gate gate, ObjectNode node) {
        if (gate.requested().lock().isEmpty()) {
            node.putNull("lock");
            return;
        }
        ObjectNode lock = node.putObject("lock");
        lock.put("mode", gate.requested().lock().get().word());
        lock.put("held", gate.holdsLock());
        gate.lockedAt().filter(at -> gate.holdsLock()).ifPresent(at -> lock.put("since", at.toString()));
    }

    private static void metrics(GateRequest request, ObjectNode node) {
        request.metrics().forEach((name, value) -> {
            try {
                node.put(name, new BigDecimal(value));
            } catch (NumberFormatException text) {
                node.put(name, value);
            }
        });
    }

    private static void links(List<Link> links, ArrayNode array) {
        links.forEach(link -> array.addObject().put("name", link.name()).put("url", link.url()));
    }

    private static void inputs(List<InputField> inputs, ArrayNode array) {
        for (InputField field : inputs) {
            ObjectNode node = array.addObject().put("name", field.name()).put("kind", field.kind().word());
            ArrayNode choices = node.putArray("choices");
            field.choices().forEach(choices::add);
            node.put("default", field.defaultValue()).put("description", field.description());
        }
    }

    private void policy(Gate gate, ObjectNode node) {
        node.put("order", gate.policy().order().word());
        node.put("minimum", gate.policy().minimum());
        node.put("requesterMayApprove", gate.policy().requesterMayApprove());
        ArrayNode approvers = node.putArray("approvers");
        Tally tally = gate.tally();
        for (int entry = 0; entry < gate.policy().approvers().size(); entry++) {
            ObjectNode approver = approver(gate.policy().approvers().get(entry), directory);
            ArrayNode satisfiedBy = approver.putArray("satisfiedBy");
            tally.filledBy(entry).forEach(satisfiedBy::add);
            approvers.add(approver);
        }
    }

    /** An entry, and of a group, where it comes from and who is in it as far as that can be said. */
    static ObjectNode approver(Approver approver, Directory directory) {
        ObjectNode node = Json.object();
        if (approver instanceof Approver.User user) {
            node.put("user", user.id());
        } else {
            node.put("group", approver.name());
            node.put("source", directory.isOwn(approver.name()) ? "own" : "realm");
            directory.members(approver.name()).ifPresent(members -> {
                ArrayNode array = node.putArray("members");
                members.forEach(array::add);
            });
        }
        return node.put("required", approver.required());
    }

    private static void event(Recorded recorded, ObjectNode node) {
        GateEvent event = recorded.event();
        node.put("seq", recorded.seq());
        node.put("at", event.at().toString());
        node.put("type", EventCodec.type(event));
        node.put("actor", event.actor().orElse(null));
        node.put("comment", event.comment());
        if (event instanceof GateEvent.Approved approved) {
            ArrayNode checklist = node.putArray("checklist");
            approved.checklist().forEach(checklist::add);
            ObjectNode inputs = node.putObject("inputs");
            approved.inputs().forEach(inputs::put);
        } else if (event instanceof GateEvent.Withdrawn withdrawn) {
            ArrayNode lapsed = node.putArray("lapsed");
            withdrawn.lapsed().forEach(lapsed::add);
        } else if (event instanceof GateEvent.CheckEvaluated evaluated) {
            node.put("kind", evaluated.kind());
            node.put("status", evaluated.result().verdict().name());
            node.put("reason", evaluated.result().reason());
        } else if (event instanceof GateEvent.Released released) {
            node.put("reason", released.reason());
        } else if (event instanceof GateEvent.Closed closed) {
            node.put("outcome", closed.outcome().name());
            node.put("reason", closed.reason());
        }
    }

    private void you(Gate gate, ObjectNode node) {
        Optional<Standing> standing = standing(gate);
        Optional<String> whyNot = standing.isEmpty()
                ? Optional.of("Sign in to decide.")
                : GateRules.whyNotApprove(gate, standing.get(), keeper.conditions(gate), now);
        node.put("canDecide", whyNot.isEmpty());
        node.put(
                "canReject",
                standing.filter(s -> GateRules.whyNotReject(gate, s, now).isEmpty()).isPresent());
        node.put(
                "canWithdraw",
                standing.filter(s -> GateRules.mayWithdraw(gate, s, now)).isPresent());
        node.put("reason", whyNot.orElse(null));
    }
}
