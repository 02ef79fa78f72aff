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
    private record Given(Set<Integer> entries, Instant from) {}

    private ApprovalPolicy policy;
    private final List<StandIn> standIns = new ArrayList<>();
    private boolean bypassed;
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
        if (says(CheckResult.Verdict.FAIL) && !bypassed) {
            outcome = Optional.of(Outcome.CHECK_FAILED);
        } else if (conditions.superseded().isPresent()) {
            outcome = Optional.of(Outcome.SUPERSEDED);
        } else if (!now.isBefore(deadline)) {
            outcome = Optional.of(Outcome.TIMED_OUT);
        } else {
            openIfItMay(now);
        }
    }

    private boolean says(CheckResult.Verdict verdict) {
        return conditions.checks().stream().anyMatch(result -> result.verdict() == verdict);
    }

    private boolean isComplete(Instant now) {
        return count(inEffect(now)) >= required();
    }

    private void openIfItMay(Instant now) {
        boolean locked = conditions.held().isPresent() || conditions.superseded().isPresent();
        boolean shut = locked || says(CheckResult.Verdict.FAIL) || says(CheckResult.Verdict.WAIT);
        if (bypassed) {
            outcome = locked ? Optional.empty() : Optional.of(Outcome.BYPASSED);
        } else if (!shut && isComplete(now)) {
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
        Instant from = command instanceof Command.Defer defer ? defer.until() : Instant.MIN;
        if (command instanceof Command.Defer && !(from.isAfter(now) && from.isBefore(deadline))) {
            return Optional.of(Decision.Why.INVALID);
        }
        Set<Integer> entries = policy.order() == Order.SEQUENTIAL ? Set.of(turn(now)) : entries(who);
        given.put(who, new Given(entries, from));
        openIfItMay(now);
        return Optional.empty();
    }

    /** Why the gate may not be bypassed; empty if it is, which this does. */
    Optional<Decision.Why> bypass(Command.Bypass command, boolean permitted, Instant now) {
        if (isOver(now)) {
            return Optional.of(Decision.Why.CLOSED);
        }
        if (!permitted || bypassed) {
            return Optional.of(Decision.Why.NOT_YOURS);
        }
        if (command.reason().isBlank()) {
            return Optional.of(Decision.Why.INVALID);
        }
        bypassed = true;
        openIfItMay(now);
        return Optional.empty();
    }

    /** Why the place may not be handed over; empty if it is, which this does. */
    Optional<Decision.Why> reassign(Command.Reassign command, boolean mayRead, Instant now) {
        String who = command.actor();
        String to = command.to();
        if (isOver(now)) {
            return Optional.of(Decision.Why.CLOSED);
        }
        if (!mayReassign(who, now)) {
            return Optional.of(Decision.Why.NOT_YOURS);
        }
        List<Integer> meant = places(who).stream()
                .filter(entry -> command.from().isEmpty()
                        || policy.approvers().get(entry).name().equals(command.from().get()))
                .toList();
        boolean fits = !command.comment().isBlank()
                && !people.same(who, to)
                && mayRead
                && !isBarred(to)
                && key(to) == null
                && named(to).isEmpty()
                && (policy.reassignTo() == ReassignTo.ANYONE || !entries(to).isEmpty())
                && meant.size() == 1
                && !entries(to).contains(meant.get(0));
        if (!fits) {
            return Optional.of(Decision.Why.INVALID);
        }
        int entry = meant.get(0);
        if (policy.approvers().get(entry) instanceof Approver.User) {
            policy = policy.withUser(entry, to);
        } else {
            standIns.add(new StandIn(entry, who, to));
        }
        return Optional.empty();
    }

    boolean mayReassign(String who, Instant now) {
        return !isOver(now)
                && policy.reassignTo() != ReassignTo.NOBODY
                && !isBarred(who)
                && key(who) == null
                && !bypassed
                && !places(who).isEmpty();
    }

    private List<Integer> places(String who) {
        Set<Integer> own = named(who).isEmpty() ? entries(who) : named(who);
        return own.stream()
                .filter(entry -> given() < required() && brings(all(), Set.of(entry)))
                .toList();
    }

    private boolean brings(List<Set<Integer>> before, Set<Integer> entries) {
        List<Set<Integer>> more = new ArrayList<>(before);
        more.add(entries);
        return policy.order() == Order.ANY || mostPlaces(more) > mostPlaces(before);
    }

    private Optional<Decision.Why> withdraw(String who) {
        if (!mayWithdraw(who)) {
            return Optional.of(Decision.Why.NOT_YOURS);
        }
        Given taken = given.remove(key(who));
        if (policy.order() == Order.SEQUENTIAL) {
            int entry = taken.entries().iterator().next();
            long left = given.values().stream().filter(one -> one.entries().contains(entry)).count();
            boolean filled = left >= policy.approvers().get(entry).required();
            given.values().removeIf(later -> !filled && later.entries().iterator().next() > entry);
        }
        return Optional.empty();
    }

    boolean mayApprove(String who, Instant now) {
        boolean bar = conditions.checks().stream()
                .anyMatch(result -> result.verdict() == CheckResult.Verdict.WAIT && result.barsApprovals());
        if (isOver(now) || isBarred(who) || key(who) != null || entries(who).isEmpty() || bypassed || bar) {
            return false;
        }
        if (isComplete(now)) {
            return false;
        }
        return switch (policy.order()) {
            case ANY -> true;
            case SEQUENTIAL -> entries(who).contains(turn(now));
            case UNANIMOUS -> brings(inEffect(now), entries(who));
        };
    }

    boolean mayReject(String who, Instant now) {
        if (isOver(now) || isBarred(who) || key(who) != null || entries(who).isEmpty()) {
            return false;
        }
        return policy.order() != Order.SEQUENTIAL || entries(who).stream().anyMatch(entry -> entry <= turn(all()));
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
        Set<Integer> named = named(who);
        Set<Integer> groups = new TreeSet<>();
        for (int entry = 0; entry < policy.approvers().size(); entry++) {
            Approver approver = policy.approvers().get(entry);
            if (approver instanceof Approver.Group && people.inGroup(who, approver.name())) {
                groups.add(entry);
            }
        }
        for (StandIn standIn : standIns) {
            if (people.same(standIn.to(), who)) {
                groups.add(standIn.entry());
            } else if (people.same(standIn.from(), who)) {
                groups.remove(standIn.entry());
            }
        }
        if (policy.order() == Order.SEQUENTIAL && !named.isEmpty()) {
            return named;
        }
        groups.addAll(named);
        return groups;
    }

    private Set<Integer> named(String who) {
        Set<Integer> named = new TreeSet<>();
        for (int entry = 0; entry < policy.approvers().size(); entry++) {
            Approver approver = policy.approvers().get(entry);
            if (approver instanceof Approver.User && people.same(approver.name(), who)) {
                named.add(entry);
            }
        }
        return named;
    }

    /** The same; where each entry has somebody, the first that is only filled from a later time on. */
    private int turn(Instant now) {
        int turn = turn(all());
        return turn < policy.approvers().size() ? turn : turn(inEffect(now));
    }

    /** The entry whose turn it is; one behind the last where all are filled. */
    private int turn(List<Set<Integer>> persons) {
        for (int entry = 0; entry < policy.approvers().size(); entry++) {
            int wanted = entry;
            long filled = persons.stream().filter(one -> one.contains(wanted)).count();
            if (filled < policy.approvers().get(entry).required()) {
                return entry;
            }
        }
        return policy.approvers().size();
    }

    int given() {
        return count(all());
    }

    private int count(List<Set<Integer>> persons) {
        return policy.order() == Order.ANY ? persons.size() : mostPlaces(persons);
    }

    int required() {
        return policy.order() == Order.ANY
                ? policy.minimum()
                : policy.approvers().stream().mapToInt(Approver::required).sum();
    }

    Set<String> approvers() {
        return given.keySet();
    }

    private List<Set<Integer>> inEffect(Instant now) {
        return given.values().stream()
                .filter(one -> !one.from().isAfter(now))
                .map(Given::entries)
                .toList();
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
