package io.jenkins.plugins.approvalgate.engine.audit;

import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Reads the journal at the start: every line is held to the chain, but only the lines of gates that are open, that hold a
 * lock, or that ended lately, are understood. Which those are, the ends of the lines tell without any JSON being read; so
 * there is no need for a snapshot beside the journal, which could be lost, be out of date or be forged.
 */
final class Recall {

    private record Kept(long seq, byte[] text) {}

    private static final Logger LOGGER = Logger.getLogger(Recall.class.getName());

    private final int remembered;
    private final Map<String, List<Kept>> open = new HashMap<>();
    /** In the order in which they ended. */
    private final LinkedHashMap<String, List<Kept>> ended = new LinkedHashMap<>();
    /** The gates that got a lock and, as far as has been read, have not given it back. */
    private final Set<String> holders = new HashSet<>();
    /** Holders that ended too long ago to be remembered otherwise. */
    private final Map<String, List<Kept>> oldHolders = new HashMap<>();

    private final Beginning beginning;
    /** The last line of each type that is about no gate. */
    private final Map<String, Kept> own = new HashMap<>();

    private Recall(int remembered, Beginning beginning) {
        this.remembered = remembered;
        this.beginning = beginning;
    }

    /**
     * What was read.
     *
     * @param own by type, the last line that is about no gate
     */
    record Found(ChainReader chain, Map<String, JournalLine> own) {}

    /**
     * Walks the chain, and then tells {@code consumer} the lines that matter, first to last.
     *
     * @param remembered of how many ended gates
     */
    static Found read(Path directory, Beginning beginning, int remembered, Journal.LineConsumer consumer)
            throws IOException {
        Recall recall = new Recall(remembered, beginning);
        ChainReader chain = ChainReader.read(directory, beginning, recall::take);
        recall.tell(consumer);
        Map<String, JournalLine> own = new HashMap<>();
        recall.own.values().forEach(kept -> parse(kept).ifPresent(line -> own.put(line.type(), line)));
        return new Found(chain, own);
    }

    private void take(Envelope line, byte[] text) {
        if (line.gate().isEmpty()) {
            own.put(line.type(), new Kept(line.seq(), text));
            return;
        }
        if (isRest(line)) {
            return;
        }
        if (Notes.isNote(line.type())) {
            note(line, text);
            return;
        }
        String gate = line.gate().get();
        List<Kept> lines = linesOf(gate);
        lines.add(new Kept(line.seq(), text));
        switch (line.type()) {
            case "locked" -> holders.add(gate);
            case "released" -> {
                holders.remove(gate);
                oldHolders.remove(gate);
            }
            case "closed" -> end(gate, lines);
            default -> {
                // Nothing about who is open or holds a lock.
            }
        }
    }

    /** Of what changes no gate, who has looked at one is worth knowing as long as it is. */
    private void note(Envelope line, byte[] text) {
        if (line.type().equals(Notes.REVIEWED)) {
            known(line.gate().orElseThrow()).ifPresent(lines -> lines.add(new Kept(line.seq(), text)));
        }
    }

    private Optional<List<Kept>> known(String gate) {
        return Stream.of(open, ended, oldHolders)
                .flatMap(lines -> Optional.ofNullable(lines.get(gate)).stream())
                .findFirst();
    }

    /** Whether the line is of a gate whose beginning was removed: that has ended. */
    private boolean isRest(Envelope line) {
        String gate = line.gate().orElseThrow();
        return beginning.checkpoint().isPresent()
                && !line.type().equals("requested")
                && !line.type().equals("restored")
                && known(gate).isEmpty()
                && GateId.time(gate).map(JournalFile::of).filter(beginning::has).isEmpty();
    }

    private List<Kept> linesOf(String gate) {
        for (Map<String, List<Kept>> known : List.of(ended, oldHolders)) {
            if (known.containsKey(gate)) {
                return known.get(gate);
            }
        }
        return open.computeIfAbsent(gate, id -> new ArrayList<>(4));
    }

    private void end(String gate, List<Kept> lines) {
        if (open.remove(gate) == null) {
            return;
        }
        ended.put(gate, lines);
        if (ended.size() > remembered) {
            String oldest = ended.keySet().iterator().next();
            List<Kept> forgotten = ended.remove(oldest);
            if (holders.contains(oldest)) {
                oldHolders.put(oldest, forgotten);
            }
        }
    }

    private void tell(Journal.LineConsumer consumer) throws IOException {
        List<Kept> lines = new ArrayList<>();
        open.values().forEach(lines::addAll);
        ended.values().forEach(lines::addAll);
        oldHolders.values().forEach(lines::addAll);
        lines.sort(Comparator.comparingLong(Kept::seq));
        for (Kept line : lines) {
            Optional<JournalLine> understood = parse(line);
            if (understood.isPresent()) {
                consumer.accept(understood.get());
            }
        }
    }

    /** A line that holds and is none all the same, as nobody but a forger writes it, must not keep all others out. */
    private static Optional<JournalLine> parse(Kept line) {
        try {
            return Optional.of(JournalLine.parse(line.text()));
        } catch (IOException malformed) {
            LOGGER.log(Level.WARNING, malformed, () -> "Line " + line.seq() + " of the journal is left out");
            return Optional.empty();
        }
    }
}
