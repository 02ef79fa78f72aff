package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import java.time.Duration;

/** Environments as rows of the approval matrix. */
final class EnvironmentJson {

    private final Directory directory;

    EnvironmentJson(Directory directory) {
        this.directory = directory;
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
        node.put("timeout", environment.timeout().toString());
        node.put("sla", environment.sla().map(Duration::toString).orElse(null));
        node.put("instructions", environment.instructions());
        ArrayNode checklist = node.putArray("checklist");
        environment.checklist().forEach(checklist::add);
        return node.put("open", open);
    }
}
