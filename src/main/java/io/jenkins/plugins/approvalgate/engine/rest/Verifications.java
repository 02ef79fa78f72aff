package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Anchoring;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.audit.Damage;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Verification;
import io.jenkins.plugins.approvalgate.engine.audit.VerifyRuns;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** {@code audit/verify}: whether the journal is as it was written. */
final class Verifications {

    /** So many damages are told one by one; there may be as many as lines. */
    private static final int MOST_DAMAGES = 100;

    private final GateKeeper keeper;

    Verifications(GateKeeper keeper) {
        this.keeper = keeper;
    }

    /** Begins to verify, or joins who does; with the result, unless the caller does not want to wait for it. */
    RestResponse begin(RestRequest request) throws ApiError {
        boolean leave = Body.read(request, Set.of("background")).flag("background");
        CompletableFuture<VerifyRuns.Result> result = keeper.custody().verification().begin();
        if (leave) {
            return RestResponse.json(202, progress());
        }
        try {
            return RestResponse.json(200, result(result.get()));
        } catch (ExecutionException failed) {
            throw new ApiError(503, "unavailable", "The journal cannot be read: " + failed.getCause().getMessage());
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
            throw new ApiError(503, "unavailable", "This controller is going down.");
        }
    }

    /** How far the verification is that is under way, and how the last one ended. */
    JsonNode progress() {
        VerifyRuns.Progress progress = keeper.custody().verification().progress();
        ObjectNode node = Json.object();
        node.put("running", progress.running());
        node.put("done", progress.done());
        node.put("total", progress.total());
        node.set("result", progress.result().map(Verifications::result).orElse(null));
        node.put("problem", progress.problem().orElse(null));
        Anchoring.State anchor = keeper.custody().anchorState();
        node.putObject("anchor")
                .put("seq", anchor.seq().orElse(null))
                .put("at", anchor.at().map(String::valueOf).orElse(null))
                .put("problem", anchor.problem().orElse(null));
        return node;
    }

    private static ObjectNode result(VerifyRuns.Result result) {
        Verification verification = result.verification();
        ObjectNode node = Json.object();
        node.put("ok", verification.ok());
        node.put("lines", verification.lines());
        node.put("head", verification.head());
        node.put("after", verification.after());
        node.put("firstBad", verification.ok() ? null : verification.damages().get(0).seq());
        node.put("at", result.at().toString());
        node.put("damaged", verification.damages().size());
        ArrayNode damages = node.putArray("damages");
        verification.damages().stream().limit(MOST_DAMAGES).forEach(damage -> put(damage, damages.addObject()));
        return node;
    }

    private static void put(Damage damage, ObjectNode node) {
        node.put("file", damage.file())
                .put("line", damage.lineInFile())
                .put("seq", damage.seq())
                .put("what", damage.what());
    }
}
