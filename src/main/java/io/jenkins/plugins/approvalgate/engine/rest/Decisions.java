package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What one caller decides: on one gate in every way there is, or on several with the same words. */
final class Decisions {

    private static final int MOST_AT_ONCE = 100;

    private final GateKeeper keeper;
    private final Caller caller;
    private final Optional<String> user;

    Decisions(GateKeeper keeper, Caller caller) {
        this.keeper = keeper;
        this.caller = caller;
        user = caller.user();
    }

    /**
     * Carries out what the last segment of the address names.
     *
     * @return the gate after it
     */
    Gate one(String gateId, String verb, RestRequest request) throws ApiError, Refusal {
        String actor = actor();
        Gate gate = visible(gateId);
        return switch (verb) {
            case "approve" -> keeper.submit(gate.id(), approve(actor, request));
            case "reject" -> keeper.submit(gate.id(), new Command.Reject(actor, comment(request)));
            case "withdraw" -> keeper.submit(gate.id(), new Command.Withdraw(actor, comment(request)));
            case "defer" -> keeper.submit(gate.id(), defer(actor, request));
            case "reassign" -> keeper.reassign(gate.id(), reassign(actor, request));
            case "bypass" -> bypass(gate, actor, request);
            default -> recheck(gate, request);
        };
    }

    private String actor() throws ApiError {
        return user.orElseThrow(() -> new ApiError(401, "signIn", "Sign in to decide."));
    }

    /** The gate, if it exists for the caller. */
    Gate visible(String gateId) throws ApiError, Refusal {
        return keeper.find(gateId)
                .filter(gate -> caller.mayRead(gate.request()))
                .orElseThrow(ApiError::unknownGate);
    }

    private static String comment(RestRequest request) throws ApiError {
        return Body.read(request, Set.of("comment")).text("comment");
    }

    private static Command.Approve approve(String actor, RestRequest request) throws ApiError {
        Body body = Body.read(request, Set.of("comment", "checklist", "inputs"));
        return new Command.Approve(actor, body.text("comment"), body.texts("checklist"), body.answers("inputs"));
    }

    private static Command.Defer defer(String actor, RestRequest request) throws ApiError {
        Body body = Body.read(request, Set.of("until", "comment", "checklist", "inputs"));
        return new Command.Defer(
                actor, body.text("comment"), time(body.text("until")), body.texts("checklist"), body.answers("inputs"));
    }

    private static Instant time(String text) throws ApiError {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException unreadable) {
            throw ApiError.invalid("until has to be a time with its offset, such as 2026-03-09T13:00:00Z.");
        }
    }

    private static Command.Reassign reassign(String actor, RestRequest request) throws ApiError {
        Body body = Body.read(request, Set.of("from", "to", "comment"));
        String to = body.text("to").strip();
        if (to.isEmpty()) {
            throw ApiError.invalid("to has to be the id of who shall decide in your place.");
        }
        String from = body.text("from").strip();
        return new Command.Reassign(
                actor, from.isEmpty() ? Optional.empty() : Optional.of(from), to, body.text("comment"));
    }

    private Gate bypass(Gate gate, String actor, RestRequest request) throws ApiError, Refusal {
        String reason = Body.read(request, Set.of("reason")).text("reason");
        return keeper.bypass(gate.id(), new Command.Bypass(actor, reason), caller.mayBypass());
    }

    private Gate recheck(Gate gate, RestRequest request) throws ApiError, Refusal {
        Body.read(request, Set.of());
        return keeper.recheck(gate.id());
    }

    /**
     * The same decision on several gates, one after the other. Each stands for itself: that one is refused changes nothing
     * for the others.
     *
     * @param row how a gate is shown
     */
    ObjectNode several(String verb, RestRequest request, Function<Gate, ObjectNode> row) throws ApiError {
        String actor = actor();
        Body body = Body.read(request, Set.of("ids", "comment"));
        List<String> ids = body.texts("ids").stream().distinct().toList();
        if (ids.isEmpty() || ids.size() > MOST_AT_ONCE) {
            throw ApiError.invalid("ids has to name from 1 to " + MOST_AT_ONCE + " gates.");
        }
        Command.ByPerson command = verb.equals("approve")
                ? new Command.Approve(actor, body.text("comment"), List.of(), Map.of())
                : new Command.Reject(actor, body.text("comment"));
        ObjectNode answer = Json.object();
        ArrayNode results = answer.putArray("results");
        for (String id : ids) {
            decide(id, command, results.addObject().put("id", id), row);
        }
        return answer;
    }

    private void decide(String id, Command.ByPerson command, ObjectNode result, Function<Gate, ObjectNode> row) {
        try {
            Gate gate = keeper.submit(visible(id).id(), command);
            result.put("ok", true).set("gate", row.apply(gate));
        } catch (ApiError error) {
            error.write(result.put("ok", false));
        } catch (Refusal refusal) {
            ApiError.of(refusal).write(result.put("ok", false));
        }
    }
}
