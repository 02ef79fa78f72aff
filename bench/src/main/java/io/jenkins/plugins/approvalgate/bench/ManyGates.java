package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Puts many gates into a journal with few forces, for an engine that is opened on it afterwards. */
final class ManyGates {

    private static final int A_WRITE = 5_000;

    private ManyGates() {}

    /** @param events the life so far of the gate with each number, beginning with its request */
    static void write(Path home, BenchHost host, int count, IntFunction<List<? extends GateEvent>> events)
            throws IOException, Refusal {
        try (GateKeeper keeper = GateKeeper.open(home, host, Clock.systemUTC())) {
            List<JournalLine.Draft> lines = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                List<? extends GateEvent> life = events.apply(i);
                String id = GateId.next(life.get(0).at());
                life.forEach(event -> lines.add(EventCodec.draft(id, event)));
                if (lines.size() >= A_WRITE || i == count - 1) {
                    keeper.note(lines);
                    lines.clear();
                }
            }
        }
    }
}
