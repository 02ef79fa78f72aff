package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditCursor;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditEvent;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexState;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page of what is found in the search index, and how far that is. Thread-safe. */
final class AuditSearch {

    static final int MOST = 500;

    private final AuditIndex index;
    private final String controller;

    /** @param controller the id of the one that answers */
    AuditSearch(AuditIndex index, String controller) {
        this.index = index;
        this.controller = controller;
    }

    ObjectNode page(Map<String, String> query) throws ApiError {
        int limit = PageSize.read(query, MOST);
        List<AuditEvent> found = find(query, limit + 1);
        ObjectNode node = Json.object();
        ArrayNode events = node.putArray("events");
        found.stream().limit(limit).forEach(event -> write(event, events.addObject()));
        node.put("next", found.size() > limit ? found.get(limit - 1).place().text() : null);
        node.set("index", state());
        return node;
    }

    private List<AuditEvent> find(Map<String, String> query, int limit) throws ApiError {
        try {
            return index.search(AuditFilters.read(query), cursor(query.getOrDefault("cursor", "")), limit);
        } catch (IndexUnavailableException down) {
            throw unavailable(down);
        }
    }

    static ApiError unavailable(IndexUnavailableException down) {
        return new ApiError(503, "indexUnavailable", "The search cannot be asked now: " + down.getMessage());
    }

    static Optional<AuditCursor> cursor(String text) throws ApiError {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<AuditCursor> cursor = AuditCursor.of(text);
        if (cursor.isEmpty()) {
            throw ApiError.invalid("cursor has to be one that an earlier answer gave as next.");
        }
        return cursor;
    }

    /** A line as a row of an answer. */
    static void write(AuditEvent event, ObjectNode node) {
        node.put("controller", event.controller());
        node.put("seq", event.seq());
        node.put("at", event.at().toString());
        node.put("gate", event.gate().orElse(null));
        node.put("type", event.type());
        node.put("actor", event.actor().orElse(null));
        node.put("environment", event.environment().orElse(null));
        node.put("job", event.job().orElse(null));
        node.put("build", event.build().orElse(null));
        node.put("branch", event.branch().orElse(null));
        node.put("outcome", event.outcome().orElse(null));
        node.put("comment", event.comment());
        try {
            node.set("data", Json.read(event.data().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException written) {
            throw new UncheckedIOException("line " + event.seq() + " of " + event.controller(), written);
        }
    }

    /** How far the index is. */
    ObjectNode state() {
        IndexState state = index.state();
        return Json.object()
                .put("controller", controller)
                .put("seq", state.seq())
                .put("journalSeq", state.journalSeq())
                .put("behind", state.behind())
                .put("since", state.since().map(Instant::toString).orElse(null))
                .put("problem", state.problem().orElse(null));
    }
}
