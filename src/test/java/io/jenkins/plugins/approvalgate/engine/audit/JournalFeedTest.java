package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.approvalgate.engine.QuietLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A follower's place in the journal: what it is told, and what of that comes again after a crash. */
public class JournalFeedTest {

    @Rule
    public final QuietLog quietFeed = new QuietLog(JournalFeed.class);

    @Rule
    public final QuietLog quietPlace = new QuietLog(PlaceFile.class);

    @Rule
    public final QuietLog quietJournal = new QuietLog(Journal.class);

    @Rule
    public final QuietLog quietLines = new QuietLog(LinesFrom.class);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private JournalOnDisk disk;
    private Path place;

    @Before
    public void begin() {
        disk = new JournalOnDisk(folder.getRoot().toPath().resolve("journal"));
        place = folder.getRoot().toPath().resolve("followers/one.place");
    }

    /** Takes everything that there is, and is done with it. */
    private static List<String> drain(JournalFeed feed) throws IOException {
        List<String> comments = new ArrayList<>();
        for (Optional<JournalLine> line = feed.next(); line.isPresent(); line = feed.next()) {
            comments.add(line.get().data().path("comment").asText(line.get().type()));
            feed.done(line.get());
        }
        return comments;
    }

    private void append(Journal journal, String... comments) throws JournalUnavailableException {
        for (String comment : comments) {
            journal.append(List.of(disk.draft(comment)));
        }
    }

    @Test
    public void newFollower_beginsAtTheEnd() throws Exception {
        disk.with("last year");
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            assertThat(feed.next()).isEmpty();
            append(journal, "today");
            assertThat(drain(feed)).containsExactly("today");
        }
    }

    @Test
    public void newFollower_ofAnEmptyJournal_isToldItsFirstLine() throws Exception {
        try (Journal journal = disk.open()) {
            JournalFeed.open(journal, place);
            append(journal, "first");
            assertThat(drain(JournalFeed.open(journal, place))).containsExactly("first");
            assertThat(drain(JournalFeed.open(journal, place))).isEmpty();
        }
    }

    @Test
    public void newFollower_thatDiesBeforeAnyLine_missesNothing() throws Exception {
        disk.with("before");
        try (Journal journal = disk.open()) {
            JournalFeed.open(journal, place);
            append(journal, "while it was down");
        }
        try (Journal journal = disk.open()) {
            assertThat(drain(JournalFeed.open(journal, place))).containsExactly("while it was down");
        }
    }

    @Test
    public void next_isTheSameUntilItIsDone() throws Exception {
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            append(journal, "a", "b");
            JournalLine a = feed.next().orElseThrow();
            assertThat(feed.next()).containsSame(a);
            assertThat(JournalFeed.open(journal, place).next().orElseThrow().seq()).isEqualTo(1);
            feed.done(a);
            assertThat(feed.seq()).isEqualTo(1);
            assertThat(feed.next().orElseThrow().seq()).isEqualTo(2);
            assertThat(JournalFeed.open(journal, place).next().orElseThrow().seq()).isEqualTo(2);
            assertThatIllegalArgumentException().isThrownBy(() -> feed.done(a));
        }
    }

    @Test
    public void passed_comesAgainAfterACrash_butNeverMoreThanAThousand() throws Exception {
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            journal.append(LongStream.rangeClosed(1, 1_500).mapToObj(i -> disk.draft("" + i)).toList());
            for (int i = 0; i < 999; i++) {
                feed.passed(feed.next().orElseThrow());
            }
            assertThat(JournalFeed.open(journal, place).next().orElseThrow().seq()).isEqualTo(1);
            feed.passed(feed.next().orElseThrow());
            assertThat(JournalFeed.open(journal, place).next().orElseThrow().seq()).isEqualTo(1_001);
        }
    }

    /** Bytes that a write has left, and no force yet: the power may still take them. */
    @Test
    public void unforcedLine_isNotGiven() throws Exception {
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            append(journal, "forced");
            JournalLine last = feed.next().orElseThrow();
            byte[] unforced = JournalLine.seal(disk.draft("never acknowledged"), 2, last.hash()).bytes();
            Files.write(disk.directory.resolve("2026-03.jsonl"), unforced, StandardOpenOption.APPEND);
            assertThat(drain(feed)).containsExactly("forced");
            append(journal, "acknowledged");
            assertThat(drain(feed)).containsExactly("acknowledged");
        }
    }

    @Test
    public void torn_place_isTheOneBefore() throws Exception {
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            append(journal, "a", "b", "c");
            feed.done(feed.next().orElseThrow());
            feed.done(feed.next().orElseThrow());
            byte[] whole = Files.readAllBytes(place);
            String text = Files.readString(place);
            int last = text.lastIndexOf('\n', text.length() - 2) + 1;
            assertThat(last).isPositive();
            for (int length = last; length <= whole.length; length++) {
                Files.write(place, Arrays.copyOf(whole, length));
                long expected = length == whole.length ? 3 : 2;
                assertThat(JournalFeed.open(journal, place).next().orElseThrow().seq()).as("%d bytes", length).isEqualTo(expected);
            }
        }
    }

    @Test
    public void afterATornPlace_theNextIsWrittenWhole() throws Exception {
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            append(journal, "a", "b", "c");
            feed.done(feed.next().orElseThrow());
            Files.writeString(place, "2 half a pl", StandardOpenOption.APPEND);
            JournalFeed again = JournalFeed.open(journal, place);
            again.done(again.next().orElseThrow());
            assertThat(drain(JournalFeed.open(journal, place))).containsExactly("c");
        }
    }

    @Test
    public void unreadablePlace_beginsAtTheEnd() throws Exception {
        for (String damaged : List.of("", "\n", "garbage\n", "1 2 3 4\n", "\u0000\u0000\u0000", "99999999999999999999999 x y z\n")) {
            try (Journal journal = disk.open()) {
                append(journal, "old");
                Files.createDirectories(place.getParent());
                Files.writeString(place, damaged);
                JournalFeed feed = JournalFeed.open(journal, place);
                assertThat(feed.next()).as(damaged).isEmpty();
                append(journal, "new");
                assertThat(drain(JournalFeed.open(journal, place))).as(damaged).containsExactly("new");
            }
        }
    }

    @Test
    public void journalPutBackFromABackup_goesOnAtItsEnd() throws Exception {
        disk.with("1", "2");
        JournalOnDisk backup = disk.copyTo(folder.getRoot().toPath().resolve("backup"));
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            append(journal, "3", "4");
            drain(feed);
        }
        try (Journal journal = backup.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            append(journal, "other 3");
            assertThat(drain(feed)).containsExactly("other 3");
        }
    }

    @Test
    public void placeWhoseBytesMoved_isFoundBySeq() throws Exception {
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            append(journal, "a", "b", "c");
            feed.done(feed.next().orElseThrow());
            feed.done(feed.next().orElseThrow());
        }
        String kept = Files.readString(place);
        for (String moved : List.of(
                kept.replaceAll(" [0-9]+\n", " 7\n"),
                kept.replaceAll(" [0-9]+\n", " 999999\n"),
                kept.replaceAll(" [0-9]+\n", " 0\n"),
                kept.replace("2026-03.jsonl", "2025-12.jsonl"))) {
            Files.writeString(place, moved);
            try (Journal journal = disk.open()) {
                assertThat(drain(JournalFeed.open(journal, place))).as(moved).containsExactly("c");
            }
        }
    }

    @Test
    public void spoiltLine_isPassedOver() throws Exception {
        disk.with("1", "2", "3", "4");
        byte[] sound = disk.bytes("2026-03.jsonl");
        int start = disk.lines("2026-03.jsonl").get(0).length + disk.lines("2026-03.jsonl").get(1).length;
        int length = disk.lines("2026-03.jsonl").get(2).length;
        byte[] one = disk.lines("2026-03.jsonl").get(0);
        String first = JournalLine.parse(Arrays.copyOf(one, one.length - 1)).hash();
        for (int at = start; at < start + length - 1; at += 7) {
            byte[] spoilt = sound.clone();
            spoilt[at] ^= 2;
            JournalOnDisk copy = new JournalOnDisk(folder.newFolder().toPath());
            copy.write("2026-03.jsonl", spoilt);
            Path behindFirst = copy.directory.resolve("a.place");
            Files.writeString(behindFirst, "1 " + first + " 2026-03.jsonl " + one.length + "\n");
            try (Journal journal = copy.open()) {
                append(journal, "5");
                assertThat(drain(JournalFeed.open(journal, behindFirst))).as("byte " + at).containsExactly("2", "4", "damageFound", "5");
            }
        }
    }

    /** Any sizes, any months, stops and crashes of either side at any place: each line comes, in order, at least once. */
    @Test
    public void random_everyLineComesInOrder() throws Exception {
        for (int game = 0; game < 30; game++) {
            long seed = 20_261_123L + game;
            try {
                play(new Random(seed), folder.newFolder().toPath());
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed, failed);
            }
        }
    }

    private static void play(Random random, Path home) throws Exception {
        JournalOnDisk disk = new JournalOnDisk(home.resolve("journal"));
        Path place = home.resolve("place");
        Journal journal = disk.open();
        JournalFeed feed = JournalFeed.open(journal, place);
        List<String> written = new ArrayList<>();
        List<String> given = new ArrayList<>();
        for (int move = 0; move < 60; move++) {
            switch (random.nextInt(8)) {
                case 0 -> disk.clock.advance(Duration.ofDays(random.nextInt(70)));
                case 1 -> {
                    journal.close();
                    journal = disk.open();
                    feed = JournalFeed.open(journal, place);
                }
                case 2 -> feed = JournalFeed.open(journal, place);
                case 3, 4 -> {
                    List<JournalLine.Draft> drafts = new ArrayList<>();
                    for (int i = random.nextInt(6); i >= 0; i--) {
                        String comment = written.size() + ":" + "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 200_000 : 300));
                        written.add(comment);
                        drafts.add(disk.draft(comment));
                    }
                    journal.append(drafts);
                }
                default -> {
                    for (int i = random.nextInt(6); i >= 0; i--) {
                        Optional<JournalLine> line = feed.next();
                        if (line.isPresent()) {
                            assertThat(line.get().data().get("comment").textValue()).isEqualTo(written.get(given.size()));
                            if (random.nextInt(4) > 0) {
                                feed.done(line.get());
                                given.add(line.get().data().get("comment").textValue());
                            }
                        } else {
                            assertThat(given).hasSameSizeAs(written);
                        }
                    }
                }
            }
        }
        given.addAll(drain(feed));
        assertThat(given).isEqualTo(written);
        journal.close();
    }

    @Test
    public void beingWrittenTo_givesOnlyWhatIsForced_eachOnce() throws Exception {
        int writers = 3;
        int each = 300;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            List<Future<?>> writing = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                writing.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        journal.append(List.of(disk.draft("c".repeat(i * 10))));
                    }
                    return null;
                }));
            }
            long seen = 0;
            while (seen < writers * each) {
                Optional<JournalLine> line = feed.next();
                if (line.isPresent()) {
                    assertThat(line.get().seq()).isEqualTo(++seen).isLessThanOrEqualTo(journal.end().seq());
                    feed.passed(line.get());
                }
            }
            for (Future<?> one : writing) {
                one.get();
            }
            assertThat(feed.next()).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    public void placeFile_staysSmall() throws Exception {
        try (Journal journal = disk.open()) {
            JournalFeed feed = JournalFeed.open(journal, place);
            journal.append(LongStream.rangeClosed(1, 600).mapToObj(i -> disk.draft("" + i)).toList());
            drain(feed);
            assertThat(Files.size(place)).isLessThan(33_000);
            assertThat(JournalFeed.open(journal, place).seq()).isEqualTo(600);
        }
    }
}
