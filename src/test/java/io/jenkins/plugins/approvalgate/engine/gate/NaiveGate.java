package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules once more, as plainly as they can be put: who fills which place is found by trying every way. Shares nothing
 * with {@link GateRules} but the words.
 */
final class NaiveGate {

    /** An approval that stands, with the entries that its giver could fill when they gave it. */
    private record Given(Set<Integer> entries) {}

    private final ApprovalPolicy policy;
    private final People people;
    private final Set<String> requesters;
    private final Instant deadline;
    /** By the id under which each was given. */
    private final Map<String, Given> given = new LinkedHashMap<>();

    Optional<Outcome> outcome = Optional.empty();
    /** What stands around the gate now, apart from people. */
    Conditions conditions = Conditions.NONE;
    /** What each check was last recorded to say. */
    private final Map<Integer, String> said = new HashMap<>();
    /** How often something was recorded of a check. */
    int recorded;

    NaiveGate(ApprovalPolicy policy, People people, Set<String> requesters, Instant deadline) {
        this.policy = policy;
        this.people = people;
        this.requesters = requesters;
        this.deadline = deadline;
    }

    void settle(Instant now) {
        if (outcome.isPresent()) {
            return;
        }
        for (int check = 0; check < conditions.checks().size(); check++) {
            CheckResult result = conditions.checks().get(check);
            String says = result.verdict() + " " + result.barsApprovals() + " " + result.reason();
            if (!result.equals(CheckResult.NOT_ASKED) && !says.equals(said.put(check, says))) {
                recorded++;
            }
        }
        if (says(CheckResult.Verdict.FAIL)) {
            outcome = Optional.of(Outcome.CHECK_FAILED);
        } else if (conditions.superseded().isPresent()) {
            outcome = Optional.of(Outcome.SUPERSEDED);
        } else if (!now.isBefore(deadline)) {
            outcome = Optional.of(Outcome.TIMED_OUT);
        } else {
            openIfItMay();
        }
    }

    private boolean says(CheckResult.Verdict verdict) {
        return conditions.checks().stream().anyMatch(result -> result.verdict() == verdict);
    }

    private boolean isComplete() {
        return given() >= required();
    }

    private void openIfItMay() {
        boolean shut = says(CheckResult.Verdict.FAIL)
                || says(CheckResult.Verdict.WAIT)
                || conditions.held().isPresent()
                || conditions.superseded().isPresent();
        if (!shut && isComplete()) {
            outcome = Optional.of(Outcome.APPROVED);
        } else if (!shut && says(CheckResult.Verdict.APPROVE)) {
            outcome = Optional.of(Outcome.AUTO_APPROVED);
        }
    }

    /** Why the command is refused; empty if it is carried out, which this does. */
    Optional<Decision.Why> submit(Command.ByPerson command, boolean answersFit, Instant now) {
        if (outcome.isPresent() || !now.isBefore(deadline)) {
            return Optional.of(Decision.Why.CLOSED);
        }
        if (command.comment().length() > 10_000) {
            return Optional.of(Decision.Why.INVALID);
        }
        String who = command.actor();
        if (command instanceof Command.Withdraw) {
            return withdraw(who);
        }
        if (command instanceof Command.Reject) {
            if (!mayReject(who, now)) {
                return Optional.of(Decision.Why.NOT_YOURS);
            }
            if (command.comment().isBlank()) {
                return Optional.of(Decision.Why.INVALID);
            }
            outcome = Optional.of(Outcome.REJECTED);
            return Optional.empty();
        }
        if (!mayApprove(who, now)) {
            return Optional.of(Decision.Why.NOT_YOURS);
        }
        if (!answersFit) {
            return Optional.of(Decision.Why.INVALID);
        }
        Set<Integer> entries = policy.order() == Order.SEQUENTIAL ? Set.of(turn()) : entries(who);
        given.put(who, new Given(entries));
        openIfItMay();
        return Optional.empty();
    }

    private Optional<Decision.Why> withdraw(String who) {
        if (!mayWithdraw(who)) {
            return Optional.of(Decision.Why.NOT_YOURS);
        }
        Given taken = given.remove(key(who));
        if (policy.order() == Order.SEQUENTIAL) {
            int entry = taken.entries().iterator().next();
            given.values().removeIf(later -> later.entries().iterator().next() > entry);
        }
        return Optional.empty();
    }

    boolean mayApprove(String who, Instant now) {
        boolean bar = conditions.checks().stream()
                .anyMatch(result -> result.verdict() == CheckResult.Verdict.WAIT && result.barsApprovals());
        if (isOver(now) || isBarred(who) || key(who) != null || entries(who).isEmpty() || isComplete() || bar) {
            return false;
        }
        return switch (policy.order()) {
            case ANY -> true;
            case SEQUENTIAL -> entries(who).contains(turn());
            case UNANIMOUS -> {
                List<Set<Integer>> more = new ArrayList<>(all());
                more.add(entries(who));
                yield mostPlaces(more) > mostPlaces(all());
            }
        };
    }

    boolean mayReject(String who, Instant now) {
        if (isOver(now) || isBarred(who) || key(who) != null || entries(who).isEmpty()) {
            return false;
        }
        return policy.order() != Order.SEQUENTIAL || entries(who).stream().anyMatch(entry -> entry <= turn());
    }

    boolean mayWithdraw(String who) {
        return key(who) != null;
    }

    private boolean isOver(Instant now) {
        return outcome.isPresent() || !now.isBefore(deadline);
    }

    private boolean isBarred(String who) {
        return !policy.requesterMayApprove() && requesters.stream().anyMatch(other -> people.same(who, other));
    }

    /** The id under which the person approved; null if they did not. */
    private String key(String who) {
        return given.keySet().stream().filter(other -> people.same(who, other)).findFirst().orElse(null);
    }

    /** In a sequence, a person who is named waits for their own turn; elsewhere every entry that fits is tried. */
    private Set<Integer> entries(String who) {
        Set<Integer> named = new TreeSet<>();
        Set<Integer> groups = new TreeSet<>();
        for (int entry = 0; entry < policy.approvers().size(); entry++) {
            Approver approver = policy.approvers().get(entry);
            if (approver instanceof Approver.User && people.same(approver.name(), who)) {
                named.add(entry);
            }
            if (approver instanceof Approver.Group && people.inGroup(who, approver.name())) {
                groups.add(entry);
            }
        }
        if (policy.order() == Order.SEQUENTIAL && !named.isEmpty()) {
            return named;
        }
        groups.addAll(named);
        return groups;
    }

    /** The entry whose turn it is; one behind the last where all are filled. */
    private int turn() {
        for (int entry = 0; entry < policy.approvers().size(); entry++) {
            int wanted = entry;
            long filled = given.values().stream().filter(one -> one.entries().contains(wanted)).count();
            if (filled < policy.approvers().get(entry).required()) {
                return entry;
            }
        }
        return policy.approvers().size();
    }

    int given() {
        return policy.order() == Order.UNANIMOUS ? mostPlaces(all()) : given.size();
    }

    int required() {
        return policy.order() == Order.ANY
                ? policy.minimum()
                : policy.approvers().stream().mapToInt(Approver::required).sum();
    }

    Set<String> approvers() {
        return given.keySet();
    }

    private List<Set<Integer>> all() {
        return given.values().stream().map(Given::entries).toList();
    }

    private int mostPlaces(List<Set<Integer>> persons) {
        int[] free = policy.approvers().stream().mapToInt(Approver::required).toArray();
        return mostPlaces(persons, 0, free);
    }

    private static int mostPlaces(List<Set<Integer>> persons, int next, int[] free) {
        if (next == persons.size()) {
            return 0;
        }
        int most = mostPlaces(persons, next + 1, free);
        for (int entry : persons.get(next)) {
            if (free[entry] > 0) {
                free[entry]--;
                most = Math.max(most, 1 + mostPlaces(persons, next + 1, free));
                free[entry]++;
            }
        }
        return most;
    }
}
