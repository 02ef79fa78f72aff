package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.QuietLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a power cut leaves. */
public class TornTailTest {

    private static final String FILE = "2026-03.jsonl";

    @Rule
    public final QuietLog quiet = new QuietLog(Journal.class);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void cutAtEveryByteOfTheLastTwoLines_noEarlierLineIsLost() throws Exception {
        JournalOnDisk whole = new JournalOnDisk(root().resolve("whole")).with("one", "two", "thrée", "four 😀");
        byte[] bytes = whole.bytes(FILE);
        List<byte[]> lines = whole.lines(FILE);
        int afterTwo = lines.get(0).length + lines.get(1).length;
        int afterThree = afterTwo + lines.get(2).length;
        for (int cut = afterTwo; cut < bytes.length; cut++) {
            JournalOnDisk torn = new JournalOnDisk(root().resolve("cut-" + cut));
            Files.createDirectories(torn.directory);
            torn.write(FILE, Arrays.copyOf(bytes, cut));
            boolean third = cut >= afterThree;
            int sound = third ? afterThree : afterTwo;
            recover(torn, Arrays.copyOfRange(bytes, sound, cut), sound, third);
        }
    }

    private static void recover(JournalOnDisk torn, byte[] tail, int sound, boolean third) throws Exception {
        List<String> left = third ? List.of("one", "two", "thrée") : List.of("one", "two");
        try (Journal journal = torn.open()) {
            assertThat(torn.comments()).isEqualTo(left);
            assertThat(journal.damages()).isEmpty();
            if (tail.length == 0) {
                assertThat(journal.tornTail()).isEmpty();
            } else {
                String keptAs = FILE + "." + sound + ".torn";
                assertThat(journal.tornTail()).contains(new TornTail(FILE, tail.length, keptAs));
                assertThat(Files.readAllBytes(torn.directory.resolve("torn").resolve(keptAs))).isEqualTo(tail);
            }
            journal.append(List.of(torn.draft("after")));
            assertThat(journal.verify().ok()).isTrue();
        }
        try (Journal again = torn.open()) {
            assertThat(again.tornTail()).isEmpty();
            assertThat(again.damages()).isEmpty();
            assertThat(torn.comments()).startsWith(left.toArray(String[]::new)).endsWith("after").hasSize(left.size() + 1);
            assertThat(torn.ownTypes()).isEqualTo(tail.length == 0 ? List.of() : List.of("tornTailCut"));
        }
    }

    @Test
    public void tornFirstLine_leavesAnEmptyJournal() throws Exception {
        JournalOnDisk torn = new JournalOnDisk(root().resolve("first"));
        Files.createDirectories(torn.directory);
        torn.write(FILE, JournalOnDisk.utf8("{\"actor\":"));
        try (Journal journal = torn.open()) {
            assertThat(journal.tornTail()).isPresent();
            assertThat(journal.append(List.of(torn.draft("x"))).get(0).seq()).isEqualTo(2);
            assertThat(journal.verify().ok()).isTrue();
        }
    }

    @Test
    public void tornTailLongerThanABuffer_isKeptWhole() throws Exception {
        JournalOnDisk torn = new JournalOnDisk(root().resolve("long")).with("one");
        byte[] bytes = torn.bytes(FILE);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 200_000);
        Arrays.fill(longer, bytes.length, longer.length, (byte) 'x');
        torn.write(FILE, longer);
        try (Journal journal = torn.open()) {
            assertThat(journal.tornTail().orElseThrow().bytes()).isEqualTo(200_000);
            assertThat(torn.comments()).containsExactly("one");
        }
    }

    @Test
    public void emptyLastFile_isGoneOnIn() throws Exception {
        JournalOnDisk begun = new JournalOnDisk(root().resolve("empty")).with("one");
        begun.write("2026-04.jsonl", new byte[0]);
        begun.with("two");
        assertThat(begun.lines("2026-04.jsonl")).hasSize(1);
        try (Journal journal = begun.open()) {
            assertThat(journal.verify().ok()).isTrue();
        }
    }

    private Path root() {
        return folder.getRoot().toPath();
    }
}
