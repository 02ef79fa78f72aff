package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How far a set of approvals fills a policy. One person never fills two entries: who fills which is the assignment that
 * fills the most places (a maximum bipartite matching, by augmenting paths), so the order in which people come never
 * costs the gate an approval.
 */
public final class Tally {

    private final ApprovalPolicy policy;
    private final List<List<String>> filledBy;
    private final int given;

    private Tally(ApprovalPolicy policy, List<List<String>> filledBy, int given) {
        this.policy = policy;
        this.filledBy = filledBy;
        this.given = given;
    }

    /** The tally of {@code approvals}, each by a different person, under {@code policy}. */
    public static Tally of(ApprovalPolicy policy, List<Approval> approvals) {
        return policy.order() == Order.ANY ? counted(policy, approvals) : matched(policy, approvals);
    }

    /** With {@link Order#ANY} each person counts once, and is shown at the first entry that they may fill. */
    private static Tally counted(ApprovalPolicy policy, List<Approval> approvals) {
        List<List<String>> filledBy = emptyLists(policy);
        for (Approval approval : approvals) {
            filledBy.get(new TreeSet<>(approval.entries()).first()).add(approval.approver());
        }
        return new Tally(policy, filledBy, approvals.size());
    }

    private static Tally matched(ApprovalPolicy policy, List<Approval> approvals) {
        Matching matching = new Matching(policy);
        approvals.forEach(approval -> matching.add(approval.entries()));
        List<List<String>> filledBy = emptyLists(policy);
        int given = 0;
        for (int place = 0; place < matching.holder.length; place++) {
            if (matching.holder[place] >= 0) {
                filledBy.get(matching.entryOf[place])
                        .add(approvals.get(matching.holder[place]).approver());
                given++;
            }
        }
        return new Tally(policy, filledBy, given);
    }

    private static List<List<String>> emptyLists(ApprovalPolicy policy) {
        List<List<String>> lists = new ArrayList<>();
        policy.approvers().forEach(entry -> lists.add(new ArrayList<>()));
        return lists;
    }

    /** How many approvals count so far. */
    public int given() {
        return given;
    }

    /** How many have to count for the gate to open. */
    public int required() {
        return policy.approvalsNeeded();
    }

    public boolean complete() {
        return given >= required();
    }

    /** Who fills the entry with this index. */
    public List<String> filledBy(int entry) {
        return List.copyOf(filledBy.get(entry));
    }

    /** Whether nothing is missing from the entry with this index. */
    public boolean filled(int entry) {
        return lacking(entry) == 0;
    }

    /** The index of the entry whose turn it is; empty when all are filled, or when the policy knows no turns. */
    public OptionalInt turn() {
        if (policy.order() == Order.SEQUENTIAL) {
            for (int entry = 0; entry < filledBy.size(); entry++) {
                if (!filled(entry)) {
                    return OptionalInt.of(entry);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** How many of the approvals that it needs are there; {@link #given} may be more, where some take effect later. */
    public int counted() {
        return Math.min(given, required());
    }

    /** The indices of the entries that are asked for approvals now: those that lack somebody, with turns only the one in turn. */
    public List<Integer> asked() {
        OptionalInt turn = turn();
        return IntStream.range(0, filledBy.size())
                .filter(entry -> !complete())
                .filter(entry -> policy.order() == Order.ANY || !filled(entry))
                .filter(entry -> turn.isEmpty() || turn.getAsInt() == entry)
                .boxed()
                .toList();
    }

    /** How many more approvals the entry with this index needs. */
    public int lacking(int entry) {
        return Math.max(0, policy.approvers().get(entry).required() - filledBy.get(entry).size());
    }

    /**
     * What is still missing, a sentence for each entry that lacks somebody; with turns, only that of the entry whose
     * turn it is. Empty when complete.
     */
    public List<String> missing() {
        if (complete()) {
            return List.of();
        }
        if (policy.order() == Order.ANY) {
            return List.of(missingOfAny());
        }
        return asked().stream().map(this::missingOf).toList();
    }

    private String missingOfAny() {
        int more = required() - given;
        List<String> names = policy.approvers().stream().map(Approver::words).toList();
        return approvals(more) + " by " + (names.size() == 1 ? "" : "any of ") + String.join(", ", names);
    }

    private String missingOf(int entry) {
        return approvals(lacking(entry)) + " by " + policy.approvers().get(entry).words();
    }

    private static String approvals(int number) {
        return number == 1 ? "1 approval" : number + " approvals";
    }

    /** Whether one more approval, able to fill {@code entries}, would bring {@code approvals} further. */
    static boolean gains(ApprovalPolicy policy, List<Approval> approvals, Set<Integer> entries) {
        if (policy.order() == Order.ANY) {
            return !entries.isEmpty();
        }
        Matching matching = new Matching(policy);
        approvals.forEach(approval -> matching.add(approval.entries()));
        return matching.add(entries);
    }

    /** People on one side, the places of the entries on the other. */
    private static final class Matching {
        private final int[] entryOf;
        private final int[] holder;
        private final List<Set<Integer>> people = new ArrayList<>();

        Matching(ApprovalPolicy policy) {
            entryOf = new int[policy.approvalsNeeded()];
            int place = 0;
            for (int entry = 0; entry < policy.approvers().size(); entry++) {
                for (int i = 0; i < policy.approvers().get(entry).required(); i++) {
                    entryOf[place++] = entry;
                }
            }
            holder = new int[entryOf.length];
            Arrays.fill(holder, -1);
        }

        /** Adds a person who may fill {@code entries}; whether a place was found, perhaps by moving others. */
        boolean add(Set<Integer> entries) {
            people.add(entries);
            return place(people.size() - 1, new boolean[entryOf.length]);
        }

        private boolean place(int person, boolean[] tried) {
            for (int place = 0; place < entryOf.length; place++) {
                if (!tried[place] && people.get(person).contains(entryOf[place])) {
                    tried[place] = true;
                    if (holder[place] < 0 || place(holder[place], tried)) {
                        holder[place] = person;
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
