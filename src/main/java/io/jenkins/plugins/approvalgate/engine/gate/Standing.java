package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How one person stands to one gate's policy, as the directory answered when they acted. Resolved before the rules are
 * asked, so that the rules need no directory and no lock is held while one is.
 *
 * @param actor the person's id
 * @param entries the indices of the policy's entries that the person may fill
 * @param barred whether four eyes keep the person out: they started or replayed the build
 * @param self whether an id that was recorded earlier means the same person
 */
public record Standing(String actor, Set<Integer> entries, boolean barred, Predicate<String> self) {

    public Standing {
        entries = Set.copyOf(entries);
    }

    /** How {@code actor} stands to {@code gate} now. May ask a directory; see {@link People}. */
    public static Standing of(Gate gate, String actor, People people) {
        boolean barred = !gate.policy().requesterMayApprove()
                && gate.request().requesters().stream().anyMatch(requester -> people.same(actor, requester));
        return new Standing(
                actor, entries(gate.policy().approvers(), gate.standIns(), actor, people), barred, id -> people.same(actor, id));
    }

    /**
     * A person whom an entry names fills that entry and no group's: nobody else could fill it, and one person never
     * fills two, so counting them for a group could only leave the gate without a way to open.
     */
    static Set<Integer> entries(List<Approver> approvers, List<StandIn> standIns, String actor, People people) {
        Set<Integer> groups = new LinkedHashSet<>();
        for (int i = 0; i < approvers.size(); i++) {
            if (approvers.get(i) instanceof Approver.User user && people.same(actor, user.id())) {
                return Set.of(i);
            }
        }
        for (int i = 0; i < approvers.size(); i++) {
            if (approvers.get(i) instanceof Approver.Group group && people.inGroup(actor, group.name())) {
                groups.add(i);
            }
        }
        for (StandIn standIn : standIns) {
            if (people.same(actor, standIn.to())) {
                groups.add(standIn.entry());
            } else if (people.same(actor, standIn.from())) {
                groups.remove(standIn.entry());
            }
        }
        return groups;
    }

    /** Whether an entry names this very person. */
    boolean isNamedIn(ApprovalPolicy policy) {
        return policy.approvers().stream()
                .anyMatch(entry -> entry instanceof Approver.User user && self.test(user.id()));
    }
}
