package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** A whole gate as one text, for those who keep a copy of it: the same serial form as in the journal. */
public final class GateText {

    private GateText() {}

    /** The gate's events as JSON. */
    public static String write(Gate gate) {
        ObjectNode events = EventCodec.draft(gate.id(), new GateEvent.Restored(Instant.EPOCH, gate.history()))
                .data();
        return new String(Json.write(events), StandardCharsets.UTF_8);
    }

    /**
     * The gate that {@link #write} wrote.
     *
     * @throws IOException if {@code text} is not such a text
     */
    public static Gate read(String gateId, String text) throws IOException {
        try {
            ObjectNode events = (ObjectNode) Json.read(text.getBytes(StandardCharsets.UTF_8));
            Recorded restored = EventCodec.decode(new JournalLine(
                    0, Instant.EPOCH, Optional.of(gateId), "restored", Optional.empty(), events, "", ""));
            return Gate.replay(gateId, ((GateEvent.Restored) restored.event()).events());
        } catch (ClassCastException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new IOException("not the events of a gate", malformed);
        }
    }
}
