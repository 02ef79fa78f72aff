package io.jenkins.plugins.approvalgate.build;

import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.StandIn;
import io.jenkins.plugins.approvalgate.engine.gate.Tally;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whose approval an open gate asks for now, in sentences. */
final class Asked {

    private static final int MOST_NAMES = 10;

    private final Gate gate;
    private final Directory directory;

    Asked(Gate gate, Directory directory) {
        this.gate = gate;
        this.directory = directory;
    }

    /** One sentence for each entry that lacks somebody and whose turn it is; none where no approval is missing. */
    List<String> sentences() {
        Tally tally = gate.tally();
        if (!gate.isOpen() || gate.isBypassed() || tally.complete()) {
            return List.of();
        }
        return gate.policy().order() == Order.ANY ? List.of(anyOf(tally)) : eachOf(tally);
    }

    private String anyOf(Tally tally) {
        List<String> names = gate.policy().approvers().stream().map(this::named).toList();
        int more = tally.required() - tally.given();
        return names.size() == 1 ? Messages.Asked_entry(more, names.get(0)) : Messages.Asked_anyOf(more, String.join(", ", names));
    }

    private List<String> eachOf(Tally tally) {
        return tally.asked().stream()
                .map(entry -> Messages.Asked_entry(
                        tally.lacking(entry), named(gate.policy().approvers().get(entry))))
                .toList();
    }

    private String named(Approver approver) {
        if (approver instanceof Approver.User user) {
            return user.id();
        }
        List<String> people = people(approver);
        return people.isEmpty()
                ? Messages.Asked_group(approver.name())
                : Messages.Asked_groupOf(approver.name(), shortened(people));
    }

    private static String shortened(List<String> people) {
        return people.size() <= MOST_NAMES
                ? String.join(", ", people)
                : Messages.Asked_more(String.join(", ", people.subList(0, MOST_NAMES)), people.size() - MOST_NAMES);
    }

    /** Who of the group could still approve, as far as that can be said. */
    private List<String> people(Approver group) {
        int entry = gate.policy().approvers().indexOf(group);
        Set<String> people = new LinkedHashSet<>(directory.members(group.name()).orElse(List.of()));
        for (StandIn standIn : gate.standIns()) {
            if (standIn.entry() == entry) {
                people.removeIf(id -> directory.same(id, standIn.from()));
                people.add(standIn.to());
            }
        }
        people.removeIf(this::isOut);
        return List.copyOf(people);
    }

    private boolean isOut(String id) {
        boolean barred = !gate.policy().requesterMayApprove()
                && gate.request().requesters().stream().anyMatch(requester -> directory.same(id, requester));
        return barred || gate.approvals().stream().map(Approval::approver).anyMatch(other -> directory.same(id, other));
    }
}
