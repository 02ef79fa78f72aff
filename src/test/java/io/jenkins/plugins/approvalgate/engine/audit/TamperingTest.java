package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.QuietLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What somebody with an editor can do to the journal, and what comes of it. */
public class TamperingTest {

    private static final String FILE = "2026-03.jsonl";
    private static final String PART_2 = "2026-03-2.jsonl";

    @Rule
    public final QuietLog quiet = new QuietLog(Journal.class);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private JournalOnDisk sound;
    private int copies;

    @Before
    public void begin() throws Exception {
        sound = new JournalOnDisk(folder.getRoot().toPath().resolve("sound")).with("1", "2", "3", "4", "5", "6");
    }

    private JournalOnDisk copy() throws Exception {
        return sound.copyTo(folder.getRoot().toPath().resolve("copy-" + copies++));
    }

    @Test
    public void everyBitFlipOfAMiddleLine_costsThatLineOnly() throws Exception {
        byte[] bytes = sound.bytes(FILE);
        int start = sound.lines(FILE).get(0).length + sound.lines(FILE).get(1).length;
        int length = sound.lines(FILE).get(2).length;
        JournalOnDisk spoilt = copy();
        for (int at = start; at < start + length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << bit);
                spoilt.write(FILE, flipped);
                List<String> counted = new ArrayList<>();
                ChainReader chain = ChainReader.read(spoilt.directory, (envelope, text) ->
                        counted.add(JournalLine.parse(text).data().get("comment").textValue()));
                String what = "byte " + (at - start) + " bit " + bit;
                assertThat(chain.damages()).as(what).isNotEmpty();
                assertThat(chain.damages().get(0).file()).as(what).isEqualTo(FILE);
                assertThat(chain.damages().get(0).seq()).as(what).isEqualTo(3);
                assertThat(chain.damages().get(0).lineInFile()).as(what).isEqualTo(3);
                // Without its line feed, line 3 takes line 4 with it.
                boolean merged = at == start + length - 1;
                assertThat(counted).as(what).isEqualTo(merged ? List.of("1", "2", "5", "6") : List.of("1", "2", "4", "5", "6"));
            }
        }
    }

    /** It would be hashed as a question mark, which is what no other tool does. */
    @Test
    public void halfACharacter_neverHolds() throws Exception {
        ObjectNode line = (ObjectNode) Json.read(sound.lines(FILE).get(0));
        line.set("data", Json.object().put("\uDC00x", "1"));
        line.remove("hash");
        line.put("hash", Json.hash(Json.canonical(line)));
        byte[] text = JournalOnDisk.utf8(line.toString().replace("\uDC00", "\\udc00"));
        assertThat(Envelope.read(text).hashHolds()).isFalse();
    }

    /** The whole journal could not be opened any more. */
    @Test
    public void aNumberBeyondAllBounds_costsThatLineOnly() throws Exception {
        goesOn(
                edited(3, lines -> lines.set(2, JournalOnDisk.utf8(
                        new String(lines.get(2), StandardCharsets.UTF_8).replace("\"3\"", "1" + "0".repeat(400))))),
                3,
                List.of("1", "2", "4", "5", "6"));
    }

    @Test
    public void everyBitFlipOfTheLastLine_isFoundWhileTheJournalIsOpen() throws Exception {
        byte[] bytes = sound.bytes(FILE);
        int length = sound.lines(FILE).get(5).length;
        try (Journal journal = sound.open()) {
            for (int at = bytes.length - length; at < bytes.length; at++) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 1;
                sound.write(FILE, flipped);
                Verification verification = journal.verify();
                assertThat(verification.ok()).as("byte %s", at).isFalse();
                assertThat(verification.damages().get(0).seq()).isEqualTo(6);
            }
            sound.write(FILE, bytes);
            assertThat(journal.verify().ok()).isTrue();
        }
    }

    @Test
    public void verify_findsThatTheEndIsGone() throws Exception {
        try (Journal journal = sound.open()) {
            sound.writeLines(FILE, sound.lines(FILE).subList(0, 4));
            Verification verification = journal.verify();
            assertThat(verification.ok()).isFalse();
            assertThat(verification.lines()).isEqualTo(4);
            assertThat(verification.damages()).extracting(Damage::seq).containsExactly(5L);
        }
    }

    @Test
    public void removedLine_isFoundAndTheRestCounts() throws Exception {
        JournalOnDisk spoilt = edited(3, lines -> lines.remove(2));
        goesOn(spoilt, 3, List.of("1", "2", "5", "6"));
    }

    @Test
    public void removedFirstLine_isFound() throws Exception {
        goesOn(edited(1, lines -> lines.remove(0)), 1, List.of("3", "4", "5", "6"));
    }

    @Test
    public void swappedLines_areFound() throws Exception {
        goesOn(edited(3, lines -> Collections.swap(lines, 2, 3)), 3, List.of("1", "2", "3", "6"));
    }

    @Test
    public void repeatedLine_countsOnce() throws Exception {
        goesOn(edited(4, lines -> lines.add(3, lines.get(2))), 4, List.of("1", "2", "3", "4", "5", "6"));
        goesOn(edited(7, lines -> lines.add(lines.get(0))), 7, List.of("1", "2", "3", "4", "5", "6"));
    }

    @Test
    public void insertedLines_areFoundAndCostNothing() throws Exception {
        for (String inserted : List.of("", "x", "{}", "[]", "null", "{\"seq\":3}", "\u0000", "{\"a\":" + "[".repeat(10_000))) {
            goesOn(
                    edited(3, lines -> lines.add(2, JournalOnDisk.utf8(inserted + "\n"))),
                    3,
                    List.of("1", "2", "3", "4", "5", "6"));
        }
    }

    @Test
    public void forgedLineWithAFarNumber_doesNotStopTheCount() throws Exception {
        byte[] forged = JournalLine.seal(sound.draft("forged"), 1_000_000_000_000L, JournalLine.NO_HASH).bytes();
        goesOn(edited(3, lines -> lines.add(2, forged)), 3, List.of("1", "2", "3", "4", "5", "6"));
    }

    @Test
    public void forgedLineWithItsHashMadeNew_isFoundByTheNext() throws Exception {
        String prev = JournalLine.parse(stripped(sound.lines(FILE).get(1))).hash();
        byte[] forged = JournalLine.seal(sound.draft("forged"), 3, prev).bytes();
        JournalOnDisk spoilt = edited(4, lines -> lines.set(2, forged));
        goesOn(spoilt, 4, List.of("1", "2", "forged", "5", "6"));
    }

    @Test
    public void everythingGarbled_nothingCountsAndALineIsWrittenAllTheSame() throws Exception {
        JournalOnDisk spoilt = copy();
        spoilt.writeLines(FILE, Collections.nCopies(3, JournalOnDisk.utf8("garbage\n")));
        goesOn(spoilt, 1, List.of());
    }

    @Test
    public void sameContentLaidOutAnew_isNoDamage() throws Exception {
        JournalOnDisk relaid = copy();
        List<byte[]> lines = new ArrayList<>(sound.lines(FILE));
        byte[] spaced = new String(lines.get(2), StandardCharsets.UTF_8)
                .replace("\":", "\" : ")
                .getBytes(StandardCharsets.UTF_8);
        lines.set(2, spaced);
        relaid.writeLines(FILE, lines);
        try (Journal journal = relaid.open()) {
            assertThat(journal.damages()).isEmpty();
            assertThat(relaid.comments()).containsExactly("1", "2", "3", "4", "5", "6");
        }
    }

    @Test
    public void middleFileCutShort_isFoundAndNotTouched() throws Exception {
        sound.clock.advance(Duration.ofDays(31));
        sound.with("7", "8");
        sound.clock.advance(Duration.ofDays(31));
        sound.with("9", "10");
        byte[] april = sound.bytes("2026-04.jsonl");
        for (int cut : IntStream.rangeClosed(1, april.length).filter(cut -> cut % 50 == 0 || cut == april.length).toArray()) {
            JournalOnDisk spoilt = copy();
            byte[] shorter = Arrays.copyOf(april, april.length - cut);
            spoilt.write("2026-04.jsonl", shorter);
            spoilt.clock.set(Given.START.plus(Duration.ofDays(62)));
            try (Journal journal = spoilt.open()) {
                assertThat(journal.damages()).hasSize(1);
                assertThat(journal.damages().get(0).file()).isEqualTo("2026-05.jsonl");
                assertThat(journal.tornTail()).isEmpty();
                assertThat(spoilt.bytes("2026-04.jsonl")).isEqualTo(shorter);
                assertThat(spoilt.comments()).startsWith("1", "2", "3", "4", "5", "6").endsWith("10").doesNotContain("8", "9");
                journal.append(List.of(spoilt.draft("on")));
            }
            assertThat(spoilt.files()).contains("2026-05-2.jsonl");
        }
    }

    @Test
    public void damageTwice_isLeftInTwoPartsAndGoneOnInAThird() throws Exception {
        JournalOnDisk spoilt = edited(3, lines -> lines.remove(2));
        spoilt.with("on");
        List<byte[]> part2 = new ArrayList<>(spoilt.lines(PART_2));
        part2.set(0, JournalOnDisk.utf8("garbage\n"));
        spoilt.writeLines(PART_2, part2);
        spoilt.with("and on");
        assertThat(spoilt.files()).containsExactly("2026-03-2.jsonl", "2026-03-3.jsonl", FILE);
        try (Journal journal = spoilt.open()) {
            assertThat(spoilt.comments()).containsExactly("1", "2", "5", "6", "on", "and on");
            assertThat(journal.damages()).hasSize(2);
        }
    }

    @Test
    public void monthAfterDamage_beginsItsOwnFile() throws Exception {
        JournalOnDisk spoilt = edited(3, lines -> lines.remove(2));
        spoilt.clock.advance(Duration.ofDays(31));
        spoilt.with("april");
        spoilt.with("april again");
        assertThat(spoilt.files()).contains("2026-04.jsonl");
        try (Journal journal = spoilt.open()) {
            assertThat(spoilt.comments()).endsWith("april", "april again");
            assertThat(journal.damages()).hasSize(1);
        }
    }

    private interface Edit {
        void edit(List<byte[]> lines) throws Exception;
    }

    private JournalOnDisk edited(int firstBad, Edit edit) throws Exception {
        JournalOnDisk spoilt = copy();
        List<byte[]> lines = new ArrayList<>(sound.lines(FILE));
        edit.edit(lines);
        spoilt.writeLines(FILE, lines);
        assertThat(ChainReader.read(spoilt.directory, (envelope, text) -> {}).damages().get(0).seq()).isEqualTo(firstBad);
        return spoilt;
    }

    /** Opened, it names the line, deletes nothing, and goes on in a new part; the next start finds all of that. */
    private static void goesOn(JournalOnDisk spoilt, long firstBad, List<String> counted) throws Exception {
        byte[] before = spoilt.bytes(FILE);
        long acknowledged;
        try (Journal journal = spoilt.open()) {
            assertThat(spoilt.comments()).isEqualTo(counted);
            assertThat(journal.damages().get(0).file()).isEqualTo(FILE);
            assertThat(journal.damages().get(0).seq()).isEqualTo(firstBad);
            acknowledged = journal.append(List.of(spoilt.draft("on"))).get(0).seq();
            assertThat(journal.verify().ok()).isFalse();
            assertThat(journal.verify().damages()).isEqualTo(journal.damages());
        }
        assertThat(spoilt.bytes(FILE)).isEqualTo(before);
        assertThat(spoilt.files()).containsExactly(PART_2, FILE);
        List<Damage> again;
        try (Journal journal = spoilt.open()) {
            again = journal.damages();
            List<String> expected = new ArrayList<>(counted);
            expected.add("on");
            assertThat(spoilt.comments()).isEqualTo(expected);
            assertThat(spoilt.ownTypes()).containsExactly("damageFound");
            assertThat(again.get(0).seq()).isEqualTo(firstBad);
            assertThat(again).allMatch(damage -> damage.file().equals(FILE));
            assertThat(journal.append(List.of(spoilt.draft("and on"))).get(0).seq()).isEqualTo(acknowledged + 1);
        }
        assertThat(spoilt.files()).containsExactly(PART_2, FILE);
        assertThat(Files.exists(spoilt.directory.resolve("torn"))).isFalse();
    }

    private static byte[] stripped(byte[] line) {
        return Arrays.copyOf(line, line.length - 1);
    }
}
