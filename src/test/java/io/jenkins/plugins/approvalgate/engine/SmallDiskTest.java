package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.audit.Disk;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalFeed;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A disk that is really full, with room for everything, a page, or nothing. */
public class SmallDiskTest {

    private static final int MOST = 2_000;

    @Rule
    public final QuietLog quiet = new QuietLog(Journal.class);

    @Rule
    public final SmallDisk disk = new SmallDisk();

    private final MovableClock clock = new MovableClock(Given.START);
    private final FakeHost host = new FakeHost(Town.of(""), Given.environment("one", "any 2: alice, bob, carol"));
    private GateKeeper keeper;
    private Gate gate;

    @Before
    public void begin() throws Exception {
        keeper = GateKeeper.open(disk.root(), host, clock);
        gate = keeper.request(Given.request("one", 1));
    }

    @After
    public void end() throws IOException {
        keeper.close();
    }

    private Path file() {
        return disk.root().resolve("journal/2026-03.jsonl");
    }

    private static Command.Approve wordy(String who) {
        return new Command.Approve(who, "x".repeat(3_000), List.of(), Map.of());
    }

    /** Alice changes her mind until there is no room for that, in many words first, and then in few. */
    private int untilFull() throws IOException {
        boolean inFewWords = false;
        for (int i = 0; i < MOST; i++) {
            Command.Approve approve = inFewWords ? Given.approve("alice") : wordy("alice");
            try {
                keeper.submit(gate.id(), i % 2 == 0 ? approve : Given.withdraw("alice"));
            } catch (Refusal full) {
                assertThat(full.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
                assertThat(full)
                        .hasMessageContaining("could not be written to disk")
                        .hasMessageContaining("No space left on device")
                        .hasMessageContaining("Nothing was changed");
                if (inFewWords) {
                    return i;
                }
                inFewWords = true;
                i--;
            }
        }
        throw new AssertionError("it is never full");
    }

    @Test
    public void full_theCommandIsRefused_nothingIsHalfDone_andItGoesOnWhenThereIsRoom() throws Exception {
        for (int pages : List.of(6, 3, 2)) {
            disk.fill(pages);
            int done = untilFull();
            assertThat(done).as("some fit").isPositive();
            byte[] bytes = Files.readAllBytes(file());
            assertThat(bytes[bytes.length - 1]).isEqualTo((byte) '\n');
            List<?> history = keeper.find(gate.id()).orElseThrow().history();
            assertThatThrownBy(() -> keeper.request(Given.request("one", 2))).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> keeper.submit(gate.id(), wordy("bob"))).isInstanceOf(Refusal.class);
            assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
            assertThat(keeper.find(gate.id()).orElseThrow().history()).isEqualTo(history);
            assertThat(keeper.journal().verify().ok()).isTrue();
            disk.empty();
            keeper.submit(gate.id(), done % 2 == 0 ? Given.approve("alice") : Given.withdraw("alice"));
            if (done % 2 == 0) {
                keeper.submit(gate.id(), Given.withdraw("alice"));
            }
        }
        keeper.submit(gate.id(), Given.approve("alice"));
        keeper.submit(gate.id(), Given.approve("bob"));
        keeper.close();
        keeper = GateKeeper.open(disk.root(), host, clock);
        assertThat(keeper.find(gate.id()).orElseThrow().closed().orElseThrow().outcome()).isEqualTo(Outcome.APPROVED);
        assertThat(keeper.journal().tornTail()).isEmpty();
        assertThat(keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void fullAtTheStart_theGatesAreSeen_andDecidedWhenThereIsRoom() throws Exception {
        disk.fill(1);
        untilFull();
        keeper.close();
        disk.fill(0);
        keeper = GateKeeper.open(disk.root(), host, clock);
        assertThat(keeper.open()).extracting(Gate::id).containsExactly(gate.id());
        // A month later there is not even room for the next file's first line.
        clock.advance(Duration.ofDays(29));
        assertThatThrownBy(() -> keeper.submit(gate.id(), wordy("bob"))).isInstanceOf(Refusal.class);
        disk.empty();
        keeper.submit(gate.id(), Given.approve("bob"));
        assertThat(keeper.journal().linesOf(gate.id())).extracting(JournalLine::type).last().isEqualTo("approved");
        assertThat(keeper.journal().verify().ok()).isTrue();
    }

    /** A follower that cannot say how far it is may hear a line twice, and never misses one. */
    @Test
    public void full_aFollowersPlaceIsTheLastThatFitted() throws Exception {
        Path place = disk.root().resolve("follower/place");
        JournalFeed feed = JournalFeed.open(keeper.journal(), place);
        for (int i = 0; i < 20; i++) {
            keeper.submit(gate.id(), i % 2 == 0 ? Given.approve("alice") : Given.withdraw("alice"));
        }
        JournalLine first = feed.next().orElseThrow();
        feed.done(first);
        disk.fill(0);
        long kept = first.seq();
        boolean refused = false;
        for (int i = 1; i < 20; i++) {
            JournalLine line = feed.next().orElseThrow();
            try {
                feed.done(line);
                kept = line.seq();
            } catch (IOException full) {
                refused = true;
            }
        }
        disk.empty();
        assertThat(JournalFeed.open(keeper.journal(), place).next().map(JournalLine::seq).orElse(22L)).isEqualTo(kept + 1);
        // In the page that it has there is room for some; a place that has to be written anew there is none for.
        assertThat(refused).isEqualTo(kept < 21);
    }

    @Test
    public void full_aFileThatIsReplacedKeepsWhatItHad() throws Exception {
        Path settings = disk.root().resolve("settings");
        Disk.replace(settings, new byte[100]);
        disk.fill(0);
        assertThatThrownBy(() -> Disk.replace(settings, new byte[5_000])).isInstanceOf(IOException.class);
        assertThat(Files.size(settings)).isEqualTo(100);
        disk.empty();
        Disk.replace(settings, new byte[5_000]);
        assertThat(Files.size(settings)).isEqualTo(5_000);
    }
}
