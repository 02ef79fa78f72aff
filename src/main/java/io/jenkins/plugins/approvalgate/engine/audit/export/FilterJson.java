package io.jenkins.plugins.approvalgate.engine.audit.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Json;

/** A query as JSON: what was looked for, for those who get the result later. */
public final class FilterJson {

    private FilterJson() {}

    /** Only what matters is in it; empty for everything. */
    public static ObjectNode of(AuditQuery query) {
        ObjectNode filters = Json.object();
        query.controller().ifPresent(controller -> filters.put("controller", controller));
        query.environment().ifPresent(environment -> filters.put("environment", environment));
        query.job().ifPresent(job -> filters.put("job", job));
        query.build().ifPresent(build -> filters.put("build", build));
        query.actor().ifPresent(actor -> filters.put("actor", actor));
        query.type().ifPresent(type -> filters.put("type", type));
        query.outcome().ifPresent(outcome -> filters.put("outcome", outcome));
        query.from().ifPresent(from -> filters.put("from", from.toString()));
        query.to().ifPresent(to -> filters.put("to", to.toString()));
        if (!query.words().isEmpty()) {
            ArrayNode words = filters.putArray("words");
            query.words().forEach(words::add);
        }
        return filters;
    }
}
