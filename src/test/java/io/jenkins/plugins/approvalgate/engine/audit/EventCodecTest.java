package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** Events that are spoilt are told as such, and as nothing else. That sound ones come back whole, random games show. */
public class EventCodecTest {

    private final GateEvent.Requested requested = GateEvent.Requested.of(
            Given.request("production", 1), Given.environment("production", "sequential: alice, @team*2"), Given.START);

    @Test
    public void requested_anyFieldMissingOrOfAnotherTypeIsNoOtherFailureThanAnIOException() throws Exception {
        ObjectNode data = EventCodec.draft("gate-1", requested).data();
        List<String> names = new ArrayList<>();
        data.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            for (String other : List.of("null", "1", "\"x\"", "[]", "{}", "[null]", "[{}]", "true")) {
                ObjectNode spoilt = data.deepCopy();
                spoilt.set(name, Json.read(other.getBytes(StandardCharsets.UTF_8)));
                onlyIOException(line("requested", Optional.of("alice"), spoilt));
            }
            ObjectNode without = data.deepCopy();
            without.remove(name);
            onlyIOException(line("requested", Optional.of("alice"), without));
        }
    }

    @Test
    public void otherEvents_withoutWhatTheyNeedCannotBeUnderstood() {
        for (String type : List.of("approved", "withdrawn", "rejected", "closed", "restored", "requested", "nonsense", "")) {
            assertThatThrownBy(() -> EventCodec.decode(line(type, Optional.empty(), Json.object())))
                    .as(type)
                    .isInstanceOf(IOException.class);
        }
        ObjectNode approval = EventCodec.draft("gate-1", approved(Set.of(0))).data();
        assertThatThrownBy(() -> EventCodec.decode(line("approved", Optional.empty(), approval)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> EventCodec.decode(
                        line("closed", Optional.empty(), Json.object().put("outcome", "WON").put("reason", ""))))
                .isInstanceOf(IOException.class);
    }

    @Test
    public void gate_refusesAnApprovalForNoEntryOfIts() {
        Gate gate = Gate.open("gate-1", new Recorded(1, requested));
        for (Set<Integer> entries : List.of(Set.<Integer>of(), Set.of(2), Set.of(-1), Set.of(0, 7))) {
            assertThatThrownBy(() -> gate.apply(new Recorded(2, approved(entries))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(gate.apply(new Recorded(2, approved(Set.of(0)))).approvals()).hasSize(1);
    }

    private static GateEvent.Approved approved(Set<Integer> entries) {
        return new GateEvent.Approved(Given.START, "alice", "", entries, List.of(), Map.of());
    }

    private static void onlyIOException(JournalLine line) {
        try {
            assertThat(EventCodec.decode(line).event()).isInstanceOf(GateEvent.Requested.class);
        } catch (IOException told) {
            assertThat(told).hasMessageContaining("line 7");
        }
    }

    private static JournalLine line(String type, Optional<String> actor, ObjectNode data) {
        return new JournalLine(
                7, Given.START, Optional.of("gate-1"), type, actor, data, JournalLine.NO_HASH, JournalLine.NO_HASH);
    }
}
