package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds a gate as it was after a line of the journal, however long ago that is. */
public final class Moment {

    private static final Logger LOGGER = Logger.getLogger(Moment.class.getName());

    private Moment() {}

    /**
     * The gate that {@code line} is about, as it was then; empty if the line is about none or changes nothing of it, or if what
     * the journal says of the gate cannot be understood, which the log tells.
     *
     * @throws IOException if the journal cannot be read now
     */
    public static Optional<Gate> of(JournalLine line, GateKeeper keeper) throws IOException {
        if (line.gate().isEmpty() || Notes.isNote(line.type())) {
            return Optional.empty();
        }
        String id = line.gate().get();
        Optional<Gate> known = keeper.inMemory(id).flatMap(gate -> asOf(line, gate.history(), id));
        return known.isPresent() ? known : onDisk(line, keeper, id);
    }

    private static Optional<Gate> asOf(JournalLine line, List<Recorded> history, String id) {
        // From the end: what was restored has numbers of its own, which may be those of other lines.
        for (int i = history.size() - 1; i >= 0; i--) {
            Recorded recorded = history.get(i);
            if (recorded.seq() == line.seq() && EventCodec.type(recorded.event()).equals(line.type())) {
                return Optional.of(Gate.replay(id, history.subList(0, i + 1)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Gate> onDisk(JournalLine line, GateKeeper keeper, String id) throws IOException {
        List<JournalLine> lines = keeper.journal().linesOf(id);
        try {
            List<Recorded> events = new ArrayList<>();
            for (JournalLine one : lines) {
                if (one.seq() <= line.seq()) {
                    Recorded recorded = EventCodec.decode(one);
                    if (recorded.event() instanceof GateEvent.Restored) {
                        events.clear();
                    }
                    events.add(recorded);
                }
            }
            if (!events.isEmpty()) {
                return Optional.of(Gate.replay(id, events));
            }
            LOGGER.warning(() -> "Line " + line.seq() + " of the journal is not told: gate " + id + " is not known");
        } catch (IOException | RuntimeException malformed) {
            LOGGER.log(Level.WARNING, malformed, () -> "Line " + line.seq() + " of the journal is not told: what the journal"
                    + " says of gate " + id + " cannot be understood");
        }
        return Optional.empty();
    }
}
