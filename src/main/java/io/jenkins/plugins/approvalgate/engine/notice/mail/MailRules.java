package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import io.jenkins.plugins.approvalgate.engine.gate.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who is told what. Asks the directory, changes nothing; make one for each question, as the directory remembers answers.
 *
 * @param notifications of the gate's environment, as it is configured now
 * @param mayRead whether a user may see the job that asked
 * @param culprits who knows the users whose changes a gate's build has
 */
record MailRules(
        Directory directory,
        Notifications notifications,
        BiPredicate<String, GateRequest> mayRead,
        MailPeople culprits) {

    /** A larger group is told at the addresses of its entry, like one that cannot be listed. */
    static final int MOST_MEMBERS = 200;

    /** What one line leads to. */
    record Told(MailKind kind, List<Recipient> recipients) {}

    /**
     * Who has to be told of {@code event}.
     *
     * @param before the gate until then; empty if it began with the event
     * @param after the gate with the event
     */
    Told toTell(Optional<Gate> before, Gate after, GateEvent event) {
        if (event instanceof GateEvent.Closed closed) {
            return new Told(MailKind.OUTCOME, ofOutcome(after, closed));
        }
        if (event instanceof GateEvent.Reminded) {
            return new Told(MailKind.REMINDER, asked(after, event.at()));
        }
        if (event instanceof GateEvent.Escalated escalated) {
            return new Told(MailKind.ESCALATION, addresses(escalated.to()));
        }
        if (event instanceof GateEvent.Restored) {
            // They were told when it happened; a reminder will come.
            return new Told(MailKind.APPROVAL, List.of());
        }
        List<Recipient> already = before.map(gate -> asked(gate, event.at())).orElse(List.of());
        return new Told(
                MailKind.APPROVAL,
                asked(after, event.at()).stream()
                        .filter(recipient -> already.stream().noneMatch(known -> same(known, recipient)))
                        // Who asks for it may be among those who approve; who withdraws knows that it is their turn.
                        .filter(recipient -> event instanceof GateEvent.Requested || !isActor(event, recipient))
                        .toList());
    }

    /** Whether {@code kind} is still worth telling to {@code recipient}, of the gate as it is at {@code now}. */
    boolean isStillSo(MailKind kind, Recipient recipient, Gate gate, Instant now) {
        return switch (kind) {
            case APPROVAL, REMINDER -> asked(gate, now).stream().anyMatch(one -> same(one, recipient));
            case ESCALATION -> isWaitingForPeople(gate);
            case OUTCOME -> !gate.isOpen() && maySee(recipient, gate);
        };
    }

    private static boolean isWaitingForPeople(Gate gate) {
        return gate.isOpen() && !gate.isBypassed() && !gate.tally().complete();
    }

    /**
     * Who is asked to decide: the people of the entries whose turn it is, without those who have decided, who may not, or who
     * may not know the job.
     */
    List<Recipient> asked(Gate gate, Instant at) {
        if (!isWaitingForPeople(gate)) {
            return List.of();
        }
        List<Recipient> asked = new ArrayList<>();
        for (int entry : gate.tally().asked()) {
            ofEntry(gate, entry, at).filter(notAmong(asked)).forEach(asked::add);
        }
        return asked;
    }

    private Stream<Recipient> ofEntry(Gate gate, int entry, Instant at) {
        Approver approver = gate.policy().approvers().get(entry);
        Stream<String> standIns = gate.standIns().stream()
                .filter(standIn -> standIn.entry() == entry)
                .map(standIn -> standIn.to());
        if (approver instanceof Approver.User user) {
            return people(Stream.of(user.id()), gate, at);
        }
        Optional<List<String>> members = directory.members(approver.name())
                .filter(listed -> !listed.isEmpty() && listed.size() <= MOST_MEMBERS);
        return Stream.concat(
                people(Stream.concat(members.stream().flatMap(List::stream), standIns), gate, at),
                members.isPresent() ? Stream.of() : addresses(notifications.addressesOf(approver)).stream());
    }

    private Stream<Recipient> people(Stream<String> ids, Gate gate, Instant at) {
        return ids.filter(id -> GateRules.whyNotReject(gate, Standing.of(gate, id, directory), at).isEmpty())
                .filter(id -> mayRead.test(id, gate.request()))
                .map(Recipient.Person::new);
    }

    /** Those who asked for it, and those whose changes it has; not the one whose act ended it. */
    private List<Recipient> ofOutcome(Gate gate, GateEvent.Closed closed) {
        List<Recipient> told = new ArrayList<>();
        Stream.concat(gate.request().requesters().stream(), culprits(gate).stream())
                .<Recipient>map(Recipient.Person::new)
                .filter(recipient -> maySee(recipient, gate))
                .filter(recipient -> !isActor(closed, recipient))
                .filter(notAmong(told))
                .forEach(told::add);
        return told;
    }

    /**
     * Only of a branch, which takes a permission to push to: who wrote a pull request chose the names in it, and where a build
     * comes from that the host does not know is nobody's word.
     */
    private List<String> culprits(Gate gate) {
        boolean branch = gate.request().origin().head()
                .filter(head -> head.kind() == Origin.Kind.BRANCH)
                .isPresent();
        return branch ? culprits.culprits(gate) : List.of();
    }

    private boolean maySee(Recipient recipient, Gate gate) {
        return !(recipient instanceof Recipient.Person person)
                || mayRead.test(person.id(), gate.request());
    }

    private boolean isActor(GateEvent event, Recipient recipient) {
        return recipient instanceof Recipient.Person person
                && event.actor().filter(actor -> directory.same(actor, person.id())).isPresent();
    }

    private static List<Recipient> addresses(List<String> mails) {
        return mails.stream().<Recipient>map(Recipient.Address::new).toList();
    }

    /** Asked one by one, so that none comes in who came in meanwhile. */
    private Predicate<Recipient> notAmong(List<Recipient> those) {
        return recipient -> those.stream().noneMatch(one -> same(one, recipient));
    }

    private boolean same(Recipient one, Recipient other) {
        if (one instanceof Recipient.Person person && other instanceof Recipient.Person another) {
            return directory.same(person.id(), another.id());
        }
        return one instanceof Recipient.Address address
                && other instanceof Recipient.Address another
                && address.mail().equalsIgnoreCase(another.mail());
    }
}
