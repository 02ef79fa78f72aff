package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** What is remembered of lines that were read before never shows in what is read of the next: it is as if read alone. */
public class LineReaderTest {

    /** Lines of gates of two environments, as they go to disk. */
    private static List<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        String prev = JournalLine.NO_HASH;
        for (int build = 1; build <= 4; build++) {
            String environment = build % 2 == 0 ? "production" : "größer";
            for (GateEvent event : events(environment, build)) {
                JournalLine.Written line =
                        JournalLine.seal(EventCodec.draft("01kjxxxxxxxxxxxxxxxxxxxxx" + build, event), lines.size() + 1, prev);
                lines.add(Arrays.copyOf(line.bytes(), line.bytes().length - 1));
                prev = line.line().hash();
            }
        }
        return lines;
    }

    private static List<GateEvent> events(String environment, int build) {
        Instant at = Given.START.plusMillis(build);
        return List.of(
                GateEvent.Requested.of(
                        Given.request(environment, build),
                        Given.environment(
                                environment,
                                "sequential: alice, @team*2",
                                List.of(new CheckSpec("branchControl", Map.of("allowed", List.of("main"), "n", -7L))),
                                Optional.empty()),
                        at),
                new GateEvent.CheckEvaluated(at, 0, "branchControl", CheckResult.pass("Branch main is allowed here.")),
                new GateEvent.CheckEvaluated(at, 0, "waitTimer", CheckResult.waiting("Not yet.").until(at.plusSeconds(9))),
                new GateEvent.Approved(
                        at, "alice", "fine\n\t\u00e9\ud83d\ude00", Set.of(0), List.of("Tests passed"), Map.of("a", "1", "b", "")),
                new GateEvent.Closed(at, Optional.empty(), Outcome.TIMED_OUT, "Timed out."));
    }

    @Test
    public void everyByteSpoilt_isReadAsByTheOtherReader() throws Exception {
        LineReader reader = new LineReader();
        for (byte[] line : lines().subList(0, 5)) {
            assertThat(reader.read(line)).isEqualTo(Json.read(line));
            for (int at = 0; at < line.length; at++) {
                for (char other : "\"\\}],:0x ".toCharArray()) {
                    byte[] spoilt = line.clone();
                    spoilt[at] = (byte) other;
                    readsAsTheOther(reader, spoilt);
                }
            }
            assertThat(reader.read(line)).isEqualTo(Json.read(line));
        }
    }

    @Test
    public void anyLine_isReadAsByTheOtherReader_whateverWasReadBefore() {
        List<byte[]> sound = lines();
        LineReader reader = new LineReader();
        Fuzz.of("line read after others", dice -> dice.mutated(dice.of(sound)))
                .shown(text -> new String(text, StandardCharsets.ISO_8859_1))
                .run(text -> readsAsTheOther(reader, text));
    }

    private static void readsAsTheOther(LineReader reader, byte[] text) throws IOException {
        JsonNode expected;
        try {
            expected = Json.read(text);
        } catch (IOException refused) {
            assertThatThrownBy(() -> reader.read(text)).isInstanceOf(IOException.class).hasMessage(refused.getMessage());
            return;
        }
        JsonNode node = reader.read(text);
        assertThat(node).isEqualTo(expected);
        assertThat(node.toString()).as("also in the order of its fields").isEqualTo(expected.toString());
    }

    @Test
    public void events_areUnderstoodAsByTheOtherReader_andHaveInCommonWhatIsTheSame() throws Exception {
        LineReader reader = new LineReader();
        List<GateEvent.Requested> requested = new ArrayList<>();
        for (byte[] line : lines()) {
            GateEvent event = EventCodec.decode(reader.line(line)).event();
            assertThat(event).isEqualTo(EventCodec.decode(JournalLine.parse(line)).event());
            if (event instanceof GateEvent.Requested one) {
                requested.add(one);
            }
        }
        assertThat(requested.get(2).policy()).isSameAs(requested.get(0).policy());
        assertThat(requested.get(2).checks()).isSameAs(requested.get(0).checks());
        assertThat(requested.get(2).checklist()).isSameAs(requested.get(0).checklist());
        assertThat(requested.get(2).instructions()).isSameAs(requested.get(0).instructions());
        assertThat(requested.get(2).request().environment()).isNotEqualTo(requested.get(1).request().environment());
    }

    /** An empty list is one of texts here and one of something else there. */
    @Test
    public void sameJson_isMadeIntoDifferentThings() throws Exception {
        JsonNode node = new LineReader().read("[]".getBytes(StandardCharsets.UTF_8));
        List<String> texts = Shared.make(node, Shared.Kind.TEXTS, any -> List.of("texts"));
        List<CheckSpec> checks = Shared.make(node, Shared.Kind.CHECKS, any -> List.of(new CheckSpec("a", Map.of())));
        assertThat(texts).containsExactly("texts");
        assertThat(checks).extracting(CheckSpec::kind).containsExactly("a");
        assertThat(Shared.<List<String>>make(node, Shared.Kind.TEXTS, any -> List.of("again"))).containsExactly("again");
    }

    @Test
    public void times_areThoseOfTheLibrary() {
        for (String text : List.of(
                "2026-03-01T09:00:00Z", "2026-03-01T09:00:00.001Z", "2024-02-29T23:59:59.999Z", "1969-12-31T23:59:59.999Z",
                "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T25:00:00Z",
                "2026-03-01T09:60:00Z", "2026-06-30T23:59:60Z", "+12026-03-01T09:00:00Z", "2026-03-01T09:00:00+", "",
                "2026-03-01t09:00:00z", "2026-03-01T09:00:00.000001Z", "2026-0a-01T09:00:00Z", "-001-03-01T09:00:00Z",
                "2026-03-00T09:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-01T09:00:00,001Z")) {
            assertThat(read(text, Times::parse)).as(text).isEqualTo(read(text, Instant::parse));
        }
    }

    private interface Read {
        Instant parse(String text);
    }

    private static String read(String text, Read read) {
        try {
            return read.parse(text).toString();
        } catch (DateTimeException refused) {
            return "refused";
        }
    }
}
