package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.util.ArrayList;
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
     * What a line of the journal leads to; nothing for one that is about no gate.
     *
     * @throws IOException if the gate's lines cannot be read or understood
     */
    List<Notice> noticesOf(JournalLine line) throws IOException {
        if (line.gate().isEmpty()) {
            return List.of();
        }
        String id = line.gate().get();
        List<Recorded> history = history(id, line);
        Gate after = replay(id, history);
        Optional<Gate> before = history.size() > 1
                ? Optional.of(replay(id, history.subList(0, history.size() - 1)))
                : Optional.empty();
        Recorded last = history.get(history.size() - 1);
        MailRules.Told told = rules(after).toTell(before, after, last.event());
        return told.recipients().stream()
                .map(recipient -> new Notice(line.seq(), line.hash(), id, told.kind(), recipient))
                .toList();
    }

    private static Gate replay(String id, List<Recorded> history) throws IOException {
        try {
            return Gate.replay(id, history);
        } catch (IllegalArgumentException malformed) {
            throw new IOException(malformed);
        }
    }

    /** What happened to the gate up to {@code line}, which may be in the journal before it is in memory. */
    private List<Recorded> history(String id, JournalLine line) throws IOException {
        List<Recorded> known = keeper.inMemory(id).map(Gate::history).orElse(List.of());
        for (int i = known.size() - 1; i >= 0; i--) {
            if (known.get(i).seq() == line.seq()) {
                return known.subList(0, i + 1);
            }
        }
        List<Recorded> read = new ArrayList<>();
        for (JournalLine one : keeper.journal().linesOf(id)) {
            if (one.seq() <= line.seq()) {
                Recorded event = EventCodec.decode(one);
                if (event.event() instanceof GateEvent.Restored) {
                    // What is there from before it is what was not enough to make a gate.
                    read.clear();
                }
                read.add(event);
            }
        }
        if (read.isEmpty()) {
            throw new IOException("the journal has no line of gate " + id);
        }
        return read;
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
