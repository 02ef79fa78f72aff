package io.jenkins.plugins.approvalgate.engine.rest;

import io.jenkins.plugins.approvalgate.engine.check.Refs;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody asks to have explained. */
record ExplainRequest(GateRequest request, String user, Instant at, boolean askOthers) {

    private static final Set<String> FIELDS =
            Set.of("job", "branch", "kind", "user", "requester", "at", "metrics", "runChecks");
    private static final int LONGEST = 1_000;
    private static final Duration FAR = Duration.ofDays(3_653);

    static ExplainRequest read(RestRequest request, Environment environment, Instant now) throws ApiError {
        Body body = Body.read(request, FIELDS);
        String requester = text(body, "requester");
        return new ExplainRequest(
                imagined(environment, body, requester), text(body, "user"), at(body, now), body.flag("runChecks"));
    }

    private static GateRequest imagined(Environment environment, Body body, String requester) throws ApiError {
        return new GateRequest(
                "explain",
                environment.name(),
                text(body, "job"),
                1,
                "",
                Optional.empty(),
                origin(text(body, "branch"), text(body, "kind")),
                requester,
                requester.isEmpty() ? Set.of() : Set.of(requester),
                "",
                body.numbers("metrics"),
                List.of(),
                List.of());
    }

    private static String text(Body body, String field) throws ApiError {
        String text = body.text(field).strip();
        if (text.length() > LONGEST) {
            throw ApiError.invalid("\"" + field + "\" is longer than " + LONGEST + " characters.");
        }
        return text;
    }

    /** A name alone is that of a branch, unless it says otherwise: {@code refs/tags/v1}. */
    private static Origin origin(String branch, String kind) throws ApiError {
        if (branch.isEmpty()) {
            return Origin.UNKNOWN;
        }
        String tags = "refs/tags/";
        if (branch.startsWith(tags) && (kind.isEmpty() || kind.equals(Origin.Kind.TAG.word()))) {
            return Origin.of(new Origin.Head(Origin.Kind.TAG, branch.substring(tags.length())));
        }
        try {
            Origin.Kind given = kind.isEmpty() ? Origin.Kind.BRANCH : Origin.Kind.of(kind);
            return Origin.of(new Origin.Head(given, given == Origin.Kind.BRANCH ? Refs.branch(branch) : branch));
        } catch (IllegalArgumentException noSuchKind) {
            throw ApiError.invalid("\"kind\" has to be branch, pullRequest or tag.");
        }
    }

    private static Instant at(Body body, Instant now) throws ApiError {
        String at = body.text("at");
        if (at.isBlank()) {
            return now;
        }
        try {
            Instant instant = Instant.parse(at).truncatedTo(ChronoUnit.MILLIS);
            if (instant.isBefore(now.minus(FAR)) || instant.isAfter(now.plus(FAR))) {
                throw ApiError.invalid("\"at\" is more than ten years away.");
            }
            return instant;
        } catch (DateTimeException unreadable) {
            throw ApiError.invalid("\"at\" has to be a time in ISO-8601, UTC: 2026-03-06T14:00:00Z.");
        }
    }
}
