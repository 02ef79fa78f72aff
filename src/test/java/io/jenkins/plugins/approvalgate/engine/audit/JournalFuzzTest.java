package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.JsonDice;
import io.jenkins.plugins.approvalgate.engine.QuietLog;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The journal's readers on bytes that no writer wrote. */
public class JournalFuzzTest {

    private static final String FILE = "2026-03.jsonl";
    private static final Instant AT = Given.START;

    @Rule
    public final QuietLog quiet = new QuietLog(Journal.class);

    @Rule
    public final QuietLog quietPlaces = new QuietLog(PlaceFile.class);

    @Rule
    public final QuietLog quietFeed = new QuietLog(JournalFeed.class);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder(Fuzz.memory());

    /** One event of each kind. */
    private static List<GateEvent> events() {
        GateEvent requested =
                GateEvent.Requested.of(Given.request("production", 1), Given.environment("production", "unanimous: alice, @team*2"), AT);
        List<GateEvent> events = new ArrayList<>(List.of(
                requested,
                new GateEvent.Approved(AT, "alice", "é\uD83D\uDE00", Set.of(0), List.of("Tests passed"), Map.of("region", "eu")),
                new GateEvent.Deferred(AT, "bob", "later", AT.plusSeconds(60), Set.of(0, 1), List.of(), Map.of()),
                new GateEvent.Withdrawn(AT, "alice", "no", List.of("bob")),
                new GateEvent.Rejected(AT, "alice", "never"),
                new GateEvent.Reassigned(AT, "alice", "carol", 0, "away"),
                new GateEvent.Bypassed(AT, "admin", "it burns"),
                new GateEvent.Reminded(AT, AT.plusSeconds(5)),
                new GateEvent.Escalated(AT, List.of("boss")),
                new GateEvent.CheckEvaluated(AT, 0, "restCheck", CheckResult.pass("fine")),
                new GateEvent.CallbackIssued(AT, 0, "0".repeat(64), AT.plusSeconds(60)),
                new GateEvent.CallbackAnswered(AT, 0),
                new GateEvent.Locked(AT),
                new GateEvent.Released(AT, Optional.of("alice"), "done"),
                new GateEvent.Closed(AT, Optional.empty(), Outcome.APPROVED, "all said yes")));
        events.add(new GateEvent.Restored(AT, List.of(new Recorded(7, requested), new Recorded(8, events.get(1)))));
        return events;
    }

    private static List<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        String prev = JournalLine.NO_HASH;
        for (GateEvent event : events()) {
            JournalLine.Written written = JournalLine.seal(EventCodec.draft("01kjxxxxxxxxxxxxxxxxxxxxxx", event), lines.size() + 1L, prev);
            prev = written.line().hash();
            lines.add(written.bytes());
        }
        return lines;
    }

    private static byte[] withoutLineFeed(byte[] line) {
        return new String(line, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    public void anyLine_isReadOrRefused() {
        List<byte[]> sound = lines().stream().map(JournalFuzzTest::withoutLineFeed).toList();
        Fuzz.Tally tally = Fuzz.of("journal line", dice -> dice.mutated(dice.of(sound)))
                .shown(JournalFuzzTest::shown)
                .declared(IOException.class)
                .run(text -> {
                    Envelope envelope = Envelope.read(text);
                    JournalLine line = JournalLine.parse(text);
                    assertThat(envelope.seq()).isEqualTo(line.seq());
                    if (envelope.hashHolds()) {
                        assertThat(isSound(sound, line)).as("spoilt, and its hash still fits").isTrue();
                    }
                });
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 100);
    }

    /** What says the same as a sound line, however it is laid out. */
    private static boolean isSound(List<byte[]> sound, JournalLine line) throws IOException {
        for (byte[] text : sound) {
            if (JournalLine.parse(text).equals(line)) {
                return true;
            }
        }
        return false;
    }

    @Test
    public void anyEvent_isUnderstoodOrRefused_thatFollowsAnyOther() {
        List<JournalLine> sound = new ArrayList<>();
        for (byte[] line : lines()) {
            try {
                sound.add(JournalLine.parse(withoutLineFeed(line)));
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
        }
        Gate open = Gate.open("01kjxxxxxxxxxxxxxxxxxxxxxx", new Recorded(1, events().get(0)));
        Fuzz.Tally tally = Fuzz.of("event", dice -> forged(dice, dice.of(sound)))
                .declared(IOException.class)
                // What a gate's fold throws for an event that cannot be of this gate.
                .declared(IllegalArgumentException.class)
                .run(line -> {
                    Recorded event = EventCodec.decode(line);
                    JournalLine.Draft again = EventCodec.draft("01kjxxxxxxxxxxxxxxxxxxxxxx", event.event());
                    assertThat(again.type()).isEqualTo(line.type());
                    Gate gate = event.event() instanceof GateEvent.Requested || event.event() instanceof GateEvent.Restored
                            ? Gate.open("01kjxxxxxxxxxxxxxxxxxxxxxx", event)
                            : open.apply(event);
                    gate.tally();
                    gate.missing();
                });
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 20);
        assertThat(tally.refused()).isGreaterThan(Fuzz.inputs() / 20);
    }

    private static JournalLine forged(Dice dice, JournalLine line) {
        ObjectNode data = line.data().isEmpty() ? line.data() : new JsonDice(dice).mutated(line.data());
        return new JournalLine(
                line.seq(),
                dice.oneIn(20) ? dice.of(Instant.MIN, Instant.MAX, Instant.EPOCH) : line.at(),
                line.gate(),
                line.type(),
                dice.oneIn(10) ? Optional.empty() : line.actor(),
                data,
                line.prev(),
                line.hash());
    }

    @Test
    public void anyFile_isOpened_toldOf_andGoneOnWith() {
        List<byte[]> all = lines();
        byte[] whole = JournalOnDisk.utf8(String.join("", all.stream().map(line -> new String(line, StandardCharsets.UTF_8)).toList()));
        int[] damaged = {0};
        Fuzz.of("journal file", dice -> dice.mutated(whole))
                .oneIn(20)
                .shown(JournalFuzzTest::shown)
                .run(bytes -> {
                    Path directory = folder.newFolder().toPath();
                    JournalOnDisk journal = new JournalOnDisk(directory);
                    journal.write(FILE, bytes);
                    try (Journal opened = journal.open()) {
                        opened.append(List.of(journal.draft("goes on")));
                        damaged[0] += opened.damages().isEmpty() ? 0 : 1;
                        JournalFeed feed = JournalFeed.open(opened, directory.resolve("place"));
                        assertThat(feed.next()).isEmpty();
                    }
                    try (Journal again = journal.open()) {
                        assertThat(journal.comments()).contains("goes on");
                        assertThat(again.verify().ok()).isEqualTo(again.damages().isEmpty());
                        again.linesOf("01kjxxxxxxxxxxxxxxxxxxxxxx");
                        JournalFeed everything = JournalFeed.open(again, placeAtTheStart(directory));
                        for (Optional<JournalLine> line = everything.next(); line.isPresent(); line = everything.next()) {
                            everything.done(line.get());
                        }
                    }
                });
        assertThat(damaged[0]).isGreaterThan(Fuzz.inputs() / 20 / 4);
    }

    private static Path placeAtTheStart(Path directory) throws IOException {
        return Files.writeString(directory.resolve("start"), "0 " + JournalLine.NO_HASH + " " + FILE + " 0\n");
    }

    @Test
    public void anyPlace_isReadOrPassedOver() {
        List<String> sound = List.of(
                "12 " + "a".repeat(64) + " " + FILE + " 4711\n",
                "1 " + "0".repeat(64) + " 2026-03-2.jsonl 0\n2 " + "f".repeat(64) + " 2026-04.jsonl 99\n");
        List<String> words = List.of(" ", "\n", FILE, "9", "0000-01.jsonl", "9999-12-9999.jsonl");
        int[] read = {0};
        Fuzz.Tally tally = Fuzz.of("place", dice -> dice.oneIn(3) ? dice.of(sound) : dice.mutated(sound, words))
                .oneIn(4)
                .run(text -> {
                    Path file = folder.getRoot().toPath().resolve("place");
                    Files.writeString(file, text.replaceAll("[\uD800-\uDFFF]", "?"));
                    PlaceFile places = new PlaceFile(file);
                    Optional<JournalPlace> place = places.read();
                    read[0] += place.isPresent() ? 1 : 0;
                    if (place.isPresent()) {
                        assertThat(JournalPlace.of(place.get().text().strip())).isEqualTo(place);
                    }
                });
        assertThat(read[0]).isGreaterThanOrEqualTo(tally.taken() / 20);
    }

    @Test
    public void anyCheckpoint_isReadAndNotSigned_orRefused() throws IOException {
        TestKey key = new TestKey();
        ObjectNode sound = Checkpoint.of(12, "a".repeat(64), 12, List.of(JournalFile.of(AT)), AT, "test", key).sealed();
        List<String> text = List.of(new String(Json.canonical(sound), StandardCharsets.UTF_8));
        List<String> words = List.of("\"", ",", ":", "{", "}", "[", "]", "seq", "signature", "1", "null");
        Fuzz.Tally tally = Fuzz.of("checkpoint", dice -> dice.oneIn(2)
                        ? new JsonDice(dice).mutated(sound).toString()
                        : dice.mutated(text, words))
                .declared(IOException.class)
                .run(spoilt -> {
                    JsonNode node = Json.read(JournalOnDisk.utf8(spoilt));
                    if (Checkpoint.read(node).isSignedBy(key)) {
                        // Of the signature's text some bits mean nothing.
                        assertThat(content(node)).as("spoilt, and signed all the same").isEqualTo(content(sound));
                    }
                });
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 20);
    }

    private static String content(JsonNode sealed) {
        ObjectNode content = sealed.deepCopy();
        content.remove("signature");
        return new String(Json.canonical(content), StandardCharsets.UTF_8);
    }

    /** Nothing else is ever hashed, see {@link Journal#append} and {@link Envelope}. */
    private static void assumeUnicode(JsonNode value) throws IOException {
        if (!Json.isUnicode(value)) {
            throw new IOException("not Unicode");
        }
    }

    @Test
    public void anyJson_isCanonicalOnceAndForAll_orRefused() {
        Fuzz.Tally tally = Fuzz.of("canonical JSON", dice -> Json.write(new JsonDice(dice).value(6)))
                .shown(JournalFuzzTest::shown)
                .declared(IOException.class)
                .run(bytes -> {
                    JsonNode value = Json.read(bytes);
                    assumeUnicode(value);
                    byte[] canonical = Json.canonical(Json.object().set("value", value));
                    assertThat(Json.canonical(Json.read(canonical))).isEqualTo(canonical);
                });
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 2);
    }
}
