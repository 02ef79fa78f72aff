package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks as they are made of settings, and the builds that they are asked about. */
final class Asked {

    private static final CheckTypes TYPES = CheckTypes.of(new FakeSurroundings(), List.of());

    private Asked() {}

    static Check check(String kind, Map<String, Object> settings) {
        return TYPES.create(new CheckSpec(kind, settings));
    }

    /** What the check says of {@code subject}, which it must say whenever it is asked. */
    static CheckResult evaluate(Check check, Subject subject) {
        return ((Check.OfRequest) check).evaluate(subject);
    }

    static Subject job(String fullName) {
        return subject(fullName, Origin.branch("main"), Map.of());
    }

    static Subject origin(Origin origin) {
        return subject("team/app", origin, Map.of());
    }

    static Subject metrics(Map<String, String> metrics) {
        return subject("team/app", Origin.branch("main"), metrics);
    }

    static Subject at(Instant requestedAt) {
        return new Subject("gate-1", origin(Origin.UNKNOWN).request(), requestedAt, requestedAt.plus(Given.TIMEOUT), 0);
    }

    private static Subject subject(String job, Origin origin, Map<String, String> metrics) {
        GateRequest request = new GateRequest(
                "key-1", "production", job, 7, "job/x/7/", Optional.empty(), origin, "starter", Set.of("starter"), "", metrics,
                List.of(), List.of());
        return new Subject("gate-1", request, Given.START, Given.START.plus(Given.TIMEOUT), 0);
    }
}
