package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Moment;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.engine.gate.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What a gate shows by itself, soon after it happened. Asks the directory, so it is slow; needs no index. */
final class InstanceDetector implements Detector {

    private static final Map<String, String> DECISIONS =
            Map.of("approved", "approved", "deferred", "approved", "rejected", "rejected", "bypassed", "bypassed");
    private static final Set<String> APPROVALS = Set.of("approved", "deferred");

    private final GateKeeper keeper;
    private final Host host;
    /** The line that was waited for last: once is enough. */
    private long waitedFor;

    InstanceDetector(GateKeeper keeper, Host host) {
        this.keeper = keeper;
        this.host = host;
    }

    @Override
    public boolean watches(String type) {
        return DECISIONS.containsKey(type) || type.equals("closed");
    }

    @Override
    public List<Finding> look(JournalLine line, Known known) throws IOException, NotYet {
        waitForBook(line);
        Optional<Gate> gate = Moment.of(line, keeper);
        if (gate.isEmpty()) {
            return List.of();
        }
        return line.type().equals("closed") ? leavers(line, gate.get()) : decision(line, gate.get());
    }

    /** A line is on disk a moment before its gate has it; not worth going to the disk for. */
    private void waitForBook(JournalLine line) throws NotYet {
        boolean behind = line.gate().flatMap(keeper::inMemory)
                .filter(gate -> gate.history().get(gate.history().size() - 1).seq() < line.seq())
                .isPresent();
        if (behind && waitedFor != line.seq()) {
            waitedFor = line.seq();
            throw new NotYet();
        }
    }

    private List<Finding> decision(JournalLine line, Gate gate) throws IOException {
        Deed deed = Deed.of(line.seq(), line.at(), line.actor().orElseThrow(), place(gate));
        List<Finding> found = new ArrayList<>();
        if (APPROVALS.contains(line.type())) {
            Instances.rubberStamp(
                            deed,
                            gate.history().get(0).seq(),
                            gate.requested().at(),
                            keeper.reviewedAt(gate.id(), deed.who()),
                            host.audit().findings())
                    .ifPresent(found::add);
        }
        Instances.offHours(deed, DECISIONS.get(line.type()), isOpen(line, gate)).ifPresent(found::add);
        return found;
    }

    private boolean isOpen(JournalLine line, Gate gate) {
        Optional<CheckSpec> hours = host.audit().findings().officeHours();
        Optional<Check> check = hours.flatMap(keeper::check);
        if (check.isPresent() && check.get() instanceof Check.OfTime ofTime) {
            Subject subject =
                    new Subject(gate.id(), gate.request(), gate.requested().at(), gate.requested().deadline(), 0);
            return ofTime.evaluate(subject, line.at()).verdict().lets();
        }
        return true;
    }

    static Deed.Place place(Gate gate) {
        return new Deed.Place(
                gate.id(),
                gate.request().environment(),
                gate.request().job(),
                gate.request().build(),
                gate.request().requestedBy());
    }

    private List<Finding> leavers(JournalLine closed, Gate gate) {
        if (gate.closed().filter(end -> end.outcome() == Outcome.APPROVED).isEmpty()) {
            return List.of();
        }
        Directory directory = new Directory(host.approverGroups(), host.realm());
        List<Approval> approvals = gate.approvals(closed.at());
        Tally tally = Tally.of(gate.policy(), approvals);
        List<Finding> found = new ArrayList<>();
        for (int entry = 0; entry < gate.policy().approvers().size(); entry++) {
            if (gate.policy().approvers().get(entry) instanceof Approver.Group group) {
                for (String approver : tally.filledBy(entry)) {
                    if (!stillCounts(gate, entry, approver, approvals, directory)) {
                        found.add(left(closed, gate, group, approver));
                    }
                }
            }
        }
        return found;
    }

    /** With {@link Order#ANY} a person stands for all their entries at once. */
    private static boolean stillCounts(
            Gate gate, int entry, String approver, List<Approval> approvals, Directory directory) {
        IntStream entries = gate.policy().order() != Order.ANY
                ? IntStream.of(entry)
                : approvals.stream()
                        .filter(approval -> approval.approver().equals(approver))
                        .flatMapToInt(approval -> approval.entries().stream().mapToInt(Integer::intValue));
        return entries.anyMatch(index -> standsIn(gate, index, approver, directory)
                || gate.policy().approvers().get(index) instanceof Approver.User
                || directory.inGroup(approver, gate.policy().approvers().get(index).name()));
    }

    private static boolean standsIn(Gate gate, int entry, String approver, Directory directory) {
        return gate.standIns().stream()
                .anyMatch(standIn -> standIn.entry() == entry && directory.same(standIn.to(), approver));
    }

    private Finding left(JournalLine closed, Gate gate, Approver.Group group, String approver) {
        Recorded approval = gate.history().stream()
                .filter(recorded -> recorded.event() instanceof GateEvent.Approving approving
                        && approving.approver().equals(approver))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        Deed deed = Deed.of(approval.seq(), approval.event().at(), approver, place(gate));
        return Instances.leftGroup(deed, group.name(), host.knows(approver), closed.seq(), keeper.now());
    }
}
