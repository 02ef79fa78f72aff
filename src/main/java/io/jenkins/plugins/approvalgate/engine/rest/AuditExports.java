package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.export.AuditExport;
import io.jenkins.plugins.approvalgate.engine.audit.export.FilterJson;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * {@code audit/export}: the journal's lines as a file. That somebody exports is on record, with what and how many lines,
 * before the first byte goes out: what cannot be recorded is not given.
 */
final class AuditExports {

    private static final String EXPORTED = "exported";

    private final GateKeeper keeper;

    AuditExports(GateKeeper keeper) {
        this.keeper = keeper;
    }

    RestResponse of(Map<String, String> query, Caller caller) throws ApiError, Refusal {
        AuditExport.Format format = format(query);
        boolean manifest = manifest(query);
        AuditExport export;
        try {
            export = keeper.custody().export(AuditFilters.read(query), format);
        } catch (IOException unreadable) {
            throw new ApiError(503, "unavailable", "The journal cannot be read: " + unreadable.getMessage());
        }
        record(query, export, manifest, caller);
        return manifest
                ? RestResponse.file(
                        "audit.zip", "application/zip", keeper.custody().sign(export, caller.user())::writeTo)
                : RestResponse.file(format.file(), format.type(), export::writeTo);
    }

    private void record(Map<String, String> query, AuditExport export, boolean manifest, Caller caller)
            throws ApiError, Refusal {
        ObjectNode data = Json.object()
                .put("format", export.format().word())
                .put("manifest", manifest)
                .put("count", export.counted().count());
        data.set("filters", FilterJson.of(AuditFilters.read(query)));
        keeper.note(new JournalLine.Draft(keeper.now(), Optional.empty(), EXPORTED, caller.user(), data));
    }

    private static AuditExport.Format format(Map<String, String> query) throws ApiError {
        return switch (query.getOrDefault("format", "jsonl")) {
            case "jsonl" -> AuditExport.Format.JSONL;
            case "csv" -> AuditExport.Format.CSV;
            default -> throw ApiError.invalid("format has to be csv or jsonl.");
        };
    }

    private static boolean manifest(Map<String, String> query) throws ApiError {
        return switch (query.getOrDefault("manifest", "false")) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw ApiError.invalid("manifest has to be true or false.");
        };
    }
}
