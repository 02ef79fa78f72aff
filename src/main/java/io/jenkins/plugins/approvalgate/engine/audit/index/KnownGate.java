package io.jenkins.plugins.approvalgate.engine.audit.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.AuditEntry;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.gate.Answered;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A gate's row, as it stands in the index or will. For one thread. */
final class KnownGate {

    private static final Logger LOGGER = Logger.getLogger(KnownGate.class.getName());
    private static final Set<String> DECISIONS = Set.of("approved", "deferred", "rejected", "bypassed");

    /**
     * What was known from the gate's request.
     *
     * @param branch as it is shown
     */
    record Request(
            String environment,
            String job,
            int build,
            Optional<String> stage,
            Optional<String> branch,
            String requestedBy,
            Instant requestedAt,
            Instant deadline,
            Optional<Instant> slaDue) {

        AuditEntry.Subject subject() {
            return new AuditEntry.Subject(Optional.of(environment), Optional.of(job), Optional.of(build), branch);
        }
    }

    final Request request;
    /** While the gate is open, all that came of it, for the moment in which it ends. */
    final List<JournalLine> lines = new ArrayList<>();
    Optional<Instant> firstDecisionAt = Optional.empty();
    Optional<Instant> answeredAt = Optional.empty();
    boolean decided;
    Optional<Instant> closedAt = Optional.empty();
    Optional<String> outcome = Optional.empty();
    long lastSeq;
    /** Not yet in the index. */
    boolean fresh;
    /** Not in the index as it is. */
    boolean changed;

    KnownGate(Request request) {
        this.request = request;
    }

    /** The gate that a line begins; empty if the line does not, or cannot be understood. */
    static Optional<KnownGate> begunBy(JournalLine line) {
        return switch (line.type()) {
            case "requested" -> request(line.at(), line.data()).map(KnownGate::new);
            case "restored" -> restored(line.data());
            default -> Optional.empty();
        };
    }

    private static Optional<KnownGate> restored(JsonNode data) {
        Optional<KnownGate> gate = Optional.empty();
        for (JsonNode event : data.path("events")) {
            String type = event.path("type").asText();
            Optional<Instant> at = Rows.time(event, "at");
            if (at.isPresent() && type.equals("requested")) {
                gate = request(at.get(), event.path("data")).map(KnownGate::new);
            } else if (at.isPresent() && gate.isPresent()) {
                gate.get().take(type, at.get(), event.path("data"));
            }
        }
        return gate;
    }

    private static Optional<Request> request(Instant at, JsonNode data) {
        Optional<String> environment = Rows.field(data, "environment").map(Rows::name);
        Optional<String> job = Rows.field(data, "job").map(Rows::name);
        Optional<Integer> build = Rows.number(data, "build");
        if (environment.isEmpty() || job.isEmpty() || build.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Request(
                environment.get(),
                job.get(),
                build.get(),
                Rows.field(data, "stage").map(Rows::name),
                Rows.field(data, "branch").map(Rows::name),
                Rows.field(data, "requestedBy").map(Rows::name).orElse(""),
                at,
                Rows.time(data, "deadline").orElse(at),
                Rows.time(data, "slaDue")));
    }

    /** Takes what a line says of the gate. */
    void take(JournalLine line) {
        lastSeq = line.seq();
        changed = true;
        if (Notes.isNote(line.type())) {
            return;
        }
        boolean open = closedAt.isEmpty();
        boolean begins = line.type().equals("restored");
        take(line.type(), line.at(), line.data());
        if (open || begins) {
            lines.add(line);
        }
        if (closedAt.isPresent() && !lines.isEmpty()) {
            answered(line.gate().orElseThrow());
            lines.clear();
        }
    }

    private void take(String type, Instant at, JsonNode data) {
        if (DECISIONS.contains(type) && firstDecisionAt.isEmpty()) {
            firstDecisionAt = Optional.of(at);
        }
        if (type.equals("closed")) {
            closedAt = Optional.of(at);
            outcome = Rows.field(data, "outcome").map(Rows::code);
        }
    }

    /** Takes from the lines when it was answered; leaves that open if they do not make a gate. */
    private void answered(String id) {
        try {
            List<Recorded> events = new ArrayList<>();
            for (JournalLine line : lines) {
                events.add(EventCodec.decode(line));
            }
            Gate gate = Gate.replay(id, events);
            answeredAt = Answered.at(gate);
            decided = Answered.decided(gate);
        } catch (IOException | RuntimeException incomplete) {
            LOGGER.log(Level.FINE, incomplete, () -> "Gate " + id + ": its lines do not tell when it was answered");
            answeredAt = Optional.empty();
            decided = false;
        }
    }
}
