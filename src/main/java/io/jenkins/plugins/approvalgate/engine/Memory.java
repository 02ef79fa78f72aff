package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Brings back, at the start, what the journal says of a gate. */
final class Memory {

    private static final Logger LOGGER = Logger.getLogger(Memory.class.getName());

    private final GateBook book;
    private final Reviews reviews;

    Memory(GateBook book, Reviews reviews) {
        this.book = book;
        this.reviews = reviews;
    }

    /**
     * Folds a gate from its lines; a line that cannot be understood, or is of a gate whose beginning is not known, is told in the
     * log and left out. For any thread.
     *
     * @return puts it into the book, and who looked at it beside it
     */
    Runnable read(String id, List<JournalLine> lines) {
        Optional<Gate> gate = Optional.empty();
        for (JournalLine line : lines) {
            if (!isLook(line)) {
                gate = after(id, gate, line);
            }
        }
        Optional<Gate> last = gate;
        return () -> {
            last.ifPresent(book::put);
            lines.stream().filter(Memory::isLook).forEach(reviews::replay);
        };
    }

    private static boolean isLook(JournalLine line) {
        return line.type().equals(Notes.REVIEWED);
    }

    private static Optional<Gate> after(String id, Optional<Gate> gate, JournalLine line) {
        try {
            Recorded event = EventCodec.decode(line);
            return Optional.of(gate.isPresent() ? gate.get().apply(event) : Gate.open(id, event));
        } catch (IOException | IllegalArgumentException left) {
            LOGGER.log(Level.WARNING, left, () -> "Gate " + id + ": line " + line.seq() + " is left out");
            return gate;
        }
    }
}
