package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

    @Test
    public void checksLockAndOrigin_comeBackWhole() throws Exception {
        for (Origin origin : origins()) {
            for (Optional<LockMode> lock : List.of(
                    Optional.<LockMode>empty(), Optional.of(LockMode.SEQUENTIAL), Optional.of(LockMode.NEWEST_ONLY))) {
                GateRequest r = Given.request("production", 1);
                GateRequest request = new GateRequest(
                        r.key(), r.environment(), r.job(), r.build(), r.buildUrl(), r.stage(), origin, r.requestedBy(),
                        r.requesters(), r.message(), r.metrics(), r.links(), r.inputs());
                throughTheJournal(GateEvent.Requested.of(
                        request, Given.environment("production", "any: alice", specs(), lock), Given.START));
            }
        }
    }

    private static List<Origin> origins() {
        Origin.Script script = new Origin.Script("https://git.example/app.git", "Jenkinsfile");
        List<Origin.Library> libraries =
                List.of(new Origin.Library("deploy", "1.2", true), new Origin.Library("own", "main", false));
        List<Origin> origins = new ArrayList<>(List.of(Origin.UNKNOWN, Origin.branch("main"), Origin.branch("ünïcödé 😀\n")));
        for (Origin.Kind kind : Origin.Kind.values()) {
            origins.add(new Origin(
                    Optional.of(new Origin.Head(kind, "x/" + kind)), Optional.of(script), libraries, true));
        }
        return origins;
    }

    private static List<CheckSpec> specs() {
        return List.of(
                new CheckSpec("empty", Map.of()),
                new CheckSpec("flat", Map.of("text", "a \"b\" \n😀", "number", 7L, "yes", true, "no", false)),
                new CheckSpec("texts", Map.of("list", List.of("main", "release/*"), "none", List.of())),
                new CheckSpec(
                        "deep",
                        Map.of("windows", List.of(Map.of("from", "2026-12-20", "days", List.of(1L, 2L)), Map.of()), "map", Map.of("a", Map.of("b", -1L)))),
                new CheckSpec("numbers", Map.of("most", 9_007_199_254_740_991L, "least", -9_007_199_254_740_991L, "nothing", 0L)));
    }

    @Test
    public void whatChecksAndLocksDo_comesBackWhole() throws Exception {
        for (CheckResult.Verdict verdict : CheckResult.Verdict.values()) {
            for (Optional<Instant> until : List.of(
                    Optional.<Instant>empty(), Optional.of(Given.START), Optional.of(Instant.MAX), Optional.of(Given.START.plusNanos(1)))) {
                for (boolean bars : List.of(true, false)) {
                    throughTheJournal(new GateEvent.CheckEvaluated(
                            Given.START, 3, "restCheck", new CheckResult(verdict, "It says \"no\".\n", until, bars, "{\"a\":1}\u0000")));
                }
            }
        }
        throughTheJournal(new GateEvent.CallbackIssued(Given.START, 0, "0".repeat(64), Given.START.plusSeconds(1)));
        throughTheJournal(new GateEvent.CallbackAnswered(Given.START, 1));
        throughTheJournal(new GateEvent.Locked(Given.START));
        throughTheJournal(new GateEvent.Released(Given.START, Optional.empty(), "The build ended."));
        throughTheJournal(new GateEvent.Released(Given.START, Optional.of("gate-admin"), ""));
        throughTheJournal(new GateEvent.Deferred(
                Given.START, "alice", "later \u0000", Given.START.plusMillis(1), Set.of(0, 1), List.of("Tests passed"), Map.of("region", "us")));
        throughTheJournal(new GateEvent.Reassigned(Given.START, "alice", "bob", 1, "on holiday"));
        throughTheJournal(new GateEvent.Bypassed(Given.START, "gate-admin", "It burns.\n"));
        throughTheJournal(new GateEvent.Reminded(Given.START, Given.START.minusSeconds(1)));
        throughTheJournal(new GateEvent.Escalated(Given.START, List.of("ops@example.com")));
        throughTheJournal(new GateEvent.Escalated(Given.START, List.of()));
        for (Outcome outcome : Outcome.values()) {
            throughTheJournal(new GateEvent.Closed(Given.START, Optional.empty(), outcome, "Why."));
        }
    }

    /** Alone, and in what a build kept of its gate. */
    private void throughTheJournal(GateEvent event) throws IOException {
        JournalLine.Draft draft = EventCodec.draft("gate-1", event);
        ObjectNode read = (ObjectNode) Json.read(Json.canonical(draft.data()));
        JournalLine line = new JournalLine(
                7, draft.at(), draft.gate(), draft.type(), draft.actor(), read, JournalLine.NO_HASH, JournalLine.NO_HASH);
        assertThat(EventCodec.decode(line)).isEqualTo(new Recorded(7, event));
        GateEvent.Restored restored = new GateEvent.Restored(Given.START, List.of(new Recorded(1, requested), new Recorded(7, event)));
        JournalLine.Draft kept = EventCodec.draft("gate-1", restored);
        ObjectNode readAgain = (ObjectNode) Json.read(Json.canonical(kept.data()));
        assertThat(EventCodec.decode(line("restored", Optional.empty(), readAgain)).event()).isEqualTo(restored);
    }

    @Test
    public void newEvents_anyFieldMissingOrOfAnotherTypeIsNoOtherFailureThanAnIOException() throws Exception {
        List<GateEvent> events = List.of(
                new GateEvent.Deferred(Given.START, "alice", "", Given.START, Set.of(0), List.of(), Map.of()),
                new GateEvent.Reassigned(Given.START, "alice", "bob", 0, "x"),
                new GateEvent.Bypassed(Given.START, "alice", "x"),
                new GateEvent.Reminded(Given.START, Given.START),
                new GateEvent.Escalated(Given.START, List.of("ops@example.com")),
                new GateEvent.CheckEvaluated(Given.START, 0, "x", CheckResult.waiting("y").until(Given.START)),
                new GateEvent.CallbackIssued(Given.START, 0, "0", Given.START),
                new GateEvent.CallbackAnswered(Given.START, 1),
                new GateEvent.Released(Given.START, Optional.empty(), "z"));
        for (GateEvent event : events) {
            ObjectNode data = EventCodec.draft("gate-1", event).data();
            List<String> names = new ArrayList<>();
            data.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                for (String other : List.of("null", "1", "\"x\"", "[]", "{}", "true", "1.5", "99999999999")) {
                    ObjectNode spoilt = data.deepCopy();
                    spoilt.set(name, Json.read(other.getBytes(StandardCharsets.UTF_8)));
                    decodeOrTell(line(EventCodec.type(event), Optional.empty(), spoilt));
                }
                ObjectNode without = data.deepCopy();
                without.remove(name);
                decodeOrTell(line(EventCodec.type(event), Optional.empty(), without));
            }
        }
    }

    private static void decodeOrTell(JournalLine line) {
        try {
            assertThat(EventCodec.decode(line).event()).isNotNull();
        } catch (IOException told) {
            assertThat(told).hasMessageContaining("line 7");
        }
    }

    /** As the version wrote it that knew neither checks nor locks, and of the build's origin a branch at most. */
    @Test
    public void requested_ofTheVersionBeforeIsRead() throws Exception {
        for (Optional<String> branch : List.of(Optional.of("main"), Optional.<String>empty())) {
            ObjectNode data = EventCodec.draft("gate-1", requested).data().deepCopy();
            data.remove(List.of("origin", "checks", "lock", "branch"));
            branch.ifPresent(name -> data.put("branch", name));
            GateEvent.Requested read = (GateEvent.Requested)
                    EventCodec.decode(line("requested", Optional.of("starter"), data)).event();
            assertThat(read.checks()).isEmpty();
            assertThat(read.lock()).isEmpty();
            assertThat(read.request().origin()).isEqualTo(branch.map(Origin::branch).orElse(Origin.UNKNOWN));
            assertThat(read.request().branch()).isEqualTo(branch);
            assertThat(read.policy()).isEqualTo(requested.policy());
        }
    }

    @Test
    public void gate_refusesWhatACheckSaidThatItDoesNotHave() {
        Gate gate = Gate.open("gate-1", new Recorded(1, requested));
        for (int check : List.of(-1, 0, 7)) {
            assertThatThrownBy(() -> gate.apply(new Recorded(
                            2, new GateEvent.CheckEvaluated(Given.START, check, "x", CheckResult.pass("y")))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
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
