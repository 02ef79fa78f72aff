package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.QuietLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Old months go, and the rest still verifies; whatever is broken off or tampered with. */
public class RetentionTest {

    private static final Instant MARCH_ENDED = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant APRIL_ENDED = Instant.parse("2026-05-01T00:00:00Z");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final QuietLog quiet = new QuietLog(Journal.class);

    private JournalOnDisk disk;

    /** Three lines in each of March, April, May and June. */
    @Before
    public void fourMonths() throws Exception {
        disk = new JournalOnDisk(folder.getRoot().toPath().resolve("journal"));
        for (int month = 0; month < 4; month++) {
            disk.with(month + "a", month + "b", month + "c");
            disk.clock.advance(Duration.ofDays(31));
        }
        assertThat(disk.files()).containsExactly("2026-03.jsonl", "2026-04.jsonl", "2026-05.jsonl", "2026-06.jsonl");
    }

    private int prune(Journal journal, Instant ended) throws Exception {
        return prune(journal, ended, Long.MAX_VALUE);
    }

    private int prune(Journal journal, Instant ended, long needed) throws Exception {
        return new Retention(journal, "test").prune(ended, needed, disk.clock.instant());
    }

    private Path checkpoint() {
        return disk.directory.resolve("checkpoint.json");
    }

    private void assertWhole(Journal journal, long after, long lines) throws IOException {
        Verification verification = journal.verify();
        assertThat(verification.damages()).isEmpty();
        assertThat(verification.after()).isEqualTo(after);
        assertThat(verification.lines()).isEqualTo(lines);
    }

    @Test
    public void prune_removesWholeMonths_andTheRestVerifies() throws Exception {
        try (Journal journal = disk.open()) {
            assertThat(prune(journal, APRIL_ENDED)).isEqualTo(2);
            assertWhole(journal, 6, 7);
            assertThat(disk.files()).containsExactly("2026-05.jsonl", "2026-06.jsonl", "2026-07.jsonl");
            assertThat(disk.ownTypes()).containsExactly("pruned");
        }
        try (Journal again = disk.open()) {
            assertThat(again.damages()).isEmpty();
            assertWhole(again, 6, 7);
            again.append(List.of(disk.draft("later")));
            assertWhole(again, 6, 8);
            assertThat(new JournalScan(again).after()).isEqualTo(6);
            assertThat(new JournalScan(again).read(text -> {})).isZero();
        }
    }

    @Test
    public void prune_againLater_goesOn() throws Exception {
        try (Journal journal = disk.open()) {
            prune(journal, MARCH_ENDED);
            prune(journal, MARCH_ENDED);
            assertThat(disk.ownTypes()).containsExactly("pruned");
            assertThat(prune(journal, APRIL_ENDED)).isEqualTo(1);
            assertWhole(journal, 6, 8);
        }
        try (Journal again = disk.open()) {
            assertWhole(again, 6, 8);
        }
    }

    @Test
    public void prune_leavesWhatSomebodyNeeds() throws Exception {
        try (Journal journal = disk.open()) {
            assertThat(prune(journal, APRIL_ENDED, 3)).as("a gate that began with line 3").isZero();
            assertThat(prune(journal, APRIL_ENDED, 4)).as("a gate that began with line 4").isEqualTo(1);
            journal.needed("follower", () -> 5);
            assertThat(prune(journal, APRIL_ENDED)).as("a follower that has not passed line 6").isZero();
            journal.needless("follower");
            assertThat(prune(journal, APRIL_ENDED)).isEqualTo(1);
        }
    }

    @Test
    public void prune_waitsForAFeedThatIsBehind() throws Exception {
        try (Journal journal = disk.open()) {
            Path place = folder.getRoot().toPath().resolve("place");
            new PlaceFile(place).write(new JournalPlace(0, JournalLine.NO_HASH, JournalFile.of("2026-03.jsonl").orElseThrow(), 0));
            try (JournalFeed feed = JournalFeed.open(journal, place)) {
                assertThat(prune(journal, MARCH_ENDED)).isZero();
                for (int i = 0; i < 3; i++) {
                    feed.done(feed.next().orElseThrow());
                }
                assertThat(prune(journal, MARCH_ENDED)).isEqualTo(1);
                assertThat(feed.next().orElseThrow().seq()).isEqualTo(4);
            }
            new PlaceFile(place).write(new JournalPlace(0, JournalLine.NO_HASH, JournalFile.of("2026-03.jsonl").orElseThrow(), 0));
            try (JournalFeed late = JournalFeed.open(journal, place)) {
                assertThat(late.next().orElseThrow().seq()).isEqualTo(4);
            }
        }
    }

    @Test
    public void prune_neverTheFileThatIsWrittenTo() throws Exception {
        try (Journal journal = disk.open()) {
            assertThat(prune(journal, Instant.parse("2030-01-01T00:00:00Z"))).isEqualTo(3);
            assertWhole(journal, 9, 4);
        }
    }

    @Test
    public void prune_stopsBeforeAMonthThatDoesNotHold() throws Exception {
        disk.write("2026-04.jsonl", new String(disk.bytes("2026-04.jsonl"), StandardCharsets.UTF_8)
                .replace("1b", "1x").getBytes(StandardCharsets.UTF_8));
        try (Journal journal = disk.open()) {
            assertThat(prune(journal, APRIL_ENDED)).isEqualTo(1);
            assertThat(disk.files()).contains("2026-04.jsonl");
        }
    }

    @Test
    public void whileSomebodyReads_nothingGoes_andLaterItDoes() throws Exception {
        try (Journal journal = disk.open()) {
            Retention retention = new Retention(journal, "test");
            Thread[] other = new Thread[1];
            List<Throwable> failed = new ArrayList<>();
            long[] read = {0};
            new JournalScan(journal).read(text -> {
                if (read[0]++ == 0) {
                    other[0] = new Thread(() -> {
                        try {
                            assertThat(retention.prune(MARCH_ENDED, Long.MAX_VALUE, disk.clock.instant())).isZero();
                        } catch (Exception | AssertionError wrong) {
                            failed.add(wrong);
                        }
                    });
                    other[0].start();
                    join(other[0]);
                }
            });
            assertThat(failed).isEmpty();
            assertThat(read[0]).isEqualTo(12);
            assertThat(disk.files()).contains("2026-03.jsonl");
            assertWhole(journal, 3, 10);
            assertThat(retention.prune(MARCH_ENDED, Long.MAX_VALUE, disk.clock.instant())).isEqualTo(1);
            assertWhole(journal, 3, 10);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    /** As a power cut leaves it between the line and the checkpoint. */
    @Test
    public void brokenOff_afterTheLine_opensVerifiesAndIsFinished() throws Exception {
        JournalOnDisk cut = cutAfter(false, "2026-03.jsonl", "2026-04.jsonl");
        try (Journal journal = cut.open()) {
            assertThat(journal.damages()).isEmpty();
            assertWhole(journal, 0, 13);
            assertThat(prune(journal, Instant.EPOCH)).as("without a month that is over").isEqualTo(2);
            assertWhole(journal, 6, 7);
            assertThat(cut.ownTypes()).containsExactly("pruned");
        }
    }

    /** As a power cut leaves it between the checkpoint and the files, or between two files. */
    @Test
    public void brokenOff_afterTheCheckpoint_opensVerifiesAndIsFinished() throws Exception {
        for (String[] left : new String[][] {{"2026-03.jsonl", "2026-04.jsonl"}, {"2026-04.jsonl"}, {"2026-03.jsonl"}}) {
            JournalOnDisk cut = cutAfter(true, left);
            try (Journal journal = cut.open()) {
                assertThat(journal.damages()).isEmpty();
                assertWhole(journal, 6, 7);
                assertThat(prune(journal, Instant.EPOCH)).isEqualTo(left.length);
                assertWhole(journal, 6, 7);
                assertThat(cut.files()).containsExactly("2026-05.jsonl", "2026-06.jsonl", "2026-07.jsonl");
            }
        }
    }

    private int copies;

    private JournalOnDisk cutAfter(boolean withCheckpoint, String... files) throws Exception {
        JournalOnDisk whole = disk.copyTo(folder.getRoot().toPath().resolve("whole" + copies));
        JournalOnDisk cut = disk.copyTo(folder.getRoot().toPath().resolve("cut" + copies++));
        try (Journal journal = cut.open()) {
            prune(journal, APRIL_ENDED);
        }
        if (!withCheckpoint) {
            Files.delete(cut.directory.resolve("checkpoint.json"));
        }
        for (String file : files) {
            cut.write(file, whole.bytes(file));
        }
        return cut;
    }

    /** A disk that takes the line and not the checkpoint. */
    @Test
    public void aCheckpointThatCannotBeWritten_leavesTheFiles() throws Exception {
        Path inTheWay = disk.directory.resolve("checkpoint.json.tmp");
        Files.createDirectory(inTheWay);
        try (Journal journal = disk.open()) {
            assertThatThrownBy(() -> prune(journal, APRIL_ENDED)).isInstanceOf(IOException.class);
            assertThat(disk.files()).contains("2026-03.jsonl", "2026-04.jsonl");
            assertWhole(journal, 0, 13);
        }
        Files.delete(inTheWay);
        try (Journal journal = disk.open()) {
            assertThat(prune(journal, Instant.EPOCH)).isEqualTo(2);
            assertWhole(journal, 6, 7);
        }
    }

    @Test
    public void aLineThatSomebodyForged_removesNothing() throws Exception {
        try (Journal journal = disk.open()) {
            ObjectNode forged = Json.object().put("seq", 6).put("hash", "0".repeat(64)).put("lines", 6).put("signature", "AAAA");
            forged.putArray("files").add("2026-04.jsonl");
            journal.append(List.of(new JournalLine.Draft(
                    disk.clock.instant(), Optional.empty(), Retention.PRUNED, Optional.empty(), forged)));
        }
        try (Journal journal = disk.open()) {
            assertThat(prune(journal, Instant.EPOCH)).isZero();
            assertThat(disk.files()).contains("2026-03.jsonl");
            assertWhole(journal, 0, 13);
        }
    }

    @Test
    public void aCheckpointThatDoesNotHold_isToldAsDamage() throws Exception {
        try (Journal journal = disk.open()) {
            prune(journal, APRIL_ENDED);
        }
        String sound = Files.readString(checkpoint());
        for (String spoilt : List.of(
                "",
                "{}",
                sound.replace("\"seq\":6", "\"seq\":5"),
                sound.replace("\"controller\":\"test\"", "\"controller\":\"tess\""),
                sound.replaceAll("\"signature\":\"[^\"]*\"", "\"signature\":\"\""),
                signedByAnother(sound))) {
            Files.writeString(checkpoint(), spoilt);
            try (Journal journal = disk.open()) {
                assertThat(journal.damages()).as(spoilt).extracting(Damage::file).contains("checkpoint.json", "2026-05.jsonl");
                assertThat(journal.verify().ok()).isFalse();
                assertThat(prune(journal, Instant.parse("2026-06-01T00:00:00Z"))).isZero();
            }
        }
        Files.writeString(checkpoint(), sound);
        try (Journal journal = disk.open()) {
            assertWhole(journal, 6, 7);
        }
    }

    @Test
    public void aCheckpointThatIsGone_isToldAsDamage() throws Exception {
        try (Journal journal = disk.open()) {
            prune(journal, APRIL_ENDED);
            Files.delete(checkpoint());
            assertThat(journal.verify().damages().get(0).seq()).isEqualTo(1);
        }
    }

    /** One month more is gone than the checkpoint stands for. */
    @Test
    public void monthsRemovedByHand_areToldAsDamage() throws Exception {
        try (Journal journal = disk.open()) {
            prune(journal, MARCH_ENDED);
            Files.delete(disk.directory.resolve("2026-04.jsonl"));
            assertThat(journal.verify().damages().get(0).seq()).isEqualTo(4);
        }
    }

    private static String signedByAnother(String sound) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair another = generator.generateKeyPair();
        ObjectNode content = (ObjectNode) Json.read(sound.getBytes(StandardCharsets.UTF_8));
        content.remove("signature");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Json.canonical(Sealed.seal(content, new Signer() {
            @Override
            public byte[] sign(byte[] bytes) throws IOException {
                try {
                    Signature signature = Signature.getInstance("SHA256withRSA");
                    signature.initSign(another.getPrivate());
                    signature.update(bytes);
                    return signature.sign();
                } catch (GeneralSecurityException impossible) {
                    throw new IOException(impossible);
                }
            }

            @Override
            public RSAPublicKey publicKey() {
                return (RSAPublicKey) another.getPublic();
            }
        })));
        return out.toString(StandardCharsets.UTF_8);
    }
}
