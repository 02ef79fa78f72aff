package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What goes into the journal, where it stands, and who may have it open. */
public class JournalTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private JournalOnDisk disk;

    @Before
    public void begin() {
        disk = new JournalOnDisk(folder.getRoot().toPath().resolve("journal"));
    }

    @Test
    public void append_numbersAndChainsTheLines() throws Exception {
        try (Journal journal = disk.open()) {
            List<JournalLine> first = journal.append(List.of(disk.draft("a"), disk.draft("b")));
            List<JournalLine> second = journal.append(List.of(disk.draft("c")));
            assertThat(first).extracting(JournalLine::seq).containsExactly(1L, 2L);
            assertThat(first.get(0).prev()).isEqualTo(JournalLine.NO_HASH);
            assertThat(first.get(1).prev()).isEqualTo(first.get(0).hash());
            assertThat(second.get(0).prev()).isEqualTo(first.get(1).hash());
            assertThat(journal.verify()).isEqualTo(new Verification(0, 3, second.get(0).hash(), List.of()));
        }
        try (Journal again = disk.open()) {
            assertThat(disk.comments()).containsExactly("a", "b", "c");
            assertThat(again.append(List.of(disk.draft("d"))).get(0).seq()).isEqualTo(4);
            assertThat(again.verify().ok()).isTrue();
        }
        assertThat(disk.files()).containsExactly("2026-03.jsonl");
    }

    @Test
    public void append_whatIsReadIsWhatWasWritten() throws Exception {
        List<String> odd = List.of(
                "", "\u0000\u0001\u001f\u007f", "\"\\/\b\f\n\r\t", "ünïcödé", "本番環境", "😀👩‍🚀", "\u2028\u2029\ufeff", "</script>", "\",\"hash\":\"");
        disk.with(odd.toArray(String[]::new));
        try (Journal journal = disk.open()) {
            assertThat(disk.comments()).isEqualTo(odd);
            assertThat(journal.verify().ok()).isTrue();
            assertThat(journal.damages()).isEmpty();
        }
        assertThat(disk.lines("2026-03.jsonl")).hasSize(odd.size());
    }

    @Test
    public void append_refusesHalfASurrogatePairAndGoesOn() throws Exception {
        try (Journal journal = disk.open()) {
            journal.append(List.of(disk.draft("before")));
            for (String half : List.of("\ud83d", "x\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00")) {
                assertThatIllegalArgumentException().isThrownBy(() -> journal.append(List.of(disk.draft(half))));
                assertThatIllegalArgumentException().isThrownBy(() -> journal.append(List.of(new JournalLine.Draft(
                        disk.clock.instant(), Optional.empty(), "noted", Optional.of(half), Json.object()))));
                assertThatIllegalArgumentException().isThrownBy(() -> journal.append(List.of(new JournalLine.Draft(
                        disk.clock.instant(), Optional.empty(), "noted", Optional.empty(), Json.object().put(half, "x")))));
            }
            assertThat(journal.append(List.of(disk.draft("after"))).get(0).seq()).isEqualTo(2);
            assertThat(journal.verify().ok()).isTrue();
        }
    }

    @Test
    public void append_manyAtOnceShareTheChainWithoutAGap() throws Exception {
        int threads = 32;
        int each = 50;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Journal journal = disk.open()) {
            List<Future<List<JournalLine>>> written = new ArrayList<>();
            for (int i = 0; i < threads * each; i++) {
                String name = "n" + i;
                written.add(pool.submit(() -> journal.append(List.of(disk.draft(name + "a"), disk.draft(name + "b")))));
            }
            List<Long> numbers = new ArrayList<>();
            for (Future<List<JournalLine>> one : written) {
                List<JournalLine> lines = one.get();
                assertThat(lines.get(1).seq()).as("together").isEqualTo(lines.get(0).seq() + 1);
                lines.forEach(line -> numbers.add(line.seq()));
            }
            assertThat(numbers).doesNotHaveDuplicates().hasSize(2 * threads * each);
            assertThat(journal.verify().ok()).isTrue();
            assertThat(journal.verify().lines()).isEqualTo(2L * threads * each);
        } finally {
            pool.shutdownNow();
        }
        try (Journal again = disk.open()) {
            assertThat(again.damages()).isEmpty();
            for (int i = 0; i < disk.told.size(); i++) {
                assertThat(disk.told.get(i).seq()).isEqualTo(i + 1L);
            }
            assertThat(disk.told).hasSize(2 * threads * each);
        }
    }

    /** As threads that serve the web are, and a channel would be closed by. */
    @Test
    public void append_interrupted_isWritten_andHarmsNobody() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try (Journal journal = disk.open()) {
            List<Future<Boolean>> written = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String name = "n" + i;
                boolean interrupted = i % 3 == 0;
                written.add(pool.submit(() -> {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    journal.append(List.of(disk.draft(name)));
                    return Thread.interrupted() == interrupted;
                }));
            }
            for (Future<Boolean> one : written) {
                assertThat(one.get()).as("is told so afterwards, and nobody else").isTrue();
            }
            assertThat(journal.verify().lines()).isEqualTo(400);
            assertThat(journal.verify().ok()).isTrue();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    public void close_whileManyWrite_keepsWhatWasAcknowledged_andTakesNothingMore() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(16);
        List<Future<Integer>> acknowledged = new ArrayList<>();
        CountDownLatch some = new CountDownLatch(200);
        try (Journal journal = disk.open()) {
            for (int i = 0; i < 16; i++) {
                acknowledged.add(pool.submit(() -> {
                    for (int count = 0; ; count++) {
                        try {
                            journal.append(List.of(disk.draft("n")));
                        } catch (JournalUnavailableException closed) {
                            return count;
                        }
                        some.countDown();
                    }
                }));
            }
            some.await();
        } finally {
            pool.shutdown();
        }
        long lines = 0;
        for (Future<Integer> one : acknowledged) {
            lines += one.get();
        }
        try (Journal again = disk.open()) {
            assertThat(again.verify().lines()).isEqualTo(lines);
            assertThat(again.damages()).isEmpty();
        }
    }

    @Test
    public void month_newOneBeginsAFileAndTheChainGoesOn() throws Exception {
        disk.clock.set(Instant.parse("2026-03-31T23:59:59.999Z"));
        disk.with("march");
        disk.clock.advance(Duration.ofMillis(1));
        disk.with("april");
        disk.clock.set(Instant.parse("2027-01-01T00:00:00Z"));
        disk.with("january");
        assertThat(disk.files()).containsExactly("2026-03.jsonl", "2026-04.jsonl", "2027-01.jsonl");
        try (Journal journal = disk.open()) {
            assertThat(disk.comments()).containsExactly("march", "april", "january");
            assertThat(journal.verify().ok()).isTrue();
        }
    }

    @Test
    public void month_clockSetBackStaysInTheLastFile() throws Exception {
        disk.with("march");
        disk.clock.set(Instant.parse("2026-02-01T00:00:00Z"));
        disk.with("back", "in february");
        assertThat(disk.files()).containsExactly("2026-03.jsonl");
        try (Journal journal = disk.open()) {
            assertThat(disk.comments()).containsExactly("march", "back", "in february");
            assertThat(journal.verify().ok()).isTrue();
        }
    }

    @Test
    public void month_commandsThatShareAForceOverItsTurnAreAllFound() throws Exception {
        Instant march = Instant.parse("2026-03-31T23:59:59.999Z");
        Instant april = march.plusMillis(1);
        String gate = GateId.next(april);
        JournalLine.Draft begins =
                new JournalLine.Draft(april, Optional.of(gate), "noted", Optional.empty(), Json.object());
        disk.clock.set(march);
        disk.with("march");
        JournalFile last = new JournalFile(YearMonth.of(2026, 3), 1);
        String head = new String(disk.lines("2026-03.jsonl").get(0), StandardCharsets.UTF_8)
                .replaceAll(".*\"hash\":\"([0-9a-f]{64})\".*\n", "$1");
        try (JournalWriter writer = new JournalWriter(disk.directory, last, 1, head)) {
            writer.write(List.of(List.of(JournalOnDisk.draft(march, "late")), List.of(begins)));
        }
        try (Journal journal = disk.open()) {
            assertThat(journal.damages()).isEmpty();
            assertThat(journal.linesOf(gate)).hasSize(1);
        }
    }

    @Test
    public void linesOf_findsAGateAcrossFilesAndNothingElse() throws Exception {
        String gate = GateId.next(disk.clock.instant());
        String other = GateId.next(disk.clock.instant());
        try (Journal journal = disk.open()) {
            for (int month = 0; month < 3; month++) {
                journal.append(List.of(of(gate, "about \"gate\":\"" + other + "\""), of(other, "x")));
                disk.clock.advance(Duration.ofDays(31));
            }
            assertThat(journal.linesOf(gate)).extracting(JournalLine::seq).containsExactly(1L, 3L, 5L);
            assertThat(journal.linesOf(other)).extracting(JournalLine::seq).containsExactly(2L, 4L, 6L);
            assertThat(journal.linesOf(GateId.next(disk.clock.instant()))).isEmpty();
            for (String none : List.of("", "x", "../2026-03.jsonl", gate.substring(1))) {
                assertThat(journal.linesOf(none)).as(none).isEmpty();
            }
        }
    }

    private JournalLine.Draft of(String gate, String comment) {
        return new JournalLine.Draft(
                disk.clock.instant(), Optional.of(gate), "noted", Optional.empty(), Json.object().put("comment", comment));
    }

    @Test
    public void close_afterItNothingIsTaken() throws Exception {
        Journal journal = disk.open();
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.append(List.of(disk.draft("late"))))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining("going down");
    }

    @Test
    public void lock_secondOpenIsRefusedHereAndElsewhere() throws Exception {
        try (Journal journal = disk.open()) {
            assertInUse();
            assertThat(openElsewhere(disk.directory)).isEqualTo("refused");
            // The refused try must not have given the lock away.
            assertInUse();
            assertThat(openElsewhere(disk.directory)).isEqualTo("refused");
            journal.append(List.of(disk.draft("still mine")));
        }
        assertThat(openElsewhere(disk.directory)).isEqualTo("opened");
        disk.open().close();
    }

    private void assertInUse() {
        assertThatThrownBy(() -> Journal.open(disk.directory, new TestKey(), disk.clock, 1_000, (gate, lines) -> () -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another process");
    }

    private static String openElsewhere(Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Other.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    /** Another process that wants the same journal. */
    public static final class Other {
        public static void main(String[] args) throws IOException {
            try (Journal journal = Journal.open(Path.of(args[0]), new TestKey(), Clock.systemUTC(), 1_000, (gate, lines) -> () -> {})) {
                System.out.println(journal.damages().isEmpty() ? "opened" : "damaged");
            } catch (IOException refused) {
                System.out.println(refused.getMessage().contains("in use") ? "refused" : refused.toString());
            }
        }
    }
}
