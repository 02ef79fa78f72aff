package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who has to approve, how many of them, in which order.
 *
 * @param minimum how many different people have to approve with {@link Order#ANY}, at least 1; of no meaning with the
 *     other orders, where every entry counts
 * @param approvers the entries, at least one, in the order in which {@link Order#SEQUENTIAL} asks them
 * @param requesterMayApprove whether those who started or replayed the build may stand among its approvers
 * @param commentRequired whether an approval needs a comment, as a rejection always does
 * @param reassignTo to whom approvers may give their place
 */
public record ApprovalPolicy(
        Order order,
        int minimum,
        List<Approver> approvers,
        boolean requesterMayApprove,
        boolean commentRequired,
        ReassignTo reassignTo) {

    /** Far above what anybody asks for, and little enough to be matched whenever a gate is shown. */
    private static final int MOST_APPROVALS = 100;

    /** One that wants no comment, and lets approvers give their place to anyone. */
    public ApprovalPolicy(Order order, int minimum, List<Approver> approvers, boolean requesterMayApprove) {
        this(order, minimum, approvers, requesterMayApprove, false, ReassignTo.ANYONE);
    }

    /** @throws IllegalArgumentException if the entries or numbers cannot be meant; the message says which */
    public ApprovalPolicy {
        approvers = List.copyOf(approvers);
        if (approvers.isEmpty()) {
            throw new IllegalArgumentException("approvers is empty: nobody could ever open the gate");
        }
        if (minimum < 1) {
            throw new IllegalArgumentException("minimumApprovals is " + minimum + ": it has to be at least 1");
        }
        if (order == Order.ANY && approvers.stream().anyMatch(a -> a.required() > 1)) {
            throw new IllegalArgumentException(
                    "required counts only with order sequential or unanimous: with any, use minimumApprovals");
        }
        if (order != Order.ANY && minimum > 1) {
            throw new IllegalArgumentException("minimumApprovals counts only with order any: with "
                    + order.word() + " every entry has to approve");
        }
        if (approvers.stream().map(ApprovalPolicy::identity).distinct().count() < approvers.size()) {
            throw new IllegalArgumentException("approvers names the same user or group twice");
        }
        long needed = order == Order.ANY
                ? minimum
                : approvers.stream().mapToLong(Approver::required).sum();
        if (needed > MOST_APPROVALS) {
            throw new IllegalArgumentException(
                    "it needs " + needed + " approvals: more than " + MOST_APPROVALS + " cannot be asked for");
        }
    }

    private static String identity(Approver approver) {
        if (approver instanceof Approver.User user) {
            return "user " + user.id();
        }
        return "group " + approver.name();
    }

    /** Whether {@code entries} are indices of entries of this policy, at least one. */
    boolean hasAll(Set<Integer> entries) {
        return !entries.isEmpty() && entries.stream().allMatch(entry -> entry >= 0 && entry < approvers.size());
    }

    /** The same, with the user {@code id} in the entry of another. */
    ApprovalPolicy withUser(int entry, String id) {
        List<Approver> changed = new ArrayList<>(approvers);
        changed.set(entry, Approver.user(id));
        return new ApprovalPolicy(order, minimum, changed, requesterMayApprove, commentRequired, reassignTo);
    }

    /** How many approvals by different people open the gate. */
    public int approvalsNeeded() {
        return order == Order.ANY
                ? minimum
                : approvers.stream().mapToInt(Approver::required).sum();
    }
}
