package io.jenkins.plugins.approvalgate.engine.audit;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.MovableClock;
import io.jenkins.plugins.approvalgate.engine.Pinned;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The journal with its checkpoint and anchor, a line of each type, as 1.0 writes them: see {@link Pinned}. */
public class JournalFormTest {

    private static final String APPROVED = "01kjpinned0000000000000001";
    private static final String REJECTED = "01kjpinned0000000000000002";
    private static final String BYPASSED = "01kjpinned0000000000000003";
    private static final String RESTORED = "01kjpinned0000000000000004";
    private static final String OPEN = "01kjpinned0000000000000005";

    /** What was removed: three lines of February. */
    private static final String REMOVED_HASH = "5".repeat(64);
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00.123Z");
    private static final String MARCH_FILE = "journal/2026-03.jsonl";
    private static final String APRIL_FILE = "journal/2026-04.jsonl";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Signer signer() throws Exception {
        byte[] encoded = Base64.getMimeDecoder().decode(Pinned.bytes("test-key.base64"));
        KeyFactory keys = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
        return new TestKey(new KeyPair(
                keys.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())), key));
    }

    private static Instant at(int minutes) {
        return Given.START.plus(Duration.ofMinutes(minutes)).plusMillis(7);
    }

    private static GateEvent.Requested requested(int build, Optional<LockMode> lock) {
        GateRequest r = Given.request("production", build);
        Origin origin = new Origin(
                Optional.of(new Origin.Head(Origin.Kind.BRANCH, "main")),
                Optional.of(new Origin.Script("https://git.example.org/app.git", "Jenkinsfile")),
                List.of(new Origin.Library("deploy", "1.2", true)),
                true);
        GateRequest request = new GateRequest(
                r.key(), r.environment(), r.job(), Optional.of("job-id-1"), r.build(), r.buildUrl(), r.stage(), origin, r.requestedBy(),
                r.requesters(), "May ünï 🙂 pass?", r.metrics(), r.links(), r.inputs());
        return GateEvent.Requested.of(
                request,
                Given.environment(
                        "production",
                        "any 2: alice, bob, @ops",
                        List.of(
                                new CheckSpec("branchControl", Map.of("allowed", List.of("main", "release/*"))),
                                new CheckSpec("functionCheck", Map.of("url", "https://checks.example.org", "callback", true, "retries", 3L))),
                        lock),
                at(build));
    }

    /** Stories of gates that have an event of each kind. */
    private static List<JournalLine.Draft> gates() {
        List<JournalLine.Draft> drafts = new ArrayList<>();
        for (GateEvent event : List.of(
                requested(1, Optional.of(LockMode.SEQUENTIAL)),
                new GateEvent.CheckEvaluated(at(2), 0, "branchControl", CheckResult.pass("Branch main is allowed here.")),
                new GateEvent.CheckEvaluated(
                        at(2), 1, "functionCheck", new CheckResult(CheckResult.Verdict.WAIT, "It answers later.", Optional.of(at(60)), true, "{\"a\": 1}")),
                new GateEvent.CallbackIssued(at(3), 1, "a".repeat(64), at(60)),
                new GateEvent.CallbackAnswered(at(4), 1),
                new GateEvent.CheckEvaluated(at(4), 1, "functionCheck", CheckResult.pass("It says so.")),
                new GateEvent.Reminded(at(5), at(240)),
                new GateEvent.Escalated(at(6), List.of("ops@example.com")),
                new GateEvent.Approved(at(7), "alice", "", Set.of(0), List.of("Tests passed"), Map.of("region", "eu")),
                new GateEvent.Withdrawn(at(8), "alice", "not yet", List.of("bob")),
                new GateEvent.Reassigned(at(9), "bob", "carol", 1, "on holiday"),
                new GateEvent.Approved(at(10), "alice", "now", Set.of(0), List.of(), Map.of()),
                new GateEvent.Deferred(at(11), "carol", "after lunch", at(120), Set.of(1), List.of("Security looked"), Map.of()),
                new GateEvent.Locked(at(120)),
                new GateEvent.Closed(at(120), Optional.empty(), Outcome.APPROVED, "Approved by alice and carol"),
                new GateEvent.Released(at(130), Optional.of("gate-admin"), "The build hangs."))) {
            drafts.add(EventCodec.draft(APPROVED, event));
        }
        drafts.add(EventCodec.draft(REJECTED, requested(2, Optional.empty())));
        drafts.add(EventCodec.draft(REJECTED, new GateEvent.Rejected(at(140), "bob", "accuracy fell")));
        drafts.add(EventCodec.draft(
                REJECTED, new GateEvent.Closed(at(140), Optional.of("bob"), Outcome.REJECTED, "Rejected by bob: accuracy fell")));
        drafts.add(EventCodec.draft(BYPASSED, requested(3, Optional.of(LockMode.NEWEST_ONLY))));
        drafts.add(EventCodec.draft(BYPASSED, new GateEvent.Bypassed(at(150), "gate-admin", "It burns.")));
        drafts.add(EventCodec.draft(
                BYPASSED, new GateEvent.Closed(at(150), Optional.of("gate-admin"), Outcome.BYPASSED, "Bypassed by gate-admin: It burns.")));
        drafts.add(EventCodec.draft(
                RESTORED,
                new GateEvent.Restored(
                        at(160),
                        List.of(
                                new Recorded(3, requested(4, Optional.empty())),
                                new Recorded(7, new GateEvent.Approved(at(155), "alice", "", Set.of(0), List.of(), Map.of()))))));
        return drafts;
    }

    /** The types of lines that are no events of a gate; their data are in the file itself. */
    private static List<JournalLine.Draft> others() throws Exception {
        List<JournalLine.Draft> drafts = new ArrayList<>(List.of(EventCodec.draft(OPEN, requested(5, Optional.empty()))));
        for (String[] row : new String[][] {
            {OPEN, "refused", "starter",
                "{'command':'approve','reason':'You started this build.','environment':'production','job':'team/app','selfApproval':true,'attempts':3}"},
            {OPEN, "reviewed", "alice", "{'environment':'production','job':'team/app'}"},
            {OPEN, "finding", null,
                "{'kind':'SELF_APPROVAL_REFUSED','sentence':'starter tried to approve a build of their own.','about':['starter'],"
                        + "'environment':'production','job':'team/app','evidence':[28]}"},
            {null, "callbackRefused", null, "{'token':'" + "b".repeat(64) + "','gate':null,'reason':'unknown, used or of a gate that has ended'}"},
            {null, "exported", "auditor",
                "{'format':'jsonl','manifest':true,'count':12,'filters':{'environment':'production'}}"},
            {null, "anchored", null, "{'seq':30,'hash':'" + "c".repeat(64) + "','file':'/mnt/witness/anchors.jsonl','url':'https://witness.example.org/'}"},
            {null, "tornTailCut", null, "{'file':'2026-03.jsonl','bytes':17,'keptAs':'2026-03.jsonl.4711.torn'}"},
            {null, "damageFound", null, "{'file':'2026-03.jsonl','line':3,'seq':6,'what':'its hash is not that of its text','lines':1}"},
            {null, "environmentChanged", "gate-admin",
                "{'environment':'production','change':'changed','source':'page','changeId':'7f1c9d4e-0000-4000-8000-000000000001',"
                        + "'differences':[{'path':'timeout','before':'30d','after':'7d'}]}"},
            {null, "settingsChanged", null,
                "{'source':'start','changeId':'7f1c9d4e-0000-4000-8000-000000000002',"
                        + "'differences':[{'path':'approverGroups.ops.members','before':null,'after':'alice'}]}"}}) {
            drafts.add(new JournalLine.Draft(
                    APRIL,
                    Optional.ofNullable(row[0]),
                    row[1],
                    Optional.ofNullable(row[2]),
                    (ObjectNode) Json.read(row[3].replace('\'', '"').getBytes(StandardCharsets.UTF_8))));
        }
        drafts.add(new JournalLine.Draft(APRIL, Optional.empty(), "pruned", Optional.empty(), checkpoint().sealed()));
        return drafts;
    }

    private static Checkpoint checkpoint() throws Exception {
        return Checkpoint.of(
                3, REMOVED_HASH, 3, List.of(JournalFile.of("2026-02.jsonl").orElseThrow()), APRIL, "https://ci.example.org/", signer());
    }

    @Test
    public void journalAndCheckpoint_areWrittenAsTheyWere() throws Exception {
        long seq = 3;
        String prev = REMOVED_HASH;
        Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();
        for (Map.Entry<String, List<JournalLine.Draft>> file :
                Map.of(MARCH_FILE, gates(), APRIL_FILE, others()).entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            ByteArrayOutputStream bytes = files.computeIfAbsent(file.getKey(), name -> new ByteArrayOutputStream());
            for (JournalLine.Draft draft : file.getValue()) {
                JournalLine.Written written = JournalLine.seal(draft, ++seq, prev);
                bytes.write(written.bytes());
                prev = written.line().hash();
            }
        }
        for (Map.Entry<String, ByteArrayOutputStream> file : files.entrySet()) {
            Pinned.holds(file.getKey(), file.getValue().toByteArray());
        }
        Path directory = folder.newFolder("checkpoint").toPath();
        checkpoint().write(directory);
        Pinned.holds("journal/" + Checkpoint.FILE, Files.readAllBytes(directory.resolve(Checkpoint.FILE)));
    }

    /** The folder of the journal as it was kept, to be opened. */
    private Path kept() throws Exception {
        Path directory = folder.newFolder("journal").toPath();
        for (String name : List.of("2026-03.jsonl", "2026-04.jsonl", Checkpoint.FILE)) {
            Files.write(directory.resolve(name), Pinned.bytes("journal/" + name));
        }
        return directory;
    }

    @Test
    public void journal_isReadAsItWasMeant() throws Exception {
        List<JournalLine> told = new ArrayList<>();
        try (Journal journal =
                Journal.open(kept(), signer(), new MovableClock(APRIL), 1_000, (gate, lines) -> () -> told.addAll(lines))) {
            assertThat(new Verifier(journal, Verifier.NOBODY).run()).satisfies(verification -> {
                assertThat(verification.damages()).isEmpty();
                assertThat(verification.after()).isEqualTo(3);
                assertThat(verification.lines()).isEqualTo(35);
            });
            assertThat(journal.end().seq()).as("nothing was found that had to be told").isEqualTo(38);
        }
        told.sort(Comparator.comparingLong(JournalLine::seq));
        List<GateEvent> read = new ArrayList<>();
        Map<String, Gate> gates = new LinkedHashMap<>();
        for (JournalLine line : told) {
            if (!Notes.isNote(line.type())) {
                Recorded recorded = EventCodec.decode(line);
                String id = line.gate().orElseThrow();
                read.add(recorded.event());
                Gate known = gates.get(id);
                gates.put(id, known == null ? Gate.open(id, recorded) : known.apply(recorded));
            }
        }
        List<GateEvent> meant = new ArrayList<>();
        for (JournalLine.Draft draft : gates()) {
            meant.add(EventCodec.decode(new JournalLine(
                            1, draft.at(), draft.gate(), draft.type(), draft.actor(), draft.data(), REMOVED_HASH, REMOVED_HASH))
                    .event());
        }
        meant.add(requested(5, Optional.empty()));
        assertThat(read).isEqualTo(meant);
        assertThat(gates.get(APPROVED).closed().map(GateEvent.Closed::outcome)).contains(Outcome.APPROVED);
        assertThat(gates.get(REJECTED).closed().map(GateEvent.Closed::outcome)).contains(Outcome.REJECTED);
        assertThat(gates.get(BYPASSED).closed().map(GateEvent.Closed::outcome)).contains(Outcome.BYPASSED);
        assertThat(gates.get(RESTORED).approvals()).hasSize(1);
        assertThat(gates.get(OPEN).isOpen()).isTrue();
        assertThat(gates.get(OPEN).request().message()).isEqualTo("May ünï 🙂 pass?");
    }

    @Test
    public void anchor_isReadAndWrittenAsItWas() throws Exception {
        Signer signer = signer();
        try (Journal journal = Journal.open(kept(), signer, new MovableClock(APRIL), 1_000, (gate, lines) -> () -> {})) {
            Path file = folder.getRoot().toPath().resolve("anchors.jsonl");
            Anchor.of(journal, "https://ci.example.org/", APRIL).orElseThrow().append(file);
            Pinned.holds("anchors.jsonl", Files.readAllBytes(file));
            AnchorFile witness = AnchorFile.read(Pinned.file("anchors.jsonl"), "https://ci.example.org/", signer);
            assertThat(new Verifier(journal, witness).run().damages()).isEmpty();
        }
    }

    @Test
    public void placeOfAFollower_isReadAndWrittenAsItWas() throws Exception {
        JournalPlace place = new JournalPlace(17, "d".repeat(64), JournalFile.of("2026-03-2.jsonl").orElseThrow(), 4711);
        Path file = folder.getRoot().toPath().resolve("places").resolve("a.place");
        new PlaceFile(file).write(place);
        Pinned.holds("follower.place", Files.readAllBytes(file));
        assertThat(new PlaceFile(Pinned.file("follower.place")).read()).contains(place);
    }

    @Test
    public void everyTypeThatTheDocumentNames_isPinned() throws Exception {
        Set<String> pinned = new TreeSet<>();
        for (String file : List.of(MARCH_FILE, APRIL_FILE)) {
            for (String line : Pinned.text(file).split("\n")) {
                pinned.add(JournalLine.parse(line.getBytes(StandardCharsets.UTF_8)).type());
            }
        }
        Path docs = Pinned.file("").resolve("../../../../docs/journal.md");
        String row = Arrays.stream(Files.readString(docs).split("\n"))
                .filter(line -> line.startsWith("| `type` |"))
                .findFirst()
                .orElseThrow();
        Set<String> named = Pattern.compile("`(\\w+)`").matcher(row).results().map(match -> match.group(1)).collect(toCollection(TreeSet::new));
        named.remove("type");
        assertThat(pinned).isEqualTo(named);
    }
}
