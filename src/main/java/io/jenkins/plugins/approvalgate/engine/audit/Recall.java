package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the journal at the start: every line is held to the chain, but only those worth it are understood. */
final class Recall {

    private Recall() {}

    /** Walks the chain, and tells {@code consumer} what the snapshot wants and all that came after it. */
    static ChainReader read(Path directory, Journal.LineConsumer consumer) throws IOException {
        Optional<Snapshot> snapshot = Snapshot.load(directory);
        if (snapshot.isPresent()) {
            // Kept back until the snapshot is known to be one of this journal.
            List<JournalLine> wanted = new ArrayList<>();
            boolean[] fits = {snapshot.get().seq() == 0};
            ChainReader chain = ChainReader.read(directory, (envelope, text) -> {
                fits[0] |= envelope.seq() == snapshot.get().seq()
                        && envelope.hash().equals(snapshot.get().hash());
                if (envelope.seq() > snapshot.get().seq()
                        || snapshot.get().wanted().contains(envelope.seq())) {
                    wanted.add(JournalLine.parse(text));
                }
            });
            if (fits[0]) {
                for (JournalLine line : wanted) {
                    consumer.accept(line);
                }
                return chain;
            }
        }
        return ChainReader.read(directory, (envelope, text) -> consumer.accept(JournalLine.parse(text)));
    }
}
