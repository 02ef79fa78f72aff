package io.jenkins.plugins.approvalgate.engine.findings;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditCursor;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditEvent;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what was found, in the search index; of all controllers that share it. Thread-safe. */
public final class FindingSearch {

    private static final int STEP = 200;
    /** Nobody reads more to understand one finding. */
    private static final int MOST_EVIDENCE = 50;

    /**
     * What is searched for.
     *
     * @param person whom it is about, among others
     * @param from the earliest time at which it was found
     * @param to the first that is too late
     */
    public record Query(
            Optional<Kind> kind,
            Optional<String> environment,
            Optional<String> person,
            Optional<Instant> from,
            Optional<Instant> to) {

        private AuditQuery lines() {
            return new AuditQuery(
                    Optional.empty(), environment, Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.of(Notes.FINDING), Optional.empty(), from, to, List.of());
        }

        private boolean fits(Finding finding) {
            return kind.filter(wanted -> wanted != finding.kind()).isEmpty()
                    && person.map(Deed::fold)
                            .filter(wanted -> finding.about().stream().map(Deed::fold).noneMatch(wanted::equals))
                            .isEmpty();
        }
    }

    /**
     * A finding that is on record.
     *
     * @param line the line that says so
     * @param evidence the first of the lines that show it
     */
    public record Found(AuditEvent line, Finding finding, List<AuditEvent> evidence) {}

    private final AuditIndex index;

    public FindingSearch(AuditIndex index) {
        this.index = index;
    }

    /**
     * Those that fit, newest first.
     *
     * @param after where to go on; empty for the newest
     * @throws IndexUnavailableException if the index cannot be asked now
     */
    public List<Found> find(Query query, Optional<AuditCursor> after, int limit) throws IndexUnavailableException {
        List<Found> found = new ArrayList<>();
        Optional<AuditCursor> place = after;
        while (true) {
            List<AuditEvent> lines = index.search(query.lines(), place, STEP);
            for (AuditEvent line : lines) {
                Optional<Finding> finding = finding(line).filter(query::fits);
                if (finding.isPresent() && found.size() < limit) {
                    found.add(new Found(line, finding.get(), evidence(line, finding.get())));
                }
            }
            if (lines.size() < STEP || found.size() >= limit) {
                return found;
            }
            place = Optional.of(lines.get(lines.size() - 1).place());
        }
    }

    private List<AuditEvent> evidence(AuditEvent line, Finding finding) throws IndexUnavailableException {
        return index.lines(
                line.controller(), finding.evidence().stream().limit(MOST_EVIDENCE).toList());
    }

    private static Optional<Finding> finding(AuditEvent line) {
        try {
            JsonNode data = Json.read(line.data().getBytes(StandardCharsets.UTF_8));
            return Finding.of(line.gate(), data);
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }
}
