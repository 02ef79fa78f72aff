package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gates as the journal's files have them, for those that are not in memory. Reads files: slow. */
final class GateArchive {

    private final Journal journal;

    GateArchive(Journal journal) {
        this.journal = journal;
    }

    /**
     * The gate with this id; empty if the journal does not know it, or has lost its beginning.
     *
     * @throws IOException if its lines cannot be read or understood
     */
    Optional<Gate> find(String gateId) throws IOException {
        List<Recorded> events = new ArrayList<>();
        for (JournalLine line : journal.linesOf(gateId)) {
            events.add(EventCodec.decode(line));
        }
        try {
            return sinceLastBeginning(events).map(known -> Gate.replay(gateId, known));
        } catch (IllegalArgumentException malformed) {
            throw new IOException(malformed);
        }
    }

    /** What is there from before a restoration is what was not enough to make a gate. */
    private static Optional<List<Recorded>> sinceLastBeginning(List<Recorded> events) {
        for (int first = events.size() - 1; first >= 0; first--) {
            GateEvent event = events.get(first).event();
            if (event instanceof GateEvent.Requested || event instanceof GateEvent.Restored) {
                return Optional.of(events.subList(first, events.size()));
            }
        }
        return Optional.empty();
    }
}
