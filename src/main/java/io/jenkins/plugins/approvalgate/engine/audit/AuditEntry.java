package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A line of the journal with what the audit searches by. What is not in the line itself, {@link GateSubjects} knows.
 *
 * @param subject what the line's gate is about; of a line without a gate, what its data names
 */
public record AuditEntry(JournalLine line, Subject subject) {

    /** The type of the lines that end a gate: they alone have an outcome. */
    public static final String ENDS = "closed";

    /**
     * What a gate is about.
     *
     * @param build empty where there is none, as for a line that is about an environment alone
     */
    public record Subject(
            Optional<String> environment, Optional<String> job, Optional<Integer> build, Optional<String> branch) {
        public static final Subject NONE =
                new Subject(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** How the gate ended, as the {@code Outcome}'s name, where this line ended it. */
    public Optional<String> outcome() {
        return line.type().equals(ENDS) ? text("outcome") : Optional.empty();
    }

    /**
     * What somebody said, what the line gives as its reason, the message of a request, or a finding's sentence; empty if
     * nothing.
     */
    public String comment() {
        return Stream.of("comment", "reason", "message", "sentence")
                .flatMap(field -> text(field).stream())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private Optional<String> text(String field) {
        return text(line.data(), field);
    }

    static Optional<String> text(JsonNode data, String field) {
        return Optional.ofNullable(data.path(field).textValue());
    }
}
