package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What only the past shows: asks the index for it, once that has got as far as the line. */
final class PatternDetector implements Detector {

    private static final Set<String> TYPES = Set.of(Notes.REFUSED, "bypassed", "closed");

    /** Finds the gate of a line, as it was then. */
    @FunctionalInterface
    interface Gates {
        Optional<Gate> at(JournalLine line) throws IOException;
    }

    private final Gates gates;
    private final Supplier<FindingRules> thresholds;
    private final Evidence evidence;
    private boolean remembers;

    PatternDetector(Gates gates, Supplier<FindingRules> thresholds, Evidence evidence) {
        this.gates = gates;
        this.thresholds = thresholds;
        this.evidence = evidence;
    }

    @Override
    public boolean watches(String type) {
        return TYPES.contains(type);
    }

    @Override
    public List<Finding> look(JournalLine line, Known known) throws IOException, NotYet {
        if (evidence.reached() < line.seq()) {
            throw new NotYet();
        }
        FindingRules rules = thresholds.get();
        remember(line, known, rules);
        return switch (line.type()) {
            case Notes.REFUSED -> refused(line, known, rules);
            case "bypassed" -> bypassed(line, known, rules);
            default -> opened(line, known, rules);
        };
    }

    /** After a start, what earlier findings have counted. */
    private void remember(JournalLine line, Known known, FindingRules rules) throws IOException {
        if (!remembers) {
            Duration longest = Stream.of(rules.refusalsWithin(), rules.bypassesWithin(), rules.mutualWithin())
                    .max(Duration::compareTo)
                    .orElseThrow();
            evidence.findings(line.at().minus(longest)).forEach(known::count);
            remembers = true;
        }
    }

    private List<Finding> refused(JournalLine line, Known known, FindingRules rules) throws IOException {
        String person = line.actor().orElseThrow();
        long counted = known.counted(Finding.ofPeople(Kind.REFUSED_ATTEMPTS, List.of(person)));
        List<Finding> found = new ArrayList<>();
        if (line.data().path(Notes.SELF_APPROVAL).asBoolean()) {
            completedBy(line, evidence.refusedAt(line.gate().orElseThrow(), person, line.seq()))
                    .flatMap(Patterns::selfApproval)
                    .ifPresent(found::add);
        }
        Instant from = line.at().minus(rules.refusalsWithin());
        completedBy(line, evidence.refusedTo(person, from, counted, line.seq()))
                .flatMap(attempts -> Patterns.refusals(attempts, rules))
                .ifPresent(found::add);
        return found;
    }

    private List<Finding> bypassed(JournalLine line, Known known, FindingRules rules) throws IOException {
        Optional<Gate> gate = gates.at(line);
        if (gate.isEmpty()) {
            return List.of();
        }
        String person = line.actor().orElseThrow();
        String environment = gate.get().request().environment();
        Instant from = line.at().minus(rules.bypassesWithin());
        long countedOfPerson = known.counted(Finding.ofPeople(Kind.REPEATED_BYPASS, List.of(person)));
        long countedOfEnvironment = known.counted(Finding.ofEnvironment(environment));
        List<Finding> found = new ArrayList<>();
        completedBy(line, evidence.bypassesBy(person, from, countedOfPerson, line.seq()))
                .flatMap(bypasses -> Patterns.bypassesBy(bypasses, rules))
                .ifPresent(found::add);
        completedBy(line, evidence.bypassesOf(environment, from, countedOfEnvironment, line.seq()))
                .flatMap(bypasses -> Patterns.bypassesOf(bypasses, rules))
                .ifPresent(found::add);
        return found;
    }

    private List<Finding> opened(JournalLine line, Known known, FindingRules rules) throws IOException {
        if (!line.data().path("outcome").asText().equals(Outcome.APPROVED.name())) {
            return List.of();
        }
        Optional<Gate> gate = gates.at(line);
        List<Finding> found = new ArrayList<>();
        if (gate.isPresent()) {
            String requester = gate.get().request().requestedBy();
            for (Approval approval : gate.get().approvals(line.at())) {
                if (!Deed.fold(approval.approver()).equals(Deed.fold(requester))) {
                    mutual(line, approval.approver(), requester, known, rules).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private Optional<Finding> mutual(
            JournalLine line, String approver, String requester, Known known, FindingRules rules) throws IOException {
        long counted = known.counted(Finding.ofPeople(Kind.MUTUAL_APPROVAL, List.of(approver, requester)));
        Instant from = line.at().minus(rules.mutualWithin());
        Optional<List<Deed>> there =
                completedBy(line, evidence.approvalsFor(approver, requester, from, counted, line.seq()));
        if (there.isEmpty()) {
            return Optional.empty();
        }
        List<Deed> back = evidence.approvalsFor(requester, approver, from, counted, line.seq());
        return back.isEmpty() ? Optional.empty() : Patterns.mutual(there.get(), back, rules);
    }

    /** A line that the index has left out completes nothing. */
    private static Optional<List<Deed>> completedBy(JournalLine line, List<Deed> deeds) {
        return deeds.isEmpty() || deeds.get(deeds.size() - 1).seq() != line.seq() ? Optional.empty() : Optional.of(deeds);
    }
}
