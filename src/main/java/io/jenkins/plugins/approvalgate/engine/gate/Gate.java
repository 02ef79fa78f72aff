package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One build waiting at one environment: the fold of its events. Immutable, so any thread may hold one; a later state is
 * another object.
 */
public final class Gate {

    private final String id;
    private final GateEvent.Requested requested;
    private final List<Approval> approvals;
    private final Map<Integer, GateEvent.CheckEvaluated> checks;
    private final Lock lock;
    private final GateEvent.Closed closed;
    private final List<Recorded> history;

    /** How the gate stands to its environment's lock. */
    private enum Lock {
        NEVER_HELD,
        HELD,
        RELEASED
    }

    private Gate(
            String id,
            GateEvent.Requested requested,
            List<Approval> approvals,
            Map<Integer, GateEvent.CheckEvaluated> checks,
            Lock lock,
            GateEvent.Closed closed,
            List<Recorded> history) {
        this.id = id;
        this.requested = requested;
        this.approvals = approvals;
        this.checks = checks;
        this.lock = lock;
        this.closed = closed;
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
            return new Gate(Objects.requireNonNull(id), requested, List.of(), Map.of(), Lock.NEVER_HELD, null, List.of(first));
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
     * @throws IllegalArgumentException if {@code next} would open the gate a second time, or approves for no entry of it
     */
    public Gate apply(Recorded next) {
        List<Recorded> longer = new ArrayList<>(history.size() + 1);
        longer.addAll(history);
        longer.add(next);
        List<Recorded> events = List.copyOf(longer);
        GateEvent event = next.event();
        if (event instanceof GateEvent.Requested || isSecondBeginning(event)) {
            throw new IllegalArgumentException("gate " + id + " begins twice, the second time in line " + next.seq());
        }
        if (event instanceof GateEvent.Released && lock == Lock.HELD) {
            return next(approvals, checks, Lock.RELEASED, closed, events);
        }
        if (closed != null) {
            return next(approvals, checks, lock, closed, events);
        }
        if (event instanceof GateEvent.Approved approved) {
            if (!policy().hasAll(approved.entries())) {
                throw new IllegalArgumentException("gate " + id + " has no entries " + approved.entries()
                        + ", which line " + next.seq() + " approves for");
            }
            return next(withApproval(approved), checks, lock, null, events);
        }
        if (event instanceof GateEvent.Withdrawn withdrawn) {
            return next(without(withdrawn), checks, lock, null, events);
        }
        if (event instanceof GateEvent.CheckEvaluated evaluated) {
            return next(approvals, with(evaluated), lock, null, events);
        }
        if (event instanceof GateEvent.Locked) {
            return next(approvals, checks, Lock.HELD, null, events);
        }
        if (event instanceof GateEvent.Closed end) {
            // What did not open has nothing to hold, whatever was written before it.
            Lock held = lock == Lock.HELD && !end.outcome().opens() ? Lock.RELEASED : lock;
            return next(approvals, checks, held, end, events);
        }
        return next(approvals, checks, lock, null, events);
    }

    private Gate next(
            List<Approval> approvals,
            Map<Integer, GateEvent.CheckEvaluated> checks,
            Lock lock,
            GateEvent.Closed closed,
            List<Recorded> history) {
        return new Gate(id, requested, approvals, checks, lock, closed, history);
    }

    private Map<Integer, GateEvent.CheckEvaluated> with(GateEvent.CheckEvaluated evaluated) {
        if (evaluated.check() < 0 || evaluated.check() >= requested.checks().size()) {
            throw new IllegalArgumentException("gate " + id + " has no check " + evaluated.check());
        }
        Map<Integer, GateEvent.CheckEvaluated> next = new HashMap<>(checks);
        next.put(evaluated.check(), evaluated);
        return Map.copyOf(next);
    }

    /** A restoration is the last line of what it restores, never in the middle of a life. */
    private boolean isSecondBeginning(GateEvent event) {
        return event instanceof GateEvent.Restored restored
                && restored.events().size() != history.size();
    }

    /** A person's second approval replaces the first, so that nothing a journal says can count one person twice. */
    private List<Approval> withApproval(GateEvent.Approved approved) {
        List<Approval> next = new ArrayList<>(approvals.size() + 1);
        for (Approval standing : approvals) {
            if (!standing.approver().equals(approved.approver())) {
                next.add(standing);
            }
        }
        next.add(new Approval(approved.approver(), approved.entries()));
        return List.copyOf(next);
    }

    private List<Approval> without(GateEvent.Withdrawn withdrawn) {
        return approvals.stream()
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

    public ApprovalPolicy policy() {
        return requested.policy();
    }

    /** The approvals that stand, in the order in which they were given. */
    public List<Approval> approvals() {
        return approvals;
    }

    /** What the check with this index was last recorded to say; empty if nothing was. */
    public Optional<GateEvent.CheckEvaluated> check(int index) {
        return Optional.ofNullable(checks.get(index));
    }

    /** Whether builds pass this gate one at a time. */
    public boolean wantsLock() {
        return requested.lock().isPresent();
    }

    /** Whether the gate has its environment's lock and has not given it back. */
    public boolean holdsLock() {
        return lock == Lock.HELD;
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
        return Optional.ofNullable(closed);
    }

    public boolean isOpen() {
        return closed == null;
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

    /** How far the approvals that stand fill the policy. */
    public Tally tally() {
        return Tally.of(policy(), approvals);
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
        for (GateEvent.Approved approved : standing()) {
            answers.putAll(approved.inputs());
        }
        return answers;
    }

    /** The approving events that still stand, in the order in which they were given. */
    public List<GateEvent.Approved> standing() {
        Map<String, GateEvent.Approved> byApprover = new LinkedHashMap<>();
        for (Recorded recorded : history) {
            if (recorded.event() instanceof GateEvent.Approved approved) {
                byApprover.put(approved.approver(), approved);
            }
        }
        return approvals.stream().map(a -> byApprover.get(a.approver())).toList();
    }

    @Override
    public String toString() {
        return "gate " + id + " (" + request().environment() + ", " + request().buildName() + ", "
                + (isOpen() ? "open" : closed.outcome()) + ")";
    }
}
