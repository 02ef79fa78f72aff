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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads the journal at the start: every line is held to the chain, but only the lines of gates that are open, that hold a
 * lock, or that ended lately, are understood. Which those are, the ends of the lines tell without any JSON being read; so
 * there is no need for a snapshot beside the journal, which could be lost, be out of date or be forged.
 */
final class Recall {

    private record Kept(long seq, byte[] text) {}

    /** What is worth understanding of a gate, first to last. */
    private record Life(String gate, List<Kept> lines) {
        private Life(String gate) {
            this(gate, new ArrayList<>(4));
        }
    }

    private static final Logger LOGGER = Logger.getLogger(Recall.class.getName());

    private static final int AT_A_TIME = 100;

    private final int remembered;
    private final Map<String, Life> open = new HashMap<>();
    /** In the order in which they ended. */
    private final LinkedHashMap<String, Life> ended = new LinkedHashMap<>();
    /** The gates that got a lock and, as far as has been read, have not given it back. */
    private final Set<String> holders = new HashSet<>();
    /** Holders that ended too long ago to be remembered otherwise; in the order in which they ended. */
    private final LinkedHashMap<String, Life> oldHolders = new LinkedHashMap<>();

    private final Beginning beginning;
    /** Those that no thread has in its hands. */
    private final Queue<LineReader> readers = new ConcurrentLinkedQueue<>();
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
     * Walks the chain, and then tells {@code reader} of the gates that matter.
     *
     * @param remembered of how many ended gates
     */
    static Found read(Path directory, Beginning beginning, int remembered, Journal.GateReader reader) throws IOException {
        Recall recall = new Recall(remembered, beginning);
        ChainReader chain = ChainReader.read(directory, beginning, recall::take);
        recall.tell(reader);
        Map<String, JournalLine> own = new HashMap<>();
        recall.own.values().forEach(kept -> parse(kept, new LineReader()).ifPresent(line -> own.put(line.type(), line)));
        return new Found(chain, own);
    }

    private void take(Envelope line, RawLine text) {
        if (line.gate().isEmpty()) {
            own.put(line.type(), new Kept(line.seq(), text.copy()));
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
        Life life = known(gate).orElseGet(() -> open.computeIfAbsent(gate, Life::new));
        life.lines().add(new Kept(line.seq(), text.copy()));
        switch (line.type()) {
            case "locked" -> holders.add(gate);
            case "released" -> {
                holders.remove(gate);
                oldHolders.remove(gate);
            }
            case "closed" -> end(life);
            default -> {
                // Nothing about who is open or holds a lock.
            }
        }
    }

    /** Of what changes no gate, who has looked at one is worth knowing as long as it is. */
    private void note(Envelope line, RawLine text) {
        if (line.type().equals(Notes.REVIEWED)) {
            known(line.gate().orElseThrow()).ifPresent(life -> life.lines().add(new Kept(line.seq(), text.copy())));
        }
    }

    private Optional<Life> known(String gate) {
        Life life = open.get(gate);
        if (life == null) {
            life = ended.get(gate);
        }
        return Optional.ofNullable(life == null ? oldHolders.get(gate) : life);
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

    private void end(Life life) {
        if (open.remove(life.gate()) == null) {
            return;
        }
        ended.put(life.gate(), life);
        if (ended.size() > remembered) {
            String oldest = ended.keySet().iterator().next();
            Life forgotten = ended.remove(oldest);
            if (holders.contains(oldest)) {
                oldHolders.put(oldest, forgotten);
            }
        }
    }

    private void tell(Journal.GateReader reader) throws IOException {
        List<Life> lives = new ArrayList<>(open.values());
        lives.sort(Comparator.comparingLong(life -> life.lines().get(0).seq()));
        lives.addAll(oldHolders.values());
        lives.addAll(ended.values());
        open.clear();
        oldHolders.clear();
        ended.clear();
        try (InOrder<List<Runnable>> understanding = new InOrder<>(known -> known.forEach(Runnable::run))) {
            for (int from = 0; from < lives.size(); from += AT_A_TIME) {
                List<Life> some = lives.subList(from, Math.min(from + AT_A_TIME, lives.size()));
                understanding.add(() -> understand(some, reader));
            }
            understanding.finish();
        }
    }

    private List<Runnable> understand(List<Life> lives, Journal.GateReader reader) {
        LineReader idle = readers.poll();
        LineReader lineReader = idle == null ? new LineReader() : idle;
        List<Runnable> understood = new ArrayList<>(lives.size());
        for (Life life : lives) {
            List<JournalLine> lines = new ArrayList<>(life.lines().size());
            life.lines().forEach(kept -> parse(kept, lineReader).ifPresent(lines::add));
            life.lines().clear();
            understood.add(reader.read(life.gate(), lines));
        }
        readers.add(lineReader);
        return understood;
    }

    /** A line that holds and is none all the same, as nobody but a forger writes it, must not keep all others out. */
    private static Optional<JournalLine> parse(Kept line, LineReader reader) {
        try {
            return Optional.of(reader.line(line.text()));
        } catch (IOException malformed) {
            LOGGER.log(Level.WARNING, malformed, () -> "Line " + line.seq() + " of the journal is left out");
            return Optional.empty();
        }
    }
}
