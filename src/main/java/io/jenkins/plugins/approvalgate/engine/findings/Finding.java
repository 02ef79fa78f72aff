package io.jenkins.plugins.approvalgate.engine.findings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A pattern that was seen.
 *
 * @param gate the gate, where it is about one
 * @param about the ids of whom it is about
 * @param environment where it is about one; so job
 * @param sentence what was seen, for those who read the audit
 * @param evidence the numbers of the lines that show it, the last of which is the one that completed it
 */
public record Finding(
        Kind kind,
        Optional<String> gate,
        List<String> about,
        Optional<String> environment,
        Optional<String> job,
        String sentence,
        List<Long> evidence) {

    public Finding {
        about = List.copyOf(about);
        evidence = evidence.stream().sorted().toList();
    }

    /** The line that completed it. */
    public long completedBy() {
        return evidence.get(evidence.size() - 1);
    }

    /**
     * Those that may count the same lines. What one of them has counted does not count again in the next. A bypass is of one
     * person, or of one environment by several.
     */
    public String series() {
        return about.size() > 1 && kind == Kind.REPEATED_BYPASS
                ? ofEnvironment(environment.orElse(""))
                : ofPeople(kind, about);
    }

    static String ofEnvironment(String environment) {
        return Kind.REPEATED_BYPASS + " of " + environment;
    }

    static String ofPeople(Kind kind, List<String> about) {
        return kind + " by " + about.stream().map(Deed::fold).sorted().collect(Collectors.joining("\n"));
    }

    /** What makes it this one: it is on record once. */
    public String key() {
        return completedBy() + " " + series();
    }

    /** The line that puts it on record. Nobody did it, so it has no actor. */
    public JournalLine.Draft draft(Instant now) {
        ObjectNode data = Json.object().put("kind", kind.name()).put("sentence", sentence);
        ArrayNode people = data.putArray("about");
        about.forEach(people::add);
        data.put("environment", environment.orElse(null));
        data.put("job", job.orElse(null));
        ArrayNode lines = data.putArray("evidence");
        evidence.forEach(lines::add);
        return new JournalLine.Draft(now, gate, Notes.FINDING, Optional.empty(), data);
    }

    /** The finding that a line's data keeps; empty if this version does not know what it says. */
    public static Optional<Finding> of(Optional<String> gate, JsonNode data) {
        List<Long> evidence = new ArrayList<>();
        data.path("evidence").forEach(seq -> evidence.add(seq.asLong()));
        List<String> about = new ArrayList<>();
        data.path("about").forEach(user -> about.add(user.asText()));
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Finding(
                    Kind.valueOf(data.path("kind").asText()),
                    gate,
                    about,
                    text(data, "environment"),
                    text(data, "job"),
                    data.path("sentence").asText(),
                    evidence));
        } catch (IllegalArgumentException ofAnotherVersion) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode data, String field) {
        return Optional.ofNullable(data.path(field).textValue());
    }
}
