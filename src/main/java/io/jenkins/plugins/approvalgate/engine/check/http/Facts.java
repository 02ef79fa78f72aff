package io.jenkins.plugins.approvalgate.engine.check.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What of a gate is told to those who are asked about it.
 *
 * @param root the host's address, ending in a slash; empty if it does not know it
 * @param callback where the answer may be given later; empty if it may not
 */
record Facts(Subject subject, Optional<String> root, Optional<URI> callback) {

    static final String CALLBACK = "callbackUrl";
    static final String METRIC = "metrics.";

    /** What placeholders there are, beside those for metrics and the call-back address. */
    static final List<String> NAMES = List.of(
            "environment", "gate", "job", "build", "buildUrl", "branch", "stage", "requestedBy", "requestedAt", "deadline",
            "message");

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");
    private static final int LONGEST_NUMBER = 100;

    /** What stands in the place of {@code ${name}}; nothing where the build has none of it. */
    String value(String name) throws Unfit {
        GateRequest request = subject.request();
        if (name.startsWith(METRIC)) {
            return metric(name.substring(METRIC.length()));
        }
        return switch (name) {
            case "environment" -> request.environment();
            case "gate" -> subject.gate();
            case "job" -> request.job();
            case "build" -> String.valueOf(request.build());
            case "buildUrl" -> buildUrl();
            case "branch" -> request.branch().orElse("");
            case "stage" -> request.stage().orElse("");
            case "requestedBy" -> request.requestedBy();
            case "requestedAt" -> subject.requestedAt().toString();
            case "deadline" -> subject.deadline().toString();
            case "message" -> request.message();
            case CALLBACK -> callback.map(URI::toString).orElse("");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private String metric(String name) throws Unfit {
        String value = subject.request().metrics().get(name);
        if (value == null) {
            throw new Unfit("The check asks for the metric " + name + ", which the build did not pass.");
        }
        return value;
    }

    /** From the host's root where the host knows it. */
    private String buildUrl() {
        return root.orElse("") + subject.request().buildUrl();
    }

    /** Everything, for those who are not asked in words of the settings. Metrics are numbers where they can be. */
    ObjectNode json() {
        GateRequest request = subject.request();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("gate", subject.gate());
        json.put("environment", request.environment());
        json.put("job", request.job());
        json.put("build", request.build());
        json.put("buildUrl", buildUrl());
        json.put("branch", request.branch().orElse(null));
        json.put("stage", request.stage().orElse(null));
        json.put("requestedBy", request.requestedBy());
        request.requesters().stream().sorted().forEach(json.putArray("requesters")::add);
        json.put("requestedAt", subject.requestedAt().toString());
        json.put("deadline", subject.deadline().toString());
        json.put("message", request.message());
        ObjectNode metrics = json.putObject("metrics");
        request.metrics().forEach((name, value) ->
                number(value).ifPresentOrElse(number -> metrics.put(name, number), () -> metrics.put(name, value)));
        json.set("origin", json(request.origin()));
        callback.ifPresent(address -> json.put(CALLBACK, address.toString()));
        return json;
    }

    private static ObjectNode json(Origin origin) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", origin.head().map(head -> head.kind().word()).orElse(null));
        json.put("name", origin.head().map(Origin.Head::name).orElse(null));
        json.put("replayed", origin.replayed());
        origin.script().ifPresent(script ->
                json.putObject("script").put("repository", script.repository()).put("path", script.path()));
        var libraries = json.putArray("libraries");
        origin.libraries().forEach(library -> libraries
                .addObject()
                .put("name", library.name())
                .put("version", library.version())
                .put("trusted", library.trusted()));
        return json;
    }

    // A policy that compares a text with a number gets an answer in some languages, and not the one that was meant.
    private static Optional<BigDecimal> number(String text) {
        String stripped = text.strip();
        if (stripped.length() > LONGEST_NUMBER || !NUMBER.matcher(stripped).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(stripped));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
