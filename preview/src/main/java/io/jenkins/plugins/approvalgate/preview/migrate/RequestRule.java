package io.jenkins.plugins.approvalgate.preview.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import io.jenkins.plugins.approvalgate.preview.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Invoke REST API and Invoke Azure Function: the tasks {@code InvokeRESTAPI} and {@code AzureFunction} with the inputs of
 * their {@code task.json}: the address is the service connection's with {@code urlSuffix} after it, or {@code function} with
 * {@code queryParameters}; the reply is judged by its status and by {@code successCriteria}, or, with {@code
 * waitForCompletion}, the other side calls back. Both become a {@code restCheck}: a function's {@code key} may as well go in
 * the header {@code x-functions-key}.
 *
 * <p>No secret is carried over: not the key, no header but harmless ones, nothing of a query or body that is called like one.
 */
final class RequestRule {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(7);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> HARMLESS = Set.of("accept", "accept-language", "content-type", "user-agent");
    /** What the tasks send of their own, so that Azure DevOps can be called back. */
    private static final Set<String> OWN = Set.of(
            "planurl", "projectid", "hubname", "planid", "jobid", "timelineid", "taskinstanceid", "authtoken");
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(secret|passw|pwd|token|key|auth|credential|signature|session|cookie|bearer).*|(?i)sig|code|pat|pass");

    private final Function<String, Optional<String>> connections;

    /** @param connections gives the address of a service connection, by its id or name */
    RequestRule(Function<String, Optional<String>> connections) {
        this.connections = connections;
    }

    /** Something that cannot be carried over; the message goes on after the name of the check. */
    private static final class Left extends Exception {
        private static final long serialVersionUID = 1L;

        Left(String message) {
            super(message);
        }
    }

    void add(AzureCheck check, Draft draft) throws Place.Misfit {
        try {
            draft.check(check, "restCheck", settings(check, draft));
        } catch (Left left) {
            draft.shut(check, left.getMessage());
        }
    }

    private Map<String, Object> settings(AzureCheck check, Draft draft) throws Place.Misfit, Left {
        Place inputs = check.settings().get("inputs").requireObject();
        if (Json.flag(inputs.get("waitForCompletion"), false)) {
            throw new Left("it calls back; let it call the address that a functionCheck with callback: true gives it");
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        String method = method(inputs);
        settings.put("method", method);
        settings.put("url", check.kind() == Kind.FUNCTION ? function(inputs) : address(inputs));
        String credentials = ("azure-" + draft.name() + "-" + check.id()).replaceAll("[^A-Za-z0-9_-]+", "-");
        settings.put("credentials", credentials);
        if (check.kind() == Kind.FUNCTION) {
            settings.put("credentialsHeader", "x-functions-key");
        }
        Map<String, String> headers = headers(check, draft, Json.textIfGiven(inputs.get("headers")));
        if (!headers.isEmpty()) {
            settings.put("headers", headers);
        }
        String body = Json.textIfGiven(inputs.get("body"));
        if (!body.isEmpty() && !method.equals("GET") && !method.equals("HEAD")) {
            settings.put("body", body(body));
        }
        List<String> success = success(Json.textIfGiven(inputs.get("successCriteria")));
        if (!success.isEmpty()) {
            settings.put("success", success);
        }
        interval(check, settings);
        draft.remark(check, "the secret that it sends is to be kept as the credential " + Words.quoted(credentials)
                + (check.kind() == Kind.FUNCTION ? ", a secret text" : ", or that line taken out where it sends none"));
        return settings;
    }

    private static String method(Place inputs) throws Place.Misfit, Left {
        String given = Json.textIfGiven(inputs.get("method"));
        String method = given.isEmpty() ? "POST" : given.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new Left("it asks with the method " + Words.shown(method) + ", which a restCheck does not have");
        }
        return method;
    }

    private static String function(Place inputs) throws Place.Misfit, Left {
        String query = Json.textIfGiven(inputs.get("queryParameters"));
        return usable(Json.textIfGiven(inputs.get("function")) + (query.isEmpty() ? "" : "?" + query));
    }

    private String address(Place inputs) throws Place.Misfit, Left {
        String selector = Json.textIfGiven(inputs.get("connectedServiceNameSelector"));
        if (!selector.isEmpty() && !selector.equals("connectedServiceName")) {
            throw new Left("it logs in as a service of Azure, which is not possible here; ask a service of your own");
        }
        String connection = Json.textIfGiven(inputs.get("connectedServiceName"));
        Optional<String> base = connections.apply(connection);
        if (base.isEmpty()) {
            throw new Left("its address stands in the service connection " + Words.quoted(connection)
                    + "; give it with --connection " + Words.shown(connection) + "=https://…");
        }
        return usable(base.get() + Json.textIfGiven(inputs.get("urlSuffix")));
    }

    private static String usable(String address) throws Left {
        requirePlain(address, "its address");
        int query = address.indexOf('?');
        if (query >= 0) {
            for (String parameter : address.substring(query + 1).split("&")) {
                if (parameter.contains("?") || SECRET.matcher(parameter.replaceFirst("=.*", "")).matches()) {
                    throw new Left("its address may have a secret in it; send that as a credential in a restCheck");
                }
            }
        }
        return address;
    }

    /** Azure's variables are not known here, and ours are not meant there. */
    private static void requirePlain(String text, String what) throws Left {
        if (text.contains("$(") || text.contains("${") || text.contains("{{")) {
            throw new Left(what + " has variables of Azure DevOps in it; write a restCheck with those of a gate");
        }
    }

    private static Map<String, String> headers(AzureCheck check, Draft draft, String json) throws Left {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> header : object(json).properties()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            String value = header.getValue().asText();
            if (OWN.contains(name) && value.startsWith("$(system.")) {
                draft.remark(check, "the headers by which it could call Azure DevOps back are left out");
            } else if (HARMLESS.contains(name) && header.getValue().isTextual()) {
                requirePlain(value, "a header");
                headers.put(header.getKey(), value);
            } else {
                throw new Left("its header " + Words.quoted(header.getKey()) + " may be a secret; send it as a credential in a"
                        + " restCheck, or write it there");
            }
        }
        return headers;
    }

    private static JsonNode object(String json) throws Left {
        try {
            JsonNode node = json.isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(json);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException noJson) {
            // told below: what it is could be a secret
        }
        throw new Left("its headers are no JSON object; write them in a restCheck");
    }

    private static String body(String body) throws Left {
        requirePlain(body, "its body");
        try {
            if (!hasSecret(MAPPER.readTree(body))) {
                return body;
            }
        } catch (JsonProcessingException noJson) {
            throw new Left("its body is no JSON; write it in a restCheck");
        }
        throw new Left("its body may have a secret in it; send that as a credential in a restCheck");
    }

    private static boolean hasSecret(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        if (names.stream().anyMatch(name -> SECRET.matcher(name).matches())) {
            return true;
        }
        for (JsonNode child : node) {
            if (hasSecret(child)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> success(String criteria) throws Left {
        return Criteria.comparisons(criteria)
                .orElseThrow(() -> new Left("its success criteria cannot be said as a restCheck's success without letting more"
                        + " through; let the service answer with a status or a plain value"));
    }

    /** Azure DevOps asks once where there is no interval, and the check has failed if the answer is no. */
    private static void interval(AzureCheck check, Map<String, Object> settings) throws Place.Misfit {
        int minutes = Json.number(check.settings().get("retryInterval"), 0);
        if (minutes == 0) {
            settings.put("otherwise", "fail");
        } else {
            Duration interval = Duration.ofMinutes(minutes);
            settings.put("interval", TimeSpan.format(interval.compareTo(LONGEST_INTERVAL) < 0 ? interval : LONGEST_INTERVAL));
        }
    }
}
