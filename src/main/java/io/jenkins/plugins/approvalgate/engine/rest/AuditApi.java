package io.jenkins.plugins.approvalgate.engine.rest;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import java.util.Optional;
import java.util.Set;

/**
 * What stands below {@code audit} in the API. All of it is for those who may see the audit, and shows them all jobs.
 * Thread-safe.
 */
final class AuditApi {

    /** What can be read here. */
    static final Set<String> READS = Set.of(
            "audit", "audit/export", "audit/index", "audit/verify", "audit/findings", "audit/figures");
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
    RestResponse read(String route, RestRequest request, Caller caller) throws ApiError, Refusal {
        require(caller);
        return switch (route) {
            case "audit" -> RestResponse.json(200, search().page(request.query()));
            case "audit/export" -> new AuditExports(keeper).of(request.query(), caller);
            case "audit/verify" -> RestResponse.json(200, new Verifications(keeper).progress());
            case "audit/index" -> RestResponse.json(200, search().state());
            case "audit/findings" -> RestResponse.json(200, findings().page(request.query()));
            case "audit/figures" -> RestResponse.json(200, findings().figures(request.query()));
            default -> throw new IllegalArgumentException(route);
        };
    }

    private AuditSearch search() throws ApiError {
        return new AuditSearch(opened(), host.controller());
    }

    private FindingsApi findings() throws ApiError {
        return new FindingsApi(opened(), host.audit().findings());
    }

    private AuditIndex opened() throws ApiError {
        return index.orElseThrow(() ->
                new ApiError(503, "indexUnavailable", "The search cannot be asked yet: this controller is starting."));
    }

    /** Answers a POST at one of {@link #WRITES}. */
    RestResponse write(String route, RestRequest request, Caller caller) throws ApiError {
        require(caller);
        return switch (route) {
            case "audit/verify" -> new Verifications(keeper).begin(request);
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
}
