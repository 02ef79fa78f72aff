package io.jenkins.plugins.approvalgate.engine.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/** What is told of each type of event, and to whom nothing is. */
public class EventDataTest {

    private static final Instant LATER = Given.START.plusSeconds(3_600);

    @Rule
    public final KeeperOnDisk disk =
            new KeeperOnDisk(Town.of("ops=carol"), Given.environment("production", "unanimous: alice, bob"));

    private ObjectNode data(Gate gate, GateEvent event) throws Exception {
        JournalLine line =
                disk.keeper.journal().append(List.of(EventCodec.draft(gate.id(), event))).get(0);
        return EventData.of(line, gate, Optional.of("https://ci.example.com/"));
    }

    @Test
    public void eachType_saysWhatBelongsToIt() throws Exception {
        Gate gate = disk.request("production", 1);
        Instant now = Given.START;
        Map<GateEvent, String> table = new LinkedHashMap<>();
        table.put(new GateEvent.Deferred(now, "alice", "tonight", LATER, Set.of(0), List.of(), Map.of()),
                "actor=alice comment=tonight until=2026-03-02T10:00:00Z");
        table.put(new GateEvent.Reassigned(now, "alice", "carol", 0, "on holiday"), "actor=alice comment=on holiday to=carol from=alice");
        table.put(new GateEvent.Bypassed(now, "root", "outage"), "actor=root reason=outage");
        table.put(new GateEvent.Reminded(now, LATER), "due=2026-03-02T10:00:00Z");
        table.put(new GateEvent.Escalated(now, List.of("boss@example.com")), "");
        table.put(new GateEvent.Rejected(now, "bob", "no"), "actor=bob comment=no");
        table.put(new GateEvent.Withdrawn(now, "alice", "wait", List.of("bob")), "actor=alice comment=wait lapsed=[\"bob\"]");
        table.put(new GateEvent.CheckEvaluated(now, 0, "restCheck", CheckResult.fail("It is closed.").detailed("internal")),
                "reason=It is closed. check={\"kind\":\"restCheck\",\"verdict\":\"FAIL\"}");
        table.put(new GateEvent.Closed(now, Optional.of("bob"), Outcome.REJECTED, "bob said no."),
                "actor=bob reason=bob said no. outcome=REJECTED");
        for (Map.Entry<GateEvent, String> row : table.entrySet()) {
            ObjectNode data = data(gate, row.getKey());
            StringBuilder said = new StringBuilder();
            for (String field : List.of("actor", "comment", "reason", "outcome", "until", "due", "to", "from", "lapsed", "check")) {
                if (data.hasNonNull(field) && !data.get(field).asText("x").isEmpty() || data.path(field).isContainerNode()) {
                    said.append(' ').append(field).append('=').append(data.get(field).isValueNode() ? data.get(field).asText() : data.get(field).toString());
                }
            }
            assertThat(said.toString().strip()).as(row.getKey().toString()).isEqualTo(row.getValue());
            assertThat(data.toString()).doesNotContain("boss@example.com", "internal");
            assertThat(data.path("summary").asText()).startsWith("production, team/app #1: ").endsWith(".");
        }
    }

    @Test
    public void linesThatTellOfSecretsOrOfNoGate_areNotWanted() {
        Webhook all = new Webhook(
                Optional.of("https://example.com/"), Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty(),
                Optional.empty());
        assertThat(List.of("callbackIssued", "callbackAnswered", "callbackRefused", "tornTailCut", "damageFound"))
                .noneMatch(all::wantsType);
    }
}
