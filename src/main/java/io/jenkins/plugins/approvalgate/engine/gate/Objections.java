package io.jenkins.plugins.approvalgate.engine.gate;

import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.CLOSED;
import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.INVALID;
import static io.jenkins.plugins.approvalgate.engine.gate.Decision.Why.NOT_YOURS;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What speaks against a command, each objection a method; empty where nothing does. Pure. */
final class Objections {

    private Objections() {}

    static Decision.Refused refuse(Decision.Why why, String message) {
        return new Decision.Refused(why, message, Optional.empty());
    }

    static Optional<Decision.Refused> no(String message) {
        return Optional.of(refuse(NOT_YOURS, message));
    }

    static Optional<Decision.Refused> invalid(String message) {
        return Optional.of(refuse(INVALID, message));
    }

    static Optional<Decision.Refused> closed(Gate gate, Instant now) {
        return gate.closed()
                .map(closed -> new Decision.Refused(
                        CLOSED, "Already " + closed.outcome().words() + ". " + closed.reason(), Optional.of(closed.outcome())))
                .or(() -> isDue(gate, now)
                        ? Optional.of(new Decision.Refused(
                                CLOSED, "Its time is up.", Optional.of(Outcome.TIMED_OUT)))
                        : Optional.empty());
    }

    /** The deadline is the first instant that is too late. */
    static boolean isDue(Gate gate, Instant now) {
        return !now.isBefore(gate.requested().deadline());
    }

    static Optional<Decision.Refused> longText(String text) {
        return text.length() > GateRules.LONGEST_COMMENT
                ? invalid("The comment is longer than " + GateRules.LONGEST_COMMENT + " characters.")
                : Optional.empty();
    }

    /** Has no part in the decision. */
    static Optional<Decision.Refused> stranger(Gate gate, Standing standing) {
        if (standing.entries().isEmpty()) {
            return no("You are not among the approvers of " + gate.request().environment() + ".");
        }
        if (standing.barred()) {
            return no("You started this build, and " + gate.request().environment()
                    + " wants a second pair of eyes. You can abort the build instead.");
        }
        return Optional.empty();
    }

    static Optional<Decision.Refused> decided(Gate gate, Standing standing) {
        return approvalOf(gate, standing).isPresent()
                ? no("You have approved already. To decide otherwise, withdraw your approval first.")
                : Optional.empty();
    }

    static Optional<Decision.Refused> turn(Gate gate, Standing standing) {
        OptionalInt turn = gate.tally().turn();
        return turn.isPresent() && standing.entries().stream().allMatch(entry -> entry > turn.getAsInt())
                ? no("It is not your turn yet: first it needs " + String.join(", ", gate.tally().missing()) + ".")
                : Optional.empty();
    }

    /** Everything that speaks against a decision of this person, be it yes or no. */
    static Optional<Decision.Refused> person(Gate gate, Standing standing) {
        return stranger(gate, standing).or(() -> decided(gate, standing)).or(() -> turn(gate, standing));
    }

    /** One more approval by this person brings the gate no further. */
    static Optional<Decision.Refused> useless(Gate gate, Standing standing, Conditions conditions, Instant now) {
        if (gate.isBypassed()) {
            return no("It was bypassed, and waits for no approvals. " + obstacles(gate, conditions));
        }
        if (gate.tally(now).complete()) {
            return no("It has all the approvals that it needs. " + obstacles(gate, conditions));
        }
        return Tally.gains(gate.policy(), gate.approvals(now), fillable(gate, standing, now))
                ? Optional.empty()
                : no("Your entry has all the approvals that it needs; the gate still needs "
                        + String.join(", ", gate.tally(now).missing()) + ".");
    }

    static String obstacles(Gate gate, Conditions conditions) {
        List<String> waits = conditions.obstacles(gate).stream().map(Conditions.Obstacle::reason).toList();
        return String.join(" ", waits);
    }

    /**
     * In a sequence a person fills the entry whose turn it is, or none; once each entry has somebody, the first that is only
     * filled from a later time on.
     */
    static Set<Integer> fillable(Gate gate, Standing standing, Instant now) {
        OptionalInt turn = gate.tally().turn();
        if (turn.isEmpty()) {
            turn = gate.tally(now).turn();
        }
        if (turn.isEmpty()) {
            return standing.entries();
        }
        return standing.entries().contains(turn.getAsInt()) ? Set.of(turn.getAsInt()) : Set.of();
    }

    static Optional<Approval> approvalOf(Gate gate, Standing standing) {
        return gate.approvals().stream()
                .filter(a -> standing.self().test(a.approver()))
                .findFirst();
    }

    /** What the approver says does not fit what was asked. */
    static Optional<Decision.Refused> answers(Gate gate, Command.Approving command) {
        if (gate.policy().commentRequired() && command.comment().isBlank()) {
            return invalid("Say why you approve: " + gate.request().environment() + " wants a comment.");
        }
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
            if (input.getValue().length() > GateRules.LONGEST_COMMENT || !field.get().accepts(input.getValue())) {
                return invalid("The input \"" + input.getKey() + "\" cannot have this value.");
            }
        }
        return Optional.empty();
    }
}
