package io.jenkins.plugins.approvalgate.engine.gate;

import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.INVALID;
import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.NOT_YOURS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules: from a gate, a command, how its author stands to the gate, what its checks say, and the time, to the events to
 * record or the reason why not. Pure: the same question always has the same answer, and asking changes nothing.
 *
 * <p>What is accepted ends with what follows from it: the approval that completes a gate opens it in the same write. What
 * speaks against a command is in {@link Objections}, what ends a gate in {@link Endings}.
 */
public final class GateRules {

    /** The longest comment, in UTF-16 units. */
    public static final int LONGEST_COMMENT = 10_000;

    private GateRules() {}

    /**
     * What a person's command leads to.
     *
     * @param standing of the command's actor, to this very gate
     */
    public static Decision decide(
            Gate gate, Command.ByPerson command, Standing standing, Conditions conditions, Instant now) {
        Optional<Decision.Refused> refused =
                Objections.closed(gate, now).or(() -> Objections.longText(command.comment()));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (command instanceof Command.Approving approving) {
            return approve(gate, approving, standing, conditions, now);
        }
        if (command instanceof Command.Reject reject) {
            return reject(gate, reject, standing, now);
        }
        return withdraw(gate, (Command.Withdraw) command, standing, now);
    }

    /**
     * What it leads to that somebody wants to give their place to another.
     *
     * @param standing of the command's actor
     * @param to how the other stands to this very gate
     */
    public static Decision reassign(
            Gate gate, Command.Reassign command, Standing standing, Substitute to, Instant now) {
        return Reassignment.decide(gate, command, standing, to, now);
    }

    /**
     * Opens the gate past its people and checks, but not past its environment's lock.
     *
     * @param permitted whether the host lets the actor do so
     */
    public static Decision bypass(
            Gate gate, Command.Bypass command, boolean permitted, Conditions conditions, Instant now) {
        Optional<Decision.Refused> refused = refuseBypass(gate, permitted, now)
                .or(() -> Objections.longText(command.reason()))
                .or(() -> command.reason().isBlank()
                        ? Objections.invalid("Say why you bypass the gate: the reason is required.")
                        : Optional.empty());
        return refused.<Decision>map(no -> no)
                .orElseGet(() -> accept(
                        gate, new GateEvent.Bypassed(now, command.actor(), command.reason()), conditions, now));
    }

    private static Optional<Decision.Refused> refuseBypass(Gate gate, boolean permitted, Instant now) {
        return Objections.closed(gate, now)
                .or(() -> permitted
                        ? Optional.empty()
                        : Objections.no("You do not have the permission to bypass gates."))
                .or(() -> gate.bypassed()
                        .flatMap(before -> Objections.no(before.by() + " has bypassed it already.")));
    }

    /** Whether the checks may be asked again; changes nothing. Refused only where the gate has ended. */
    public static Decision recheck(Gate gate, Instant now) {
        return Objections.closed(gate, now)
                .<Decision>map(refused -> refused)
                .orElseGet(() -> new Decision.Accepted(List.of()));
    }

    /** Calls the gate off. Refused only where it has ended. */
    public static Decision cancel(Gate gate, Command.Cancel command, Instant now) {
        return Objections.closed(gate, now)
                .<Decision>map(refused -> refused)
                .orElseGet(() -> new Decision.Accepted(List.of(
                        new GateEvent.Closed(now, command.actor(), Outcome.CANCELLED, command.reason()))));
    }

    /**
     * Records what the checks say by now, and closes what has to be closed without anybody acting: a gate whose check failed,
     * that a newer build supersedes, that is past its deadline or that waits for nothing any more; or one that was rejected
     * although its closing line was lost with the power. Accepts with no event where nothing is due.
     */
    public static Decision settle(Gate gate, Conditions conditions, Instant now) {
        if (!gate.isOpen()) {
            return new Decision.Accepted(List.of());
        }
        List<GateEvent> events = new ArrayList<>(changedChecks(gate, conditions, now));
        events.addAll(Endings.due(gate, conditions, now));
        return new Decision.Accepted(events);
    }

    private static List<GateEvent> changedChecks(Gate gate, Conditions conditions, Instant now) {
        List<GateEvent> changed = new ArrayList<>();
        for (int i = 0; i < conditions.checks().size(); i++) {
            CheckResult result = conditions.checks().get(i);
            boolean known = gate.check(i).filter(before -> before.result().says(result)).isPresent();
            if (!known && !result.says(CheckResult.NOT_ASKED)) {
                changed.add(new GateEvent.CheckEvaluated(
                        now, i, gate.requested().checks().get(i).kind(), result));
            }
        }
        return changed;
    }

    /** What records that the gate gives its environment's lock back; nothing where it has none. */
    public static List<GateEvent> release(Gate gate, Command.Release command, Instant now) {
        return gate.holdsLock() && !gate.isOpen()
                ? List.of(new GateEvent.Released(now, command.actor(), command.reason()))
                : List.of();
    }

    /**
     * Whether this person's approval is looked for now, as far as the policy and the approvals that stand say: not their own
     * build, the gate's time and its checks. The same for all gates that have these in common; where it is {@code false},
     * {@link #whyNotApprove} has a reason, or the approvals that stand will do.
     */
    public static boolean asks(Gate gate, Standing standing, Instant now) {
        return !standing.entries().isEmpty()
                && !gate.tally().complete()
                && Objections.decided(gate, standing).isEmpty()
                && Objections.turn(gate, standing).isEmpty()
                && Objections.useless(gate, standing, Conditions.NONE, now).isEmpty();
    }

    /** Why this person cannot approve now; empty if they can. The answer that {@link #decide} would give. */
    public static Optional<String> whyNotApprove(Gate gate, Standing standing, Conditions conditions, Instant now) {
        return Objections.closed(gate, now)
                .or(() -> refuseApproval(gate, standing, conditions, now))
                .map(Decision.Refused::message);
    }

    /** Why this person cannot reject now; empty if they can. The answer that {@link #decide} would give. */
    public static Optional<String> whyNotReject(Gate gate, Standing standing, Instant now) {
        return Objections.closed(gate, now)
                .or(() -> Objections.person(gate, standing))
                .map(Decision.Refused::message);
    }

    /** Whether this person has an approval here to take back. */
    public static boolean mayWithdraw(Gate gate, Standing standing, Instant now) {
        return Objections.closed(gate, now).isEmpty()
                && Objections.approvalOf(gate, standing).isPresent();
    }

    /** The indices of the entries in which this person has a place that they may give away; none if they may not. */
    public static List<Integer> mayReassign(Gate gate, Standing standing, Instant now) {
        return Reassignment.refuse(gate, standing, now).isPresent()
                ? List.of()
                : Reassignment.places(gate, standing);
    }

    /** Whether somebody whom the host permits it may bypass the gate. */
    public static boolean mayBypass(Gate gate, boolean permitted, Instant now) {
        return refuseBypass(gate, permitted, now).isEmpty();
    }

    private static Optional<Decision.Refused> refuseApproval(
            Gate gate, Standing standing, Conditions conditions, Instant now) {
        return Objections.person(gate, standing)
                .or(() -> Objections.useless(gate, standing, conditions, now))
                .or(() -> conditions.bar().flatMap(Objections::no));
    }

    private static Decision approve(
            Gate gate, Command.Approving command, Standing standing, Conditions conditions, Instant now) {
        Optional<Decision.Refused> refused = refuseApproval(gate, standing, conditions, now)
                .or(() -> Objections.answers(gate, command))
                .or(() -> refuseTime(gate, command, now));
        if (refused.isPresent()) {
            return refused.get();
        }
        Set<Integer> entries = Objections.fillable(gate, standing, now);
        GateEvent.Approving approving = command instanceof Command.Defer defer
                ? new GateEvent.Deferred(
                        now, standing.actor(), defer.comment(), defer.until(), entries, defer.checklist(), defer.inputs())
                : new GateEvent.Approved(
                        now, standing.actor(), command.comment(), entries, command.checklist(), command.inputs());
        return accept(gate, approving, conditions, now);
    }

    private static Optional<Decision.Refused> refuseTime(Gate gate, Command.Approving command, Instant now) {
        if (!(command instanceof Command.Defer defer)) {
            return Optional.empty();
        }
        if (!defer.until().isAfter(now)) {
            return Objections.invalid("The time from which your approval takes effect has to be later than now.");
        }
        return defer.until().isBefore(gate.requested().deadline())
                ? Optional.empty()
                : Objections.invalid("The gate's time is up at " + gate.requested().deadline()
                        + ": your approval would take effect too late.");
    }

    /** {@code event}, and the opening if that is what follows from it. */
    private static Decision accept(Gate gate, GateEvent event, Conditions conditions, Instant now) {
        List<GateEvent> events = new ArrayList<>(List.of(event));
        events.addAll(Endings.opening(gate.apply(new Recorded(0, event)), conditions, now));
        return new Decision.Accepted(events);
    }

    private static Decision reject(Gate gate, Command.Reject command, Standing standing, Instant now) {
        Optional<Decision.Refused> refused = Objections.person(gate, standing);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (command.comment().isBlank()) {
            return Objections.refuse(INVALID, "Say why you reject: the comment is required.");
        }
        GateEvent.Rejected rejected = new GateEvent.Rejected(now, standing.actor(), command.comment());
        return new Decision.Accepted(List.of(rejected, Endings.rejected(rejected, now)));
    }

    private static Decision withdraw(Gate gate, Command.Withdraw command, Standing standing, Instant now) {
        Optional<Approval> own = Objections.approvalOf(gate, standing);
        if (own.isEmpty()) {
            return Objections.refuse(NOT_YOURS, "You have no approval here to withdraw.");
        }
        return new Decision.Accepted(List.of(new GateEvent.Withdrawn(
                now, own.get().approver(), command.comment(), lapsingWith(gate, own.get()))));
    }

    /**
     * In a sequence, whoever approved a later entry did so because the earlier ones were filled; unless somebody else fills
     * this one, too, as where an approval was deferred and another took effect before.
     */
    private static List<String> lapsingWith(Gate gate, Approval withdrawn) {
        if (gate.policy().order() != Order.SEQUENTIAL) {
            return List.of();
        }
        int entry = entryOf(withdrawn);
        List<Approval> others = gate.approvals().stream().filter(a -> !a.equals(withdrawn)).toList();
        return Tally.of(gate.policy(), others).filled(entry)
                ? List.of()
                : others.stream()
                        .filter(a -> entryOf(a) > entry)
                        .map(Approval::approver)
                        .toList();
    }

    private static int entryOf(Approval inSequence) {
        return inSequence.entries().iterator().next();
    }
}
