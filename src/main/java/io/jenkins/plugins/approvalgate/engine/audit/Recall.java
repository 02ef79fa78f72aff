package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the journal at the start: every line is held to the chain, but only the lines of gates that are open, or that ended
 * lately, are understood. Which those are, the ends of the lines tell without any JSON being read; so there is no need for
 * a snapshot beside the journal, which could be lost, be out of date or be forged.
 */
final class Recall {

    private record Kept(long seq, byte[] text) {}

    private final int remembered;
    private final Map<String, List<Kept>> open = new HashMap<>();
    /** In the order in which they ended. */
    private final LinkedHashMap<String, List<Kept>> ended = new LinkedHashMap<>();

    private Recall(int remembered) {
        this.remembered = remembered;
    }

    /**
     * Walks the chain, and then tells {@code consumer} the lines that matter, first to last.
     *
     * @param remembered of how many ended gates
     */
    static ChainReader read(Path directory, int remembered, Journal.LineConsumer consumer) throws IOException {
        Recall recall = new Recall(remembered);
        ChainReader chain = ChainReader.read(directory, recall::take);
        recall.tell(consumer);
        return chain;
    }

    private void take(Envelope line, byte[] text) {
        if (line.gate().isEmpty()) {
            return;
        }
        String gate = line.gate().get();
        List<Kept> lines = ended.containsKey(gate) ? ended.get(gate) : open.computeIfAbsent(gate, id -> new ArrayList<>(4));
        lines.add(new Kept(line.seq(), text));
        if (line.type().equals("closed") && open.remove(gate) != null) {
            ended.put(gate, lines);
            if (ended.size() > remembered) {
                ended.remove(ended.keySet().iterator().next());
            }
        }
    }

    private void tell(Journal.LineConsumer consumer) throws IOException {
        List<Kept> lines = new ArrayList<>();
        open.values().forEach(lines::addAll);
        ended.values().forEach(lines::addAll);
        lines.sort(Comparator.comparingLong(Kept::seq));
        for (Kept line : lines) {
            consumer.accept(JournalLine.parse(line.text()));
        }
    }
}
