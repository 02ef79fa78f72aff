package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One build waiting at one environment: the fold of its events. Immutable, so any thread may hold one; a later state is
 * another object.
 */
public final class Gate {

    private final String id;
    private final GateEvent.Requested requested;
    private final State state;
    private final List<Recorded> history;

    /** How the gate stands to its environment's lock. */
    private enum Lock {
        NEVER_HELD,
        HELD,
        RELEASED
    }

    /** What the events came to. */
    private record State(
            ApprovalPolicy policy,
            List<StandIn> standIns,
            List<Approval> approvals,
            Map<Integer, GateEvent.CheckEvaluated> checks,
            Optional<GateEvent.Bypassed> bypassed,
            Lock lock,
            Optional<GateEvent.Closed> closed) {

        static State of(GateEvent.Requested requested) {
            return new State(
                    requested.policy(), List.of(), List.of(), Map.of(), Optional.empty(), Lock.NEVER_HELD, Optional.empty());
        }

        State policy(ApprovalPolicy next) {
            return new State(next, standIns, approvals, checks, bypassed, lock, closed);
        }

        State standIns(List<StandIn> next) {
            return new State(policy, next, approvals, checks, bypassed, lock, closed);
        }

        State approvals(List<Approval> next) {
            return new State(policy, standIns, next, checks, bypassed, lock, closed);
        }

        State checks(Map<Integer, GateEvent.CheckEvaluated> next) {
            return new State(policy, standIns, approvals, next, bypassed, lock, closed);
        }

        State bypassed(GateEvent.Bypassed next) {
            return new State(policy, standIns, approvals, checks, Optional.of(next), lock, closed);
        }

        State lock(Lock next) {
            return new State(policy, standIns, approvals, checks, bypassed, next, closed);
        }

        State closed(GateEvent.Closed next) {
            return new State(policy, standIns, approvals, checks, bypassed, lock, Optional.of(next));
        }
    }

    private Gate(String id, GateEvent.Requested requested, State state, List<Recorded> history) {
        this.id = id;
        this.requested = requested;
        this.state = state;
        this.history = history;
    }

    /**
     * The gate that {@code first} opens.
     *
     * @throws IllegalArgumentException if {@code first} is neither a {@link GateEvent.Requested} nor a
     *     {@link GateEvent.Restored} that holds one
     */
    public static Gate open(String id, Recorded first) {
        if (first.event() instanceof GateEvent.Restored restored && !restored.events().isEmpty()) {
            return replay(id, restored.events()).apply(first);
        }
        if (first.event() instanceof GateEvent.Requested requested) {
            return new Gate(Objects.requireNonNull(id), requested, State.of(requested), List.of(first));
        }
        throw new IllegalArgumentException("gate " + id + " begins with " + first.event() + ", not with a request");
    }

    /**
     * The gate that {@code events} made, first to last.
     *
     * @throws IllegalArgumentException if they do not begin with a request
     */
    public static Gate replay(String id, List<Recorded> events) {
        Gate gate = open(id, events.get(0));
        for (Recorded event : events.subList(1, events.size())) {
            gate = gate.apply(event);
        }
        return gate;
    }

    /**
     * The gate after {@code next}. What has ended stays as it ended: events after the closing one are kept in the
     * history and change nothing else.
     *
     * @throws IllegalArgumentException if {@code next} would open the gate a second time, or speaks of an entry or a check
     *     that it does not have
     */
    public Gate apply(Recorded next) {
        GateEvent event = next.event();
        if (event instanceof GateEvent.Requested || isSecondBeginning(event)) {
            throw new IllegalArgumentException("gate " + id + " begins twice, the second time in line " + next.seq());
        }
        List<Recorded> longer = new ArrayList<>(history.size() + 1);
        longer.addAll(history);
        longer.add(next);
        return new Gate(id, requested, after(next), List.copyOf(longer));
    }

    private State after(Recorded next) {
        GateEvent event = next.event();
        if (event instanceof GateEvent.Released && state.lock() == Lock.HELD) {
            return state.lock(Lock.RELEASED);
        }
        if (!isOpen()) {
            return state;
        }
        if (event instanceof GateEvent.Approving approving) {
            requireEntries(approving.entries(), next);
            return state.approvals(with(approving.approval()));
        }
        if (event instanceof GateEvent.Withdrawn withdrawn) {
            return state.approvals(without(withdrawn));
        }
        if (event instanceof GateEvent.Reassigned reassigned) {
            requireEntries(Set.of(reassigned.entry()), next);
            return after(reassigned);
        }
        if (event instanceof GateEvent.CheckEvaluated evaluated) {
            return state.checks(with(evaluated));
        }
        if (event instanceof GateEvent.Bypassed bypassed) {
            return state.bypassed(bypassed);
        }
        if (event instanceof GateEvent.Locked) {
            return state.lock(Lock.HELD);
        }
        if (event instanceof GateEvent.Closed end) {
            // What did not open has nothing to hold, whatever was written before it.
            boolean lost = state.lock() == Lock.HELD && !end.outcome().opens();
            return (lost ? state.lock(Lock.RELEASED) : state).closed(end);
        }
        return state;
    }

    private void requireEntries(Set<Integer> entries, Recorded next) {
        if (!policy().hasAll(entries)) {
            throw new IllegalArgumentException(
                    "gate " + id + " has no entries " + entries + ", which line " + next.seq() + " speaks of");
        }
    }

    /** A user's entry names the other person from now on; in a group's, that person stands in. */
    private State after(GateEvent.Reassigned reassigned) {
        int entry = reassigned.entry();
        if (policy().approvers().get(entry) instanceof Approver.User) {
            return state.policy(policy().withUser(entry, reassigned.to()));
        }
        List<StandIn> next = new ArrayList<>(state.standIns());
        next.add(new StandIn(entry, reassigned.from(), reassigned.to()));
        return state.standIns(List.copyOf(next));
    }

    private Map<Integer, GateEvent.CheckEvaluated> with(GateEvent.CheckEvaluated evaluated) {
        if (evaluated.check() < 0 || evaluated.check() >= requested.checks().size()) {
            throw new IllegalArgumentException("gate " + id + " has no check " + evaluated.check());
        }
        Map<Integer, GateEvent.CheckEvaluated> next = new HashMap<>(state.checks());
        next.put(evaluated.check(), evaluated);
        return Map.copyOf(next);
    }

    /** A restoration is the last line of what it restores, never in the middle of a life. */
    private boolean isSecondBeginning(GateEvent event) {
        return event instanceof GateEvent.Restored restored
                && restored.events().size() != history.size();
    }

    /** A person's second approval replaces the first, so that nothing a journal says can count one person twice. */
    private List<Approval> with(Approval approval) {
        List<Approval> next = new ArrayList<>(approvals().size() + 1);
        for (Approval standing : approvals()) {
            if (!standing.approver().equals(approval.approver())) {
                next.add(standing);
            }
        }
        next.add(approval);
        return List.copyOf(next);
    }

    private List<Approval> without(GateEvent.Withdrawn withdrawn) {
        return approvals().stream()
                .filter(a -> !a.approver().equals(withdrawn.approver())
                        && !withdrawn.lapsed().contains(a.approver()))
                .toList();
    }

    public String id() {
        return id;
    }

    public GateRequest request() {
        return requested.request();
    }

    /** The opening event: the request, and the rules as they were then. */
    public GateEvent.Requested requested() {
        return requested;
    }

    /** The policy of now: where a user gave their entry to another person, it names that one. */
    public ApprovalPolicy policy() {
        return state.policy();
    }

    /** Who stands in for whom in the entries of groups, in the order in which it was settled. */
    public List<StandIn> standIns() {
        return state.standIns();
    }

    /** The approvals that stand, in effect or not yet, in the order in which they were given. */
    public List<Approval> approvals() {
        return state.approvals();
    }

    /** Those that are in effect at {@code now}. */
    public List<Approval> approvals(Instant now) {
        return Approval.inEffect(approvals(), now);
    }

    /** Whether who stands in an entry is the same here and in {@code other}, so that a {@link Standing} to one is one to both. */
    public boolean asksTheSame(Gate other) {
        return policy().equals(other.policy()) && standIns().equals(other.standIns());
    }

    /** When, after {@code now}, the next of the approvals that stand takes effect. */
    public Optional<Instant> nextEffect(Instant now) {
        return approvals().stream()
                .flatMap(approval -> approval.from().stream())
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /** Whether somebody waived people and checks. */
    public boolean isBypassed() {
        return state.bypassed().isPresent();
    }

    /** Who did, and why; empty if nobody did. */
    public Optional<GateEvent.Bypassed> bypassed() {
        return state.bypassed();
    }

    /** What the check with this index was last recorded to say; empty if nothing was. */
    public Optional<GateEvent.CheckEvaluated> check(int index) {
        return Optional.ofNullable(state.checks().get(index));
    }

    /** Whether builds pass this gate one at a time. */
    public boolean wantsLock() {
        return requested.lock().isPresent();
    }

    /** Whether the gate has its environment's lock and has not given it back. */
    public boolean holdsLock() {
        return state.lock() == Lock.HELD;
    }

    /** When the gate got its environment's lock; empty if it never did. */
    public Optional<Instant> lockedAt() {
        return history.stream()
                .map(Recorded::event)
                .filter(GateEvent.Locked.class::isInstance)
                .map(GateEvent::at)
                .findFirst();
    }

    /** How the gate ended; empty while it is open. */
    public Optional<GateEvent.Closed> closed() {
        return state.closed();
    }

    public boolean isOpen() {
        return state.closed().isEmpty();
    }

    /** Everything that happened, first to last. */
    public List<Recorded> history() {
        return history;
    }

    /**
     * The numbers of the lines from which the journal can make this gate again. What a {@link GateEvent.Restored} brings
     * with it has numbers of lines that the journal does not have any more.
     */
    public List<Long> journalLines() {
        int first = 0;
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).event() instanceof GateEvent.Restored) {
                first = i;
            }
        }
        return history.subList(first, history.size()).stream()
                .map(Recorded::seq)
                .toList();
    }

    /** How far the approvals that are in effect at {@code now} fill the policy: what opens the gate. */
    public Tally tally(Instant now) {
        return Tally.of(policy(), approvals(now));
    }

    /** What approvals the gate still asks for, a sentence each; none where it has ended or was bypassed. */
    public List<String> missing() {
        return isOpen() && !isBypassed() ? tally().missing() : List.of();
    }

    /** How far the approvals that stand fill the policy, in effect or not yet: what is missing, and whose turn it is. */
    public Tally tally() {
        return Tally.of(policy(), approvals());
    }

    /**
     * What the approvers answered to the gate's input fields: the defaults, overlaid with the answers of each approval
     * that stands, the later ones on top.
     */
    public Map<String, String> inputs() {
        Map<String, String> answers = new LinkedHashMap<>();
        for (InputField field : request().inputs()) {
            answers.put(field.name(), field.defaultValue());
        }
        standing().forEach(approving -> answers.putAll(approving.inputs()));
        return answers;
    }

    /** The approving events that still stand, or, of a gate that ended, those that were in effect then, as they were given. */
    public List<GateEvent.Approving> standing() {
        Map<String, GateEvent.Approving> byApprover = new LinkedHashMap<>();
        for (Recorded recorded : history) {
            if (recorded.event() instanceof GateEvent.Approving approving) {
                byApprover.put(approving.approver(), approving);
            }
        }
        return closed().map(end -> approvals(end.at())).orElseGet(this::approvals).stream()
                .map(a -> byApprover.get(a.approver()))
                .toList();
    }

    @Override
    public String toString() {
        return "gate " + id + " (" + request().environment() + ", " + request().buildName() + ", "
                + (closed().map(end -> end.outcome().name()).orElse("open")) + ")";
    }
}
