package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.Figures;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.check.Branches;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Environments as rows of the approval matrix. */
final class EnvironmentJson {

    private final GateKeeper keeper;
    private final Host host;
    private final Directory directory;
    private final Caller caller;
    private final ReadableGates gates;

    EnvironmentJson(GateKeeper keeper, Host host, Caller caller) {
        this.keeper = keeper;
        this.host = host;
        this.caller = caller;
        gates = new ReadableGates(keeper, caller);
        directory = new Directory(host.approverGroups(), host.realm());
    }

    /** @param open how many open gates of the environment the caller may see */
    ObjectNode row(Environment environment, long open) {
        ObjectNode node = Json.object();
        node.put("name", environment.name());
        node.put("description", environment.description());
        node.put("order", environment.policy().order().word());
        node.put("minimum", environment.policy().minimum());
        ArrayNode approvers = node.putArray("approvers");
        for (Approver approver : environment.policy().approvers()) {
            approvers.add(GateJson.approver(approver, directory));
        }
        node.put("requesterMayApprove", environment.policy().requesterMayApprove());
        ArrayNode stages = node.putArray("stages");
        gates.stages(environment.name()).forEach(stages::add);
        branches(environment, node.putArray("branches"));
        node.put("commentRequired", environment.policy().commentRequired());
        node.put("reassignTo", environment.policy().reassignTo().word());
        node.put("timeout", environment.timeout().toString());
        node.put("sla", environment.sla().map(Duration::toString).orElse(null));
        notifications(environment, node);
        node.put("instructions", environment.instructions());
        ArrayNode checklist = node.putArray("checklist");
        environment.checklist().forEach(checklist::add);
        CheckJson checkJson = new CheckJson(keeper);
        ArrayNode checks = node.putArray("checks");
        environment.checks().forEach(check -> checks.add(checkJson.configured(check)));
        node.put("lock", environment.lock().map(LockMode::word).orElse(null));
        return node.put("open", open);
    }

    private void branches(Environment environment, ArrayNode array) {
        for (CheckSpec spec : environment.checks()) {
            keeper.check(spec).flatMap(Branches::of).ifPresent(branches -> {
                ObjectNode node = array.addObject();
                branches.allowed().forEach(node.putArray("allowed")::add);
                branches.excluded().forEach(node.putArray("excluded")::add);
            });
        }
    }

    /** What became of the environment's gates that the caller may read. */
    ObjectNode figures(String environment) {
        return FiguresJson.of(Figures.of(gates.ended(environment)));
    }

    /** When, and not whom: the addresses are for those who configure them. */
    private static void notifications(Environment environment, ObjectNode node) {
        Notifications notifications = environment.notifications();
        ArrayNode before = node.putArray("remindBefore");
        notifications
                .remindBefore()
                .orElseGet(() -> environment.sla().map(sla -> List.of(sla.dividedBy(4))).orElse(List.of()))
                .forEach(span -> before.add(span.toString()));
        node.put(
                "escalateAfter",
                notifications.escalateTo().isEmpty() ? null : notifications.escalateAfter().toString());
    }

    /** Who has the lock and who waits for nothing else; of builds that the caller may not see, no more than that they are. */
    ObjectNode lockState(String environment) {
        ObjectNode node = Json.object();
        keeper.lockHolder(environment)
                .ifPresentOrElse(
                        holder -> node.set(
                                "holder",
                                build(holder).put("since", holder.lockedAt().map(Instant::toString).orElse(null))),
                        () -> node.putNull("holder"));
        ArrayNode waiting = node.putArray("waiting");
        keeper.lockQueue(environment).forEach(gate -> waiting.add(
                build(gate).put("requestedAt", gate.requested().at().toString())));
        return node;
    }

    private ObjectNode build(Gate gate) {
        if (!caller.mayRead(gate.request())) {
            return Json.object().put("hidden", true);
        }
        GateRequest request = host.today(gate.request());
        return Json.object()
                .put("gate", gate.id())
                .put("job", request.job())
                .put("build", request.build())
                .put("buildUrl", request.buildUrl());
    }
}
