package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Explainer;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.export.Csv;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.check.http.Answer;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The API below {@code approvals/rest/}. Thread-safe.
 *
 * <p>A host authenticates the caller and, for everything but GET, checks its crumb or token before it comes here. What a
 * caller may not see does not exist here: it is neither found nor counted.
 */
public final class RestApi {

    private static final Set<String> READS =
            with(AuditApi.READS, "summary", "gates", "gates/*", "environments", "environments/*");
    private static final Set<String> WRITES =
            with(
                    AuditApi.WRITES,
                    "gates/*/approve", "gates/*/reject", "gates/*/withdraw", "gates/*/defer", "gates/*/reassign",
                    "gates/*/bypass", "gates/*/recheck", "gates/approve", "gates/reject", "environments/*/explain");

    private final GateKeeper keeper;
    private final Host host;
    private final AuditApi audit;

    /** @param index what the audit is searched in; empty while there is none */
    public RestApi(GateKeeper keeper, Host host, Optional<AuditIndex> index) {
        this.keeper = keeper;
        this.host = host;
        audit = new AuditApi(keeper, host, index);
    }

    private static Set<String> with(Set<String> audit, String... routes) {
        return Stream.concat(audit.stream(), Stream.of(routes)).collect(Collectors.toUnmodifiableSet());
    }

    /** What can be asked, as {@code GET gates/*}, for those who describe it; {@code *} stands for an id or a name. */
    public static Set<String> operations() {
        return Stream.concat(READS.stream().map(route -> "GET " + route), WRITES.stream().map(route -> "POST " + route))
                .collect(Collectors.toSet());
    }

    /** Answers one request; every error is an answer too. */
    public RestResponse handle(RestRequest request, Caller caller) {
        return answer(request, caller).at(keeper.now());
    }

    private RestResponse answer(RestRequest request, Caller caller) {
        try {
            if (!caller.mayEnter()) {
                throw caller.user().isEmpty()
                        ? new ApiError(401, "signIn", "Sign in first.")
                        : new ApiError(403, "forbidden", "You may not see the approvals of this Jenkins.");
            }
            String route = route(request.path());
            if (request.method().equals("GET") && READS.contains(route)) {
                return read(route, request, caller)
                        .unlessSeen(request.ifNoneMatch().orElse(""));
            }
            if (request.method().equals("POST") && WRITES.contains(route)) {
                return AuditApi.WRITES.contains(route)
                        ? audit.write(route, request, caller)
                        : RestResponse.json(200, post(route, request, caller));
            }
            if (READS.contains(route) || WRITES.contains(route)) {
                String allowed = !WRITES.contains(route) ? "GET" : !READS.contains(route) ? "POST" : "GET, POST";
                return new ApiError(405, "methodNotAllowed", "Use " + allowed.replace(",", " or") + ".")
                        .response()
                        .allowing(allowed);
            }
            throw new ApiError(404, "unknownAddress", "There is nothing at this address.");
        } catch (ApiError error) {
            return error.response();
        } catch (Refusal refusal) {
            return ApiError.of(refusal).response();
        }
    }

    /**
     * Takes what a function answers on the address that a check gave it. Needs neither a login nor a crumb: the token is
     * the secret, good for one answer.
     *
     * @param token the last segment of the address
     */
    public RestResponse callback(String token, RestRequest request) {
        try {
            if (!request.method().equals("POST")) {
                return new ApiError(405, "methodNotAllowed", "Use POST.").response().allowing("POST");
            }
            // The address first: whoever has none learns nothing of what is expected there.
            if (!keeper.expects(token) || !keeper.answer(token, Answer.read(Body.object(request)))) {
                throw new ApiError(404, "unknownAddress", "This address is not known, was used, or has expired.");
            }
            return RestResponse.json(200, Json.object().put("accepted", true));
        } catch (IllegalArgumentException noDecision) {
            return ApiError.invalid("It " + noDecision.getMessage() + ".").response();
        } catch (ApiError error) {
            return error.response();
        } catch (Refusal refusal) {
            return ApiError.of(refusal).response();
        }
    }

    private RestResponse read(String route, RestRequest request, Caller caller) throws ApiError, Refusal {
        if (AuditApi.READS.contains(route)) {
            return audit.read(route, request, caller);
        }
        String format = route.equals("environments") ? request.query().getOrDefault("format", "json") : "json";
        return switch (format) {
            case "json" -> RestResponse.json(200, get(route, request, caller));
            case "csv" -> RestResponse.file(
                    "approval-matrix.csv", Csv.TYPE, MatrixCsv.of(environments(caller).get("environments")));
            default -> throw ApiError.invalid("format has to be json or csv.");
        };
    }

    private JsonNode get(String route, RestRequest request, Caller caller) throws ApiError, Refusal {
        return switch (route) {
            case "summary" -> summary(caller);
            case "gates" -> gates(caller).page(request.query());
            case "gates/*" -> review(new Decisions(keeper, caller).visible(request.path().get(1)), caller);
            case "environments" -> environments(caller);
            default -> environment(request.path().get(1), caller);
        };
    }

    private JsonNode post(String route, RestRequest request, Caller caller) throws ApiError, Refusal {
        return switch (route) {
            case "environments/*/explain" -> explain(request, caller);
            case "gates/approve", "gates/reject" -> new Decisions(keeper, caller)
                    .several(request.path().get(1), request, gate -> json(caller).row(gate));
            default -> {
                List<String> path = request.path();
                Gate after = new Decisions(keeper, caller).one(path.get(1), path.get(2), request);
                // Whoever decided is told at once, be the build at hand or not.
                yield full(after, json(caller), host.isAtHand(after));
            }
        };
    }

    /** The address with the name in its second place left out. */
    private static String route(List<String> path) {
        String all = String.join("/", path);
        if (path.size() < 2 || path.get(0).equals("audit") || WRITES.contains(all)) {
            return all;
        }
        String rest = String.join("/", path.subList(2, path.size()));
        return path.get(0) + "/*" + (rest.isEmpty() ? "" : "/" + rest);
    }

    private GateJson json(Caller caller) {
        return new GateJson(keeper, host, caller, keeper.now());
    }

    private GateList gates(Caller caller) {
        return new GateList(keeper, caller, json(caller));
    }

    private JsonNode summary(Caller caller) {
        GateList gates = gates(caller);
        return Json.object()
                .put("waitingForYou", gates.mine())
                .put("open", gates.openByEnvironment().values().stream().mapToLong(Long::longValue).sum())
                .put("mayViewAudit", caller.mayViewAudit());
    }

    /** How many gates the caller could decide now, of those that they may see. */
    public long waitingFor(Caller caller) {
        return gates(caller).mine();
    }

    private JsonNode review(Gate gate, Caller caller) {
        GateJson json = json(caller);
        JsonNode full = full(gate, json, true);
        caller.user().filter(user -> json.asks(gate)).ifPresent(user -> keeper.reviewed(gate, user));
        return full;
    }

    /** @param build whether to tell what the host knows of the build, for which it may have to wait */
    private JsonNode full(Gate gate, GateJson json, boolean build) {
        List<Gate> ofSameBuild = Stream.concat(keeper.open().stream(), keeper.ended().stream())
                .filter(other -> other.request().isOfSameBuild(gate.request()))
                .toList();
        return json.full(gate, ofSameBuild, build);
    }

    private JsonNode environments(Caller caller) {
        ObjectNode node = Json.object();
        ArrayNode rows = node.putArray("environments");
        Map<String, Long> open = gates(caller).openByEnvironment();
        EnvironmentJson json = new EnvironmentJson(keeper, host, caller);
        for (Environment environment : host.environments()) {
            rows.add(json.row(environment, open.getOrDefault(environment.name(), 0L)));
        }
        return node;
    }

    private Environment environment(String name) throws ApiError {
        return host.environments().stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiError(404, "unknownEnvironment", "There is no such environment."));
    }

    private JsonNode explain(RestRequest request, Caller caller) throws ApiError {
        Environment environment = environment(request.path().get(1));
        ExplainRequest asked = ExplainRequest.read(request, environment, keeper.now());
        if (asked.askOthers() && !caller.mayConfigure()) {
            throw new ApiError(
                    403, "forbidden", "Only those who may configure environments may have their checks ask others.");
        }
        Explainer.Explanation explanation = new Explainer(keeper, host)
                .explain(environment, asked.request(), asked.user(), asked.at(), asked.askOthers());
        return new CheckJson(keeper).explanation(explanation);
    }

    private JsonNode environment(String name, Caller caller) throws ApiError {
        Environment environment = environment(name);
        GateJson gates = json(caller);
        List<Gate> open = new GateList(keeper, caller, gates).open(name).toList();
        EnvironmentJson json = new EnvironmentJson(keeper, host, caller);
        ObjectNode node = json.row(environment, open.size());
        boolean locks = environment.lock().isPresent() || keeper.lockHolder(name).isPresent();
        node.set("lockState", locks ? json.lockState(name) : null);
        node.set("figures", json.figures(name));
        node.put("configureUrl", caller.configureUrl(environment).orElse(null));
        ArrayNode rows = node.putArray("gates");
        open.forEach(gate -> rows.add(gates.row(gate)));
        return node;
    }
}
