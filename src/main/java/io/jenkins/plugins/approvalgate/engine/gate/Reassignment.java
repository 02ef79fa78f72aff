package io.jenkins.plugins.approvalgate.engine.gate;

import static io.jenkins.plugins.approvalgate.engine.gate.Objections.invalid;
import static io.jenkins.plugins.approvalgate.engine.gate.Objections.no;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may give their place in an entry to whom. Pure. */
final class Reassignment {

    private Reassignment() {}

    /** Why this person has no place to give away; empty if they have. */
    static Optional<Decision.Refused> refuse(Gate gate, Standing standing, Instant now) {
        return Objections.closed(gate, now)
                .or(() -> gate.policy().reassignTo() == ReassignTo.NOBODY
                        ? no(gate.request().environment() + " lets nobody decide in another's place.")
                        : Optional.empty())
                .or(() -> Objections.stranger(gate, standing))
                .or(() -> Objections.decided(gate, standing))
                .or(() -> gate.isBypassed() || places(gate, standing).isEmpty()
                        ? no("Your entry has all the approvals that it needs.")
                        : Optional.empty());
    }

    /** The indices of the entries in which this person has a place that still counts. */
    static List<Integer> places(Gate gate, Standing standing) {
        if (gate.tally().complete()) {
            return List.of();
        }
        return standing.entries().stream()
                .filter(entry -> Tally.gains(gate.policy(), gate.approvals(), Set.of(entry)))
                .sorted()
                .toList();
    }

    static Decision decide(Gate gate, Command.Reassign command, Standing standing, Substitute to, Instant now) {
        Optional<Decision.Refused> refused = refuse(gate, standing, now)
                .or(() -> Objections.longText(command.comment()))
                .or(() -> command.comment().isBlank()
                        ? invalid("Say why you hand it over: the comment is required.")
                        : Optional.empty())
                .or(() -> refuse(gate, standing, to, command));
        if (refused.isPresent()) {
            return refused.get();
        }
        List<Integer> places = places(gate, standing, command.from());
        if (places.size() != 1) {
            return places.isEmpty()
                    ? invalid("You have no entry \"" + command.from().orElse("") + "\" here.").get()
                    : invalid("You stand in more than one entry: say as from which one you hand over.").get();
        }
        int entry = places.get(0);
        if (to.standing().entries().contains(entry)) {
            return invalid(command.to() + " may approve for " + gate.policy().approvers().get(entry).words() + " already.")
                    .get();
        }
        return new Decision.Accepted(
                List.of(new GateEvent.Reassigned(now, standing.actor(), command.to(), entry, command.comment())));
    }

    private static Optional<Decision.Refused> refuse(
            Gate gate, Standing standing, Substitute to, Command.Reassign command) {
        String name = command.to();
        if (standing.self().test(name)) {
            return invalid("You are " + name + " yourself: name somebody else.");
        }
        if (!to.known() || !to.mayRead()) {
            return invalid("There is no user \"" + name + "\" who may see this build.");
        }
        if (to.standing().barred()) {
            return invalid(name + " started this build, and " + gate.request().environment()
                    + " wants a second pair of eyes.");
        }
        if (Objections.approvalOf(gate, to.standing()).isPresent()) {
            return invalid(name + " has approved already, and one person does not fill two entries.");
        }
        if (to.standing().isNamedIn(gate.policy())) {
            return invalid(name + " has an entry already, and one person does not fill two.");
        }
        if (gate.policy().reassignTo() == ReassignTo.APPROVERS && to.standing().entries().isEmpty()) {
            return invalid(name + " is not among the approvers of " + gate.request().environment()
                    + ", and only they may decide in another's place.");
        }
        return to.never().flatMap(why -> invalid("Then nobody could open the gate any more: " + why + "."));
    }

    private static List<Integer> places(Gate gate, Standing standing, Optional<String> from) {
        return places(gate, standing).stream()
                .filter(entry -> from.isEmpty() || isMeant(gate.policy().approvers().get(entry), from.get(), standing))
                .toList();
    }

    private static boolean isMeant(Approver entry, String from, Standing standing) {
        boolean asUser = entry instanceof Approver.User && standing.self().test(from);
        return asUser || entry.name().equals(from) || entry.words().equals(from);
    }
}
