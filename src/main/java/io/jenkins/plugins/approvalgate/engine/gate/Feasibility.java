package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Whether a policy can be fulfilled at all, as far as its groups are known. */
public final class Feasibility {

    private Feasibility() {}

    /**
     * Why nobody could ever open a gate of this policy, even if everybody approved; empty if they could. A group of the
     * realm counts as large enough.
     *
     * @param groups our own groups
     * @param same whether two ids mean the same person
     */
    public static Optional<String> whyNever(
            ApprovalPolicy policy, List<ApproverGroup> groups, BiPredicate<String, String> same) {
        People known = new Known(groups, same);
        List<Approval> everybody = new ArrayList<>();
        for (String person : people(policy, groups, same)) {
            Set<Integer> entries = Standing.entries(policy.approvers(), List.of(), person, known);
            if (!entries.isEmpty()) {
                everybody.add(new Approval(person, entries));
            }
        }
        for (int entry = 0; entry < policy.approvers().size(); entry++) {
            if (policy.approvers().get(entry) instanceof Approver.Group group && isOpenEnded(group, groups)) {
                for (int i = 0; i < policy.approvalsNeeded(); i++) {
                    everybody.add(new Approval("somebody of " + group.name() + " " + i, Set.of(entry)));
                }
            }
        }
        Tally tally = Tally.of(policy, everybody);
        return tally.complete()
                ? Optional.empty()
                : Optional.of("it needs " + tally.required() + " approvals by different people, and its approvers are only "
                        + tally.given());
    }

    /**
     * Why nobody could open {@code gate} any more if {@code command} were carried out, as far as its groups are known; empty
     * if they could. What a group's member hands over takes nothing from the policy that it could need.
     *
     * @param groups our own groups
     */
    public static Optional<String> whyNever(
            Gate gate, Command.Reassign command, List<ApproverGroup> groups, People people) {
        ApprovalPolicy policy = gate.policy();
        for (int entry = 0; entry < policy.approvers().size(); entry++) {
            if (policy.approvers().get(entry) instanceof Approver.User user && people.same(user.id(), command.actor())) {
                try {
                    return whyNever(policy.withUser(entry, command.to()), groups, people::same);
                } catch (IllegalArgumentException twice) {
                    return Optional.of(twice.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    /** Everybody whose id is known, each once. */
    private static List<String> people(
            ApprovalPolicy policy, List<ApproverGroup> groups, BiPredicate<String, String> same) {
        List<String> people = new ArrayList<>();
        for (Approver approver : policy.approvers()) {
            List<String> ids = approver instanceof Approver.User user
                    ? List.of(user.id())
                    : own(approver.name(), groups).map(ApproverGroup::members).orElse(List.of());
            for (String id : ids) {
                if (people.stream().noneMatch(known -> same.test(known, id))) {
                    people.add(id);
                }
            }
        }
        return people;
    }

    private static boolean isOpenEnded(Approver.Group group, List<ApproverGroup> groups) {
        return own(group.name(), groups).filter(g -> g.includes().isEmpty()).isEmpty();
    }

    private static Optional<ApproverGroup> own(String name, List<ApproverGroup> groups) {
        return groups.stream().filter(g -> g.name().equals(name)).findFirst();
    }

    /** A directory that knows our own groups' listed members and nobody else. */
    private record Known(List<ApproverGroup> groups, BiPredicate<String, String> sameUser) implements People {
        @Override
        public boolean same(String userId, String otherUserId) {
            return sameUser.test(userId, otherUserId);
        }

        @Override
        public boolean inGroup(String userId, String group) {
            return own(group, groups)
                    .filter(g -> g.members().stream().anyMatch(member -> same(member, userId)))
                    .isPresent();
        }
    }
}
