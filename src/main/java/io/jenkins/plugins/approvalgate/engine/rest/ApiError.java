package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.util.Optional;

/** A request that is answered with an error object. */
final class ApiError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final Outcome outcome;

    ApiError(int status, String code, String message) {
        this(status, code, message, Optional.empty());
    }

    private ApiError(int status, String code, String message, Optional<Outcome> outcome) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.outcome = outcome.orElse(null);
    }

    static ApiError of(Refusal refusal) {
        return switch (refusal.kind()) {
            case INVALID -> new ApiError(400, "invalid", refusal.getMessage());
            case NOT_YOURS -> new ApiError(403, "notYours", refusal.getMessage());
            case CLOSED -> new ApiError(409, "closed", refusal.getMessage(), refusal.outcome());
            case UNKNOWN_GATE -> unknownGate();
            case TOO_SOON -> new ApiError(429, "tooSoon", refusal.getMessage());
            case UNAVAILABLE -> new ApiError(503, "unavailable", refusal.getMessage());
        };
    }

    /** The same whether there is no such gate or the caller may not know of it. */
    static ApiError unknownGate() {
        return new ApiError(404, "unknownGate", "There is no such gate, or you may not see it.");
    }

    static ApiError invalid(String message) {
        return new ApiError(400, "invalid", message);
    }

    RestResponse response() {
        ObjectNode content = Json.object();
        write(content);
        return RestResponse.json(status, content);
    }

    /** Puts the {@code error} into an answer. */
    void write(ObjectNode content) {
        ObjectNode error = content.putObject("error").put("code", code).put("message", getMessage());
        if (outcome != null) {
            error.put("outcome", outcome.name());
        }
    }
}
