package io.jenkins.plugins.approvalgate.engine.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The {@code data} of an event. Fields may come, but none changes its meaning or goes without another type of event. */
final class EventData {

    /** What a line of the journal says in words that everybody may read, wherever it says it. */
    private static final List<String> OF_THE_LINE = List.of("reason", "outcome", "until", "due", "to", "lapsed");

    private EventData() {}

    /**
     * What is told of {@code line}.
     *
     * @param gate as it was after the line
     */
    static ObjectNode of(JournalLine line, Gate gate, Optional<String> root) {
        GateRequest request = gate.request();
        ObjectNode data = Json.object();
        data.put("gate", gate.id());
        data.put("environment", request.environment());
        data.put("status", gate.closed().map(closed -> closed.outcome().name()).orElse("WAITING"));
        data.put("job", request.job());
        data.put("build", request.build());
        data.put("buildUrl", root.orElse("") + request.buildUrl());
        data.put("stage", request.stage().orElse(null));
        data.put("branch", request.branch().orElse(null));
        data.put("requestedBy", request.requestedBy());
        data.put("requestedAt", gate.requested().at().toString());
        data.put("deadline", gate.requested().deadline().toString());
        data.put("slaDue", gate.requested().slaDue().map(Instant::toString).orElse(null));
        data.put("message", request.message());
        data.put("actor", line.actor().orElse(null));
        data.put("comment", line.data().path("comment").asText(""));
        approvals(gate, data);
        data.put("reviewUrl", root.orElse("") + "approvals/gates/" + gate.id() + "/");
        OF_THE_LINE.stream()
                .filter(field -> isTold(line, field))
                .forEach(field -> data.set(field, line.data().get(field)));
        if (line.type().equals("reassigned")) {
            data.put("from", line.actor().orElse(null));
        }
        if (line.type().equals("checkEvaluated")) {
            ObjectNode check = data.putObject("check");
            List.of("kind", "verdict").forEach(field -> check.set(field, line.data().path(field)));
        }
        data.put("summary", Summary.of(line, gate));
        return data;
    }

    /** Whom an escalation goes to, are mail addresses of people. */
    private static boolean isTold(JournalLine line, String field) {
        JsonNode value = line.data().path(field);
        return !value.isMissingNode() && !(field.equals("to") && line.type().equals("escalated"));
    }

    private static void approvals(Gate gate, ObjectNode data) {
        Tally tally = gate.tally();
        data.putObject("approvals").put("given", tally.counted()).put("required", tally.required());
        ArrayNode missing = data.putArray("missing");
        gate.missing().forEach(missing::add);
    }
}
