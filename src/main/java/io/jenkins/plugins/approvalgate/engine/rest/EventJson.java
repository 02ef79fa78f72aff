package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.util.List;

/** What happened to a gate, as its readers see it. */
final class EventJson {

    private EventJson() {}

    static void write(Recorded recorded, ObjectNode node) {
        GateEvent event = recorded.event();
        node.put("seq", recorded.seq());
        node.put("at", event.at().toString());
        node.put("type", EventCodec.type(event));
        node.put("actor", event.actor().orElse(null));
        node.put("comment", event.comment());
        if (event instanceof GateEvent.Approving approving) {
            texts(node.putArray("checklist"), approving.checklist());
            ObjectNode inputs = node.putObject("inputs");
            approving.inputs().forEach(inputs::put);
            approving.approval().from().ifPresent(until -> node.put("until", until.toString()));
        } else if (event instanceof GateEvent.Withdrawn withdrawn) {
            texts(node.putArray("lapsed"), withdrawn.lapsed());
        } else if (event instanceof GateEvent.Reassigned reassigned) {
            node.put("from", reassigned.from()).put("to", reassigned.to()).put("entry", reassigned.entry());
        } else if (event instanceof GateEvent.Reminded reminded) {
            node.put("due", reminded.due().toString());
        } else if (event instanceof GateEvent.Escalated escalated) {
            texts(node.putArray("to"), escalated.to());
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

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
