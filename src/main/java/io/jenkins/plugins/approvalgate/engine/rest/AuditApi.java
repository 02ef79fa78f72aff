package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Verification;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What stands below {@code audit} in the API. All of it is for those who may see the audit, and shows them all jobs.
 * Thread-safe.
 */
final class AuditApi {

    /** What can be read here. */
    static final Set<String> READS = Set.of("audit", "audit/index");
    /** What can be begun here. */
    static final Set<String> WRITES = Set.of("audit/verify");

    private final GateKeeper keeper;
    private final Host host;
    private final Optional<AuditIndex> index;

    AuditApi(GateKeeper keeper, Host host, Optional<AuditIndex> index) {
        this.keeper = keeper;
        this.host = host;
        this.index = index;
    }

    /** Answers a GET at one of {@link #READS}. */
    RestResponse read(String route, RestRequest request, Caller caller) throws ApiError {
        require(caller);
        return switch (route) {
            case "audit" -> RestResponse.json(200, search().page(request.query()));
            case "audit/index" -> RestResponse.json(200, search().state());
            default -> throw new IllegalArgumentException(route);
        };
    }

    private AuditSearch search() throws ApiError {
        AuditIndex opened = index.orElseThrow(() ->
                new ApiError(503, "indexUnavailable", "The search cannot be asked yet: this controller is starting."));
        return new AuditSearch(opened, host.controller());
    }

    /** Answers a POST at one of {@link #WRITES}. */
    RestResponse write(String route, RestRequest request, Caller caller) throws ApiError {
        require(caller);
        return switch (route) {
            case "audit/verify" -> RestResponse.json(200, verify(request));
            default -> throw new IllegalArgumentException(route);
        };
    }

    private static void require(Caller caller) throws ApiError {
        if (!caller.mayViewAudit()) {
            throw caller.user().isEmpty()
                    ? new ApiError(401, "signIn", "Sign in first.")
                    : new ApiError(403, "forbidden", "You may not see the audit.");
        }
    }

    private JsonNode verify(RestRequest request) throws ApiError {
        Body.read(request, Set.of());
        try {
            Verification verification = keeper.journal().verify();
            ObjectNode node = Json.object();
            node.put("ok", verification.ok());
            node.put("lines", verification.lines());
            node.put("head", verification.head());
            node.put("firstBad", verification.ok() ? null : verification.damages().get(0).seq());
            return node;
        } catch (IOException unreadable) {
            throw new ApiError(503, "unavailable", "The journal cannot be read: " + unreadable.getMessage());
        }
    }
}
