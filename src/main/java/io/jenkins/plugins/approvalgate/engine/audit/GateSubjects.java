package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.AuditEntry.Subject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the gates are about, for those who read the journal from its first line to its last: a gate says so only in the line
 * that begins it. For one thread at a time.
 */
public final class GateSubjects {

    private final int remembered;
    private final Function<String, Subject> forgotten;
    /** The ones asked for longest ago come first. */
    private final Map<String, Subject> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param remembered of how many gates in memory, at most
     * @param forgotten asked for a gate of which nothing is remembered
     */
    public GateSubjects(int remembered, Function<String, Subject> forgotten) {
        this.remembered = remembered;
        this.forgotten = forgotten;
    }

    /** The line with what it is about. Lines have to be given in their order. */
    public AuditEntry entry(JournalLine line) {
        if (line.gate().isEmpty()) {
            return new AuditEntry(line, subject(line.data()));
        }
        String gate = line.gate().get();
        Optional<Subject> begun = beginning(line);
        if (begun.isPresent()) {
            remember(gate, begun.get());
            return new AuditEntry(line, begun.get());
        }
        Subject subject = known.get(gate);
        if (subject == null) {
            subject = forgotten.apply(gate);
            remember(gate, subject);
        }
        return new AuditEntry(line, subject.equals(Subject.NONE) ? subject(line.data()) : subject);
    }

    /** What a line's own data name. */
    public static Subject named(JournalLine line) {
        return subject(line.data());
    }

    /** What a line says that begins a gate, or restores it; empty if it does neither. */
    public static Optional<Subject> beginning(JournalLine line) {
        return beginning(line.type(), line.data());
    }

    private static Optional<Subject> beginning(String type, JsonNode data) {
        return switch (type) {
            case "requested" -> Optional.of(subject(data));
            case "restored" -> {
                JsonNode first = data.path("events").path(0);
                yield beginning(first.path("type").asText(), first.path("data"));
            }
            default -> Optional.empty();
        };
    }

    private static Subject subject(JsonNode data) {
        return new Subject(
                AuditEntry.text(data, "environment"),
                AuditEntry.text(data, "job"),
                number(data),
                AuditEntry.text(data, "branch"));
    }

    private static Optional<Integer> number(JsonNode data) {
        JsonNode build = data.path("build");
        return build.canConvertToInt() && build.isIntegralNumber() ? Optional.of(build.intValue()) : Optional.empty();
    }

    private void remember(String gate, Subject subject) {
        known.put(gate, subject);
        if (known.size() > remembered) {
            known.remove(known.keySet().iterator().next());
        }
    }
}
