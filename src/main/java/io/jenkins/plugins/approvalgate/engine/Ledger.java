package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.JournalUnavailableException;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes down what happens: first the disk, then the book, then whoever wants to know. Thread-safe. */
final class Ledger {

    private final Journal journal;
    private final GateBook book;
    private final Consumer<Gate> indexes;
    private final Workers workers;
    private final BiConsumer<Gate, List<GateEvent>> listener;

    /**
     * @param indexes told each new state before anybody else sees it; has to return at once
     * @param listener told by one thread, in the order in which things happened to each gate
     */
    Ledger(
            Journal journal,
            GateBook book,
            Consumer<Gate> indexes,
            Workers workers,
            BiConsumer<Gate, List<GateEvent>> listener) {
        this.journal = journal;
        this.book = book;
        this.indexes = indexes;
        this.workers = workers;
        this.listener = listener;
    }

    /** The new gate that {@code events} make, the first of which begins it. */
    Gate begin(String id, List<GateEvent> events) throws Refusal {
        return write(id, events, recorded -> Gate.replay(id, recorded));
    }

    /** {@code gate} after {@code events}; the same if there are none. Whoever calls this holds the gate. */
    Gate add(Gate gate, List<GateEvent> events) throws Refusal {
        return events.isEmpty() ? gate : write(gate.id(), events, recorded -> fold(gate, recorded));
    }

    /** {@code gate} as it would be after {@code events}. */
    static Gate imagine(Gate gate, List<GateEvent> events) {
        return fold(gate, events.stream().map(event -> new Recorded(0, event)).toList());
    }

    private static Gate fold(Gate gate, List<Recorded> events) {
        Gate next = gate;
        for (Recorded event : events) {
            next = next.apply(event);
        }
        return next;
    }

    private interface Fold {
        Gate of(List<Recorded> events);
    }

    private Gate write(String id, List<GateEvent> events, Fold fold) throws Refusal {
        try {
            List<JournalLine> lines =
                    journal.append(events.stream().map(event -> EventCodec.draft(id, event)).toList());
            List<Recorded> recorded = new ArrayList<>(lines.size());
            for (int i = 0; i < lines.size(); i++) {
                recorded.add(new Recorded(lines.get(i).seq(), events.get(i)));
            }
            Gate gate = fold.of(recorded);
            synchronized (book) {
                // Whoever finds a new gate in the book is told of later than its beginning.
                book.put(gate);
                indexes.accept(gate);
                workers.tell(() -> listener.accept(gate, events));
            }
            return gate;
        } catch (JournalUnavailableException unavailable) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, unavailable.getMessage() + " Nothing was changed.", unavailable);
        } catch (IllegalArgumentException notUnicode) {
            throw new Refusal(Refusal.Kind.INVALID, "It cannot be recorded: " + notUnicode.getMessage() + ".", notUnicode);
        }
    }

    /** Writes lines that change no gate. */
    void note(List<JournalLine.Draft> lines) throws Refusal {
        try {
            journal.append(lines);
        } catch (JournalUnavailableException unavailable) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, unavailable.getMessage(), unavailable);
        }
    }
}
