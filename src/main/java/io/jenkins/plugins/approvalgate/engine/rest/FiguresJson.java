package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Figures;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Figures as JSON: durations in ISO-8601 to the second, months as {@code 2026-03}. */
final class FiguresJson {

    private FiguresJson() {}

    static ObjectNode of(Figures figures) {
        ObjectNode node = Json.object();
        node.put("since", figures.since().map(Instant::toString).orElse(null));
        node.put("decided", figures.all().times().decided());
        node.set("outcomes", outcomes(figures.all().outcomes()));
        times(figures.all().times(), node.putObject("timeToDecision"));
        node.putObject("slaKept").put("kept", figures.sla().kept()).put("of", figures.sla().of());
        ArrayNode months = node.putArray("months");
        figures.months().forEach((name, part) -> {
            ObjectNode month = months.addObject().put("month", name.toString());
            month.put("decided", part.times().decided());
            month.set("outcomes", outcomes(part.outcomes()));
            times(part.times(), month);
        });
        return node;
    }

    private static ObjectNode outcomes(Map<Outcome, Integer> outcomes) {
        ObjectNode node = Json.object();
        outcomes.forEach((outcome, number) -> node.put(outcome.name(), number));
        return node;
    }

    private static void times(Figures.Times times, ObjectNode node) {
        node.put("median", text(times.median()));
        node.put("p90", text(times.p90()));
    }

    private static String text(Optional<Duration> duration) {
        return duration.map(exact -> exact.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(null);
    }
}
