package io.jenkins.plugins.approvalgate.engine.gate;

import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.CLOSED;
import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.INVALID;
import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.NOT_YOURS;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The rules: from a gate, a command, how its author stands to the gate, what its checks say, and the time, to the events to
 * record or the reason why not. Pure: the same question always has the same answer, and asking changes nothing.
 *
 * <p>What is accepted ends with what follows from it: the approval that completes a gate opens it in the same write.
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
        Optional<Decision.Refused> closed = refuseClosed(gate, now);
        if (closed.isPresent()) {
            return closed.get();
        }
        if (command.comment().length() > LONGEST_COMMENT) {
            return refuse(INVALID, "The comment is longer than " + LONGEST_COMMENT + " characters.");
        }
        if (command instanceof Command.Approve approve) {
            return approve(gate, approve, standing, conditions, now);
        }
        if (command instanceof Command.Reject reject) {
            return reject(gate, reject, standing, now);
        }
        return withdraw(gate, (Command.Withdraw) command, standing, now);
    }

    /** Calls the gate off. Refused only where it has ended. */
    public static Decision cancel(Gate gate, Command.Cancel command, Instant now) {
        return refuseClosed(gate, now)
                .<Decision>map(refused -> refused)
                .orElseGet(() ->
                        accept(new GateEvent.Closed(now, command.actor(), Outcome.CANCELLED, command.reason())));
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
        closing(gate, conditions, now).forEach(events::add);
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

    private static List<GateEvent> closing(Gate gate, Conditions conditions, Instant now) {
        if (gate.history().get(gate.history().size() - 1).event() instanceof GateEvent.Rejected rejected) {
            return List.of(rejectedClosing(rejected, now));
        }
        Optional<Integer> failed = conditions.first(CheckResult.Verdict.FAIL);
        if (failed.isPresent()) {
            return List.of(new GateEvent.Closed(
                    now, Optional.empty(), Outcome.CHECK_FAILED, conditions.checks().get(failed.get()).reason()));
        }
        if (conditions.superseded().isPresent()) {
            return List.of(new GateEvent.Closed(
                    now, Optional.empty(), Outcome.SUPERSEDED, conditions.superseded().get()));
        }
        List<GateEvent> opening = opening(gate, gate.approvals(), conditions, now);
        // What has the lock, or was complete and waited for nothing else, only lost its closing line with the power.
        boolean decided = gate.holdsLock() || gate.requested().checks().isEmpty() && !gate.wantsLock();
        boolean late = isDue(gate, now) && (opening.isEmpty() || !decided);
        return late ? List.of(timeout(gate, conditions, now)) : opening;
    }

    private static GateEvent.Closed timeout(Gate gate, Conditions conditions, Instant now) {
        String waited = TimeSpan.format(Duration.between(
                gate.requested().at(), gate.requested().deadline()));
        List<String> missing = gate.tally().missing();
        String obstacles =
                String.join(" ", conditions.obstacles(gate).stream().map(Conditions.Obstacle::reason).toList());
        String still = missing.isEmpty() ? ". " + obstacles : "; it still needed " + String.join(", and ", missing) + ".";
        return new GateEvent.Closed(
                now,
                Optional.empty(),
                Outcome.TIMED_OUT,
                ("Timed out: nobody opened it within " + waited + still).strip());
    }

    /** What opens the gate, if {@code approvals} and the checks are all that it needs and the lock is free for it. */
    private static List<GateEvent> opening(Gate gate, List<Approval> approvals, Conditions conditions, Instant now) {
        Optional<Integer> approving = conditions.first(CheckResult.Verdict.APPROVE);
        boolean approved = Tally.of(gate.policy(), approvals).complete();
        boolean wanted = approved || approving.isPresent();
        boolean shut = !conditions.allLet()
                || conditions.held().isPresent()
                || conditions.superseded().isPresent();
        if (!wanted || shut) {
            return List.of();
        }
        GateEvent.Closed closed = approved
                ? approvedClosing(approvals, now)
                : new GateEvent.Closed(
                        now,
                        Optional.empty(),
                        Outcome.AUTO_APPROVED,
                        conditions.checks().get(approving.get()).reason());
        return gate.wantsLock() && !gate.holdsLock() ? List.of(new GateEvent.Locked(now), closed) : List.of(closed);
    }

    /** What records that the gate gives its environment's lock back; nothing where it has none. */
    public static List<GateEvent> release(Gate gate, Command.Release command, Instant now) {
        return gate.holdsLock() && !gate.isOpen()
                ? List.of(new GateEvent.Released(now, command.actor(), command.reason()))
                : List.of();
    }

    /** Why this person cannot approve now; empty if they can. The answer that {@link #decide} would give. */
    public static Optional<String> whyNotApprove(Gate gate, Standing standing, Conditions conditions, Instant now) {
        return refuseClosed(gate, now)
                .or(() -> refuseStranger(gate, standing))
                .or(() -> refuseUseless(gate, standing, conditions))
                .or(() -> conditions.bar().flatMap(GateRules::no))
                .map(Decision.Refused::message);
    }

    /** Why this person cannot reject now; empty if they can. The answer that {@link #decide} would give. */
    public static Optional<String> whyNotReject(Gate gate, Standing standing, Instant now) {
        return refuseClosed(gate, now)
                .or(() -> refuseStranger(gate, standing))
                .map(Decision.Refused::message);
    }

    /** Whether this person has an approval here to take back. */
    public static boolean mayWithdraw(Gate gate, Standing standing, Instant now) {
        return refuseClosed(gate, now).isEmpty() && approvalOf(gate, standing).isPresent();
    }

    private static Decision approve(
            Gate gate, Command.Approve command, Standing standing, Conditions conditions, Instant now) {
        Optional<Decision.Refused> refused = refuseStranger(gate, standing)
                .or(() -> refuseUseless(gate, standing, conditions))
                .or(() -> conditions.bar().flatMap(GateRules::no))
                .or(() -> refuseAnswers(gate, command));
        if (refused.isPresent()) {
            return refused.get();
        }
        Set<Integer> entries = fillable(gate, standing);
        GateEvent.Approved approved = new GateEvent.Approved(
                now, standing.actor(), command.comment(), entries, command.checklist(), command.inputs());
        List<Approval> approvals = new ArrayList<>(gate.approvals());
        approvals.add(new Approval(standing.actor(), entries));
        List<GateEvent> events = new ArrayList<>(List.of(approved));
        events.addAll(opening(gate, approvals, conditions, now));
        return new Decision.Accepted(events);
    }

    private static GateEvent.Closed approvedClosing(List<Approval> approvals, Instant now) {
        List<String> people = approvals.stream().map(Approval::approver).toList();
        return new GateEvent.Closed(
                now,
                Optional.of(people.get(people.size() - 1)),
                Outcome.APPROVED,
                "Approved by " + String.join(", ", people) + ".");
    }

    private static Decision reject(Gate gate, Command.Reject command, Standing standing, Instant now) {
        Optional<Decision.Refused> refused = refuseStranger(gate, standing);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (command.comment().isBlank()) {
            return refuse(INVALID, "Say why you reject: the comment is required.");
        }
        GateEvent.Rejected rejected = new GateEvent.Rejected(now, standing.actor(), command.comment());
        return accept(rejected, rejectedClosing(rejected, now));
    }

    private static GateEvent.Closed rejectedClosing(GateEvent.Rejected rejected, Instant now) {
        return new GateEvent.Closed(
                now,
                Optional.of(rejected.approver()),
                Outcome.REJECTED,
                "Rejected by " + rejected.approver() + ": " + rejected.comment());
    }

    private static Decision withdraw(Gate gate, Command.Withdraw command, Standing standing, Instant now) {
        Optional<Approval> own = approvalOf(gate, standing);
        if (own.isEmpty()) {
            return refuse(NOT_YOURS, "You have no approval here to withdraw.");
        }
        return accept(new GateEvent.Withdrawn(
                now, own.get().approver(), command.comment(), lapsingWith(gate, own.get())));
    }

    /** In a sequence, whoever approved a later entry did so because the earlier ones were filled. */
    private static List<String> lapsingWith(Gate gate, Approval withdrawn) {
        if (gate.policy().order() != Order.SEQUENTIAL) {
            return List.of();
        }
        int entry = withdrawn.entries().iterator().next();
        return gate.approvals().stream()
                .filter(a -> a.entries().iterator().next() > entry)
                .map(Approval::approver)
                .toList();
    }

    private static Optional<Decision.Refused> refuseClosed(Gate gate, Instant now) {
        return gate.closed()
                .map(closed -> new Decision.Refused(
                        CLOSED, "Already " + closed.outcome().words() + ". " + closed.reason(), Optional.of(closed.outcome())))
                .or(() -> isDue(gate, now)
                        ? Optional.of(new Decision.Refused(
                                CLOSED, "Its time is up.", Optional.of(Outcome.TIMED_OUT)))
                        : Optional.empty());
    }

    /** The deadline is the first instant that is too late. */
    private static boolean isDue(Gate gate, Instant now) {
        return !now.isBefore(gate.requested().deadline());
    }

    private static Optional<Decision.Refused> refuseStranger(Gate gate, Standing standing) {
        if (standing.entries().isEmpty()) {
            return no("You are not among the approvers of " + gate.request().environment() + ".");
        }
        if (standing.barred()) {
            return no("You started this build, and " + gate.request().environment()
                    + " wants a second pair of eyes. You can abort the build instead.");
        }
        if (approvalOf(gate, standing).isPresent()) {
            return no("You have approved already. To decide otherwise, withdraw your approval first.");
        }
        OptionalInt turn = gate.tally().turn();
        if (turn.isPresent() && standing.entries().stream().allMatch(entry -> entry > turn.getAsInt())) {
            return no("It is not your turn yet: first it needs "
                    + String.join(", ", gate.tally().missing()) + ".");
        }
        return Optional.empty();
    }

    private static Optional<Decision.Refused> refuseUseless(Gate gate, Standing standing, Conditions conditions) {
        if (gate.tally().complete()) {
            List<String> waits = conditions.obstacles(gate).stream().map(Conditions.Obstacle::reason).toList();
            return no("It has all the approvals that it needs. " + String.join(" ", waits));
        }
        return Tally.gains(gate.policy(), gate.approvals(), fillable(gate, standing))
                ? Optional.empty()
                : no("Your entry has all the approvals that it needs; the gate still needs "
                        + String.join(", ", gate.tally().missing()) + ".");
    }

    /** In a sequence a person fills the entry whose turn it is, or none. */
    private static Set<Integer> fillable(Gate gate, Standing standing) {
        OptionalInt turn = gate.tally().turn();
        if (turn.isEmpty()) {
            return standing.entries();
        }
        return standing.entries().contains(turn.getAsInt()) ? Set.of(turn.getAsInt()) : Set.of();
    }

    private static Optional<Approval> approvalOf(Gate gate, Standing standing) {
        return gate.approvals().stream()
                .filter(a -> standing.self().test(a.approver()))
                .findFirst();
    }

    private static Optional<Decision.Refused> refuseAnswers(Gate gate, Command.Approve command) {
        for (String ticked : new HashSet<>(command.checklist())) {
            if (!gate.requested().checklist().contains(ticked)) {
                return invalid("The checklist has no line \"" + ticked + "\".");
            }
        }
        for (Map.Entry<String, String> input : command.inputs().entrySet()) {
            Optional<InputField> field = gate.request().inputs().stream()
                    .filter(f -> f.name().equals(input.getKey()))
                    .findFirst();
            if (field.isEmpty()) {
                return invalid("The gate asks for no input \"" + input.getKey() + "\".");
            }
            if (input.getValue().length() > LONGEST_COMMENT || !field.get().accepts(input.getValue())) {
                return invalid("The input \"" + input.getKey() + "\" cannot have this value.");
            }
        }
        return Optional.empty();
    }

    private static Decision accept(GateEvent... events) {
        return new Decision.Accepted(List.of(events));
    }

    private static Decision.Refused refuse(Decision.Why why, String message) {
        return new Decision.Refused(why, message, Optional.empty());
    }

    private static Optional<Decision.Refused> no(String message) {
        return Optional.of(refuse(NOT_YOURS, message));
    }

    private static Optional<Decision.Refused> invalid(String message) {
        return Optional.of(refuse(INVALID, message));
    }
}
