package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.ReassignTo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has to approve, in our words.
 *
 * @param minimum counts with {@link Order#ANY} alone
 */
record Policy(Order order, int minimum, List<Identity> entries, boolean requesterMayApprove) {

    Policy {
        entries = List.copyOf(entries);
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("order", order.word());
        if (order == Order.ANY && minimum > 1) {
            settings.put("minimumApprovals", minimum);
        }
        List<Map<String, Object>> approvers = new ArrayList<>();
        entries.forEach(entry -> approvers.add(Map.of(entry.group() ? "group" : "user", entry.name())));
        settings.put("approvers", approvers);
        settings.put("requesterMayApprove", requesterMayApprove);
        // What Azure DevOps lets an approver give away is a permission there that the answer does not tell.
        settings.put("reassignTo", ReassignTo.NOBODY.word());
        return settings;
    }
}
