package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Evidence that goes through all lines each time. */
final class LineEvidence implements Evidence {

    /** Where the lines come from. */
    @FunctionalInterface
    interface Lines {
        List<JournalLine> all() throws IOException;
    }

    private final Lines lines;

    LineEvidence(Lines lines) {
        this.lines = lines;
    }

    @Override
    public long reached() throws IOException {
        List<JournalLine> all = lines.all();
        return all.isEmpty() ? 0 : all.get(all.size() - 1).seq();
    }

    /** The gates as they are after the line {@code upTo}. */
    static Map<String, Gate> gates(List<JournalLine> all, long upTo) throws IOException {
        Map<String, Gate> gates = new LinkedHashMap<>();
        for (JournalLine line : all) {
            if (line.seq() <= upTo && line.gate().isPresent() && !List.of("refused", "reviewed", "finding").contains(line.type())) {
                Recorded event = EventCodec.decode(line);
                Gate known = gates.get(line.gate().get());
                gates.put(
                        line.gate().get(), known == null ? Gate.open(line.gate().get(), event) : known.apply(event));
            }
        }
        return gates;
    }

    private List<Deed> deeds(String type, long upTo, Predicate<Deed> which) throws IOException {
        List<JournalLine> all = lines.all();
        Map<String, Gate> gates = gates(all, upTo);
        List<Deed> deeds = new ArrayList<>();
        for (JournalLine line : all) {
            if (line.seq() <= upTo && line.type().equals(type)) {
                Deed deed = new Deed(
                        line.seq(),
                        line.seq(),
                        line.at(),
                        line.actor().orElseThrow(),
                        InstanceDetector.place(gates.get(line.gate().orElseThrow())),
                        line.data().path("attempts").asInt(1),
                        line.data().path("selfApproval").asBoolean());
                if (which.test(deed)) {
                    deeds.add(deed);
                }
            }
        }
        return deeds;
    }

    private static Predicate<Deed> in(Instant from, long after) {
        return deed -> deed.seq() > after && !deed.at().isBefore(from);
    }

    @Override
    public List<Deed> refusedTo(String person, Instant from, long after, long upTo) throws IOException {
        return deeds("refused", upTo, in(from, after).and(deed -> deed.who().equalsIgnoreCase(person)));
    }

    @Override
    public List<Deed> refusedAt(String gate, String person, long upTo) throws IOException {
        return deeds("refused", upTo, deed -> deed.who().equalsIgnoreCase(person) && deed.place().gate().equals(gate));
    }

    @Override
    public List<Deed> bypassesBy(String person, Instant from, long after, long upTo) throws IOException {
        return deeds("bypassed", upTo, in(from, after).and(deed -> deed.who().equalsIgnoreCase(person)));
    }

    @Override
    public List<Deed> bypassesOf(String environment, Instant from, long after, long upTo) throws IOException {
        return deeds("bypassed", upTo, in(from, after).and(deed -> deed.place().environment().equals(environment)));
    }

    @Override
    public List<Deed> approvalsFor(String approver, String requester, Instant from, long after, long upTo)
            throws IOException {
        List<Deed> deeds = new ArrayList<>();
        for (Gate gate : gates(lines.all(), upTo).values()) {
            Optional<GateEvent.Closed> closed = gate.closed().filter(end -> end.outcome() == Outcome.APPROVED);
            if (closed.isEmpty() || !gate.request().requestedBy().equalsIgnoreCase(requester)) {
                continue;
            }
            for (Approval approval : gate.approvals(closed.get().at())) {
                if (approval.approver().equalsIgnoreCase(approver)) {
                    deeds.add(deed(gate, approval, closed.get()));
                }
            }
        }
        return deeds.stream().filter(in(from, after)).sorted((a, b) -> Long.compare(a.seq(), b.seq())).toList();
    }

    private static Deed deed(Gate gate, Approval approval, GateEvent.Closed closed) {
        long opened = 0;
        long given = 0;
        for (Recorded recorded : gate.history()) {
            if (recorded.event() instanceof GateEvent.Closed) {
                opened = recorded.seq();
            } else if (recorded.event() instanceof GateEvent.Approving approving
                    && approving.approver().equals(approval.approver())) {
                given = recorded.seq();
            }
        }
        return new Deed(opened, given, closed.at(), approval.approver(), InstanceDetector.place(gate), 1, false);
    }

    @Override
    public List<Finding> findings(Instant from) throws IOException {
        return lines.all().stream()
                .filter(line -> line.type().equals("finding") && !line.at().isBefore(from))
                .flatMap(line -> Finding.of(line.gate(), line.data()).stream())
                .toList();
    }
}
