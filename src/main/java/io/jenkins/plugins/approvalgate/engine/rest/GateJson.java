package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Change;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.StandIn;
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
    private final Caller caller;
    private final Directory directory;
    private final Instant now;

    GateJson(GateKeeper keeper, Host host, Caller caller, Instant now) {
        this.keeper = keeper;
        this.host = host;
        this.caller = caller;
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

    /** Whether the caller could decide now and is asked to: not where the approvals that stand only have to take effect. */
    boolean isAsked(Gate gate) {
        return !gate.tally().complete() && canDecide(gate);
    }

    /** Whether gates like this one can ask the caller: {@link #isAsked} is {@code false} for all of them where this is. */
    boolean mayAsk(Gate gate) {
        return standing(gate).filter(standing -> GateRules.asks(gate, standing, now)).isPresent();
    }

    /** Whether the caller stands in the gate's policy, be it their turn or not. */
    boolean asks(Gate gate) {
        return standing(gate).filter(standing -> !standing.entries().isEmpty()).isPresent();
    }

    private Optional<Standing> standing(Gate gate) {
        return caller.user().map(id -> Standing.of(gate, id, directory));
    }

    /** What the job that asked is called today. */
    String job(Gate gate) {
        return host.today(gate.request()).job();
    }

    /** The gate as a row of a list. */
    ObjectNode row(Gate gate) {
        GateRequest request = host.today(gate.request());
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
        node.putObject("approvals").put("given", tally.counted()).put("required", tally.required());
        ArrayNode waitingFor = node.putArray("waitingFor");
        if (gate.isOpen()) {
            gate.missing().forEach(reason ->
                    waitingFor.addObject().put("kind", "approval").put("reason", reason));
            deferred(gate).forEach(approval -> waitingFor
                    .addObject()
                    .put("kind", "deferral")
                    .put("reason", "The approval of " + approval.approver() + " takes effect later.")
                    .put("until", approval.from().orElseThrow().toString()));
            keeper.conditions(gate).obstacles(gate).forEach(obstacle -> obstacle(obstacle, waitingFor.addObject()));
        }
        node.put("canDecide", canDecide(gate));
        asksFor(gate, node.putArray("asksFor"));
        gate.closed().ifPresent(closed -> {
            node.put("closedAt", closed.at().toString());
            node.put("closedBy", closed.actor().orElse(null));
            node.put("closedReason", closed.reason());
        });
        return node;
    }

    /** What an approval is asked for besides a yes, so that a list can say so. */
    private static void asksFor(Gate gate, ArrayNode words) {
        if (gate.policy().commentRequired()) {
            words.add("comment");
        }
        if (!gate.requested().checklist().isEmpty()) {
            words.add("checklist");
        }
        if (!gate.request().inputs().isEmpty()) {
            words.add("values");
        }
    }

    private List<Approval> deferred(Gate gate) {
        return gate.isOpen()
                ? gate.approvals().stream().filter(approval -> !approval.isInEffect(now)).toList()
                : List.of();
    }

    private static void obstacle(Conditions.Obstacle obstacle, ObjectNode node) {
        node.put("kind", obstacle.kind()).put("reason", obstacle.reason());
        obstacle.until().ifPresent(until -> node.put("until", until.toString()));
    }

    boolean isOverdue(Gate gate) {
        Instant end = gate.closed().map(GateEvent.Closed::at).orElse(now);
        return gate.requested().slaDue().filter(end::isAfter).isPresent();
    }

    /**
     * The gate with everything.
     *
     * @param ofSameBuild the other gates of its build
     * @param build whether with what the host knows of the build, for which it may have to wait
     */
    ObjectNode full(Gate gate, List<Gate> ofSameBuild, boolean build) {
        ObjectNode node = row(gate);
        GateRequest request = gate.request();
        node.put("message", request.message());
        node.put("instructions", gate.requested().instructions());
        node.put("instructionsHtml", host.rendered(gate.requested().instructions()).orElse(null));
        node.put("commentRequired", gate.policy().commentRequired());
        ArrayNode checklist = node.putArray("checklist");
        gate.requested().checklist().forEach(checklist::add);
        metrics(request, node.putObject("metrics"));
        node.set("thresholds", new ThresholdJson(keeper).ofGate(gate, keeper.conditions(gate)));
        links(request.links(), node.putArray("links"));
        links(build ? host.artifacts(gate) : List.of(), node.putArray("artifacts"));
        changes(build ? host.changes(gate) : List.of(), node.putArray("changes"));
        node.put("logUrl", host.logUrl(gate).orElse(null));
        inputs(request.inputs(), node.putArray("inputs"));
        new CheckJson(keeper).ofGate(gate, keeper.conditions(gate), node.putArray("checks"));
        lock(gate, node);
        policy(gate, node.putObject("policy"));
        ArrayNode deferred = node.putArray("deferred");
        deferred(gate).forEach(approval -> deferred
                .addObject()
                .put("approver", approval.approver())
                .put("until", approval.from().orElseThrow().toString()));
        ArrayNode earlier = node.putArray("earlierGates");
        ofSameBuild.stream()
                .filter(other -> other.id().compareTo(gate.id()) < 0)
                .forEach(other -> earlier.add(row(other)));
        ArrayNode events = node.putArray("events");
        gate.history().forEach(recorded -> EventJson.write(recorded, events.addObject()));
        new YouJson(keeper, caller, directory, now).write(gate, node.putObject("you"));
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

    private static void changes(List<Change> changes, ArrayNode array) {
        changes.forEach(change -> array.addObject()
                .put("id", change.id())
                .put("author", change.author())
                .put("message", change.message())
                .put("url", change.url().orElse(null)));
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
            reassigned(gate, entry, approver);
            ArrayNode satisfiedBy = approver.putArray("satisfiedBy");
            tally.filledBy(entry).forEach(satisfiedBy::add);
            approvers.add(approver);
        }
    }

    private static void reassigned(Gate gate, int entry, ObjectNode node) {
        Approver asked = gate.requested().policy().approvers().get(entry);
        if (!asked.equals(gate.policy().approvers().get(entry))) {
            node.put("reassignedFrom", asked.name());
        }
        for (StandIn standIn : gate.standIns()) {
            if (standIn.entry() == entry) {
                node.withArray("standIns").addObject().put("from", standIn.from()).put("to", standIn.to());
            }
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
}
