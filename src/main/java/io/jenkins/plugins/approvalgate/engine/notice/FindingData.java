package io.jenkins.plugins.approvalgate.engine.notice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.util.List;
import java.util.Optional;

/** The {@code data} of a finding: of what several gates show, there is no gate to tell of. */
final class FindingData {

    private static final List<String> FIELDS = List.of("kind", "sentence", "about", "environment", "job", "evidence");

    private FindingData() {}

    /** What is told of {@code line}, which is a finding. */
    static ObjectNode of(JournalLine line, Optional<String> root) {
        ObjectNode data = Json.object();
        data.put("gate", line.gate().orElse(null));
        FIELDS.forEach(field -> data.set(field, line.data().get(field)));
        data.put("reviewUrl", reviewUrl(line, root));
        data.put("summary", line.data().path("sentence").asText());
        return data;
    }

    /** The environment that it is about; empty if it is about none in particular. */
    static Optional<String> environment(JournalLine line) {
        return Optional.ofNullable(line.data().path("environment").textValue());
    }

    private static String reviewUrl(JournalLine line, Optional<String> root) {
        return root.orElse("") + line.gate().map(gate -> "approvals/gates/" + gate + "/").orElse("approvals/findings/");
    }

    /** What a template gets for what a finding does not have. */
    static String inTheStead(String name, JournalLine line, Optional<String> root) {
        return switch (name) {
            case "environment" -> "several environments";
            case "job" -> "several jobs";
            case "build" -> "0";
            default -> reviewUrl(line, root);
        };
    }
}
