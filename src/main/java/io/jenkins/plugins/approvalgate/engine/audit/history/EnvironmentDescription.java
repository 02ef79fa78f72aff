package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Administrator;
import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;

/** An environment in the words of the YAML, without its name; what is empty is left out. */
final class EnvironmentDescription {

    private final CheckDescription checks;

    EnvironmentDescription(SecretMask mask) {
        checks = new CheckDescription(mask);
    }

    ObjectNode of(Environment environment) {
        ObjectNode node = Json.object();
        SettingsDescription.text(node, "description", environment.description());
        policy(node, environment.policy());
        node.put("timeout", TimeSpan.format(environment.timeout()));
        environment.sla().ifPresent(sla -> node.put("sla", TimeSpan.format(sla)));
        notifications(node, environment);
        SettingsDescription.text(node, "instructions", environment.instructions());
        SettingsDescription.texts(node, "checklist", environment.checklist());
        if (!environment.checks().isEmpty()) {
            ArrayNode array = node.putArray("checks");
            for (CheckSpec check : environment.checks()) {
                array.add(checks.of(check));
            }
        }
        environment.lock().ifPresent(lock -> node.put("lock", lock.word()));
        SettingsDescription.texts(
                node, "administrators", environment.administrators().stream().map(Administrator::words).toList());
        return node;
    }

    private static void policy(ObjectNode node, ApprovalPolicy policy) {
        node.put("order", policy.order().word());
        if (policy.order() == Order.ANY) {
            node.put("minimumApprovals", policy.minimum());
        }
        SettingsDescription.texts(
                node, "approvers", policy.approvers().stream().map(EnvironmentDescription::words).toList());
        node.put("requesterMayApprove", policy.requesterMayApprove());
        node.put("commentRequired", policy.commentRequired());
        node.put("reassignTo", policy.reassignTo().word());
    }

    private static String words(Approver approver) {
        String kind = approver instanceof Approver.User ? "user " : "group ";
        return kind + approver.name() + (approver.required() == 1 ? "" : " (" + approver.required() + ")");
    }

    private static void notifications(ObjectNode node, Environment environment) {
        Notifications notifications = environment.notifications();
        notifications.remindBefore().ifPresent(spans -> {
            ArrayNode array = node.putArray("remindBefore");
            spans.forEach(span -> array.add(TimeSpan.format(span)));
        });
        SettingsDescription.texts(node, "escalateTo", notifications.escalateTo());
        if (!notifications.escalateAfter().isZero()) {
            node.put("escalateAfter", TimeSpan.format(notifications.escalateAfter()));
        }
        ObjectNode notify = Json.object();
        for (Approver approver : environment.policy().approvers()) {
            String entry = (approver instanceof Approver.User ? "user " : "group ") + approver.name();
            SettingsDescription.texts(notify, entry, notifications.addressesOf(approver));
        }
        if (!notify.isEmpty()) {
            node.set("notify", notify);
        }
    }
}
