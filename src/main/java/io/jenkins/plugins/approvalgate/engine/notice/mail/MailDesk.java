package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Moment;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Puts the questions of {@link MailRules} with the gates and settings of now. May be slow: asks directories and disks. */
final class MailDesk {

    private final GateKeeper keeper;
    private final Host host;
    private final MailPeople people;

    MailDesk(GateKeeper keeper, Host host, MailPeople people) {
        this.keeper = keeper;
        this.host = host;
        this.people = people;
    }

    /**
     * What a line of the journal leads to; nothing for one that is about no gate, or about one that cannot be understood.
     *
     * @throws IOException if the journal cannot be read now
     */
    List<Notice> noticesOf(JournalLine line) throws IOException {
        Optional<Gate> moment = Moment.of(line, keeper);
        if (moment.isEmpty()) {
            return List.of();
        }
        Gate after = moment.get();
        List<Recorded> history = after.history();
        int last = history.size() - 1;
        Optional<Gate> before =
                last == 0 ? Optional.empty() : Optional.of(Gate.replay(after.id(), history.subList(0, last)));
        MailRules.Told told = rules(after).toTell(before, after, history.get(last).event());
        return told.recipients().stream()
                .map(recipient -> new Notice(line.seq(), line.hash(), after.id(), told.kind(), recipient))
                .toList();
    }

    /** The gate as it is now. */
    Optional<Gate> gate(String id) throws Refusal {
        return keeper.find(id);
    }

    boolean isStillSo(Notice notice, Gate gate) {
        return rules(gate).isStillSo(notice.kind(), notice.recipient(), gate, keeper.now());
    }

    MailItems.Told told(MailKind kind, Gate gate) {
        return new MailItems.Told(kind, gate, keeper.conditions(gate));
    }

    Optional<String> root() {
        return host.surroundings().rootUrl();
    }

    /** The address of a recipient; empty where there is none. */
    Optional<String> addressOf(Recipient recipient) {
        return recipient instanceof Recipient.Person person
                ? people.addressOf(person.id())
                : Optional.of(((Recipient.Address) recipient).mail());
    }

    private MailRules rules(Gate gate) {
        return new MailRules(
                new Directory(host.approverGroups(), host.realm()), host.notifications(gate), host::mayRead, people);
    }
}
