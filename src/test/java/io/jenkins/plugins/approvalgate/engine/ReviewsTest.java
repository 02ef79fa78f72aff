package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.Rule;
import org.junit.Test;

/** That somebody had a gate's review before them is on record once, whatever comes between. */
public class ReviewsTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol,dave"), Given.environment("one", "any 2: alice, @team"));

    private List<String> reviewed() throws IOException {
        return disk.lines().stream().filter(line -> line.contains("\"type\":\"reviewed\"")).toList();
    }

    private void awaitReviewed(int lines) {
        await().untilAsserted(() -> assertThat(reviewed()).hasSize(lines));
    }

    @Test
    public void reviewed_onceForEachGateAndPersonWhateverTheCaseOfTheId() throws Exception {
        Gate gate = disk.request("one", 1);
        List<Callable<Void>> looks = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String user = List.of("carol", "Carol", "alice", "CAROL").get(i % 4);
            looks.add(() -> {
                disk.keeper.reviewed(gate, user);
                return null;
            });
        }
        for (Future<Void> look : KeeperOnDisk.atOnce(looks)) {
            look.get();
        }
        disk.keeper.reviewed(disk.request("one", 2), "carol");
        awaitReviewed(3);
        disk.keeper.close();
        assertThat(reviewed()).hasSize(3);
    }

    @Test
    public void reviewed_isNotWrittenAgainAfterARestart() throws Exception {
        Gate gate = disk.request("one", 1);
        disk.keeper.reviewed(gate, "carol");
        awaitReviewed(1);
        disk.clock.advance(Duration.ofHours(1));
        disk.restart();
        disk.keeper.reviewed(disk.gate(gate.id()), "Carol");
        disk.keeper.reviewed(disk.gate(gate.id()), "dave");
        awaitReviewed(2);
        assertThat(disk.keeper.reviewedAt(gate.id(), "CAROL")).contains(Given.START);
        assertThat(disk.keeper.reviewedAt(gate.id(), "alice")).isEmpty();
        assertThat(disk.types(gate.id())).as("it changes nothing of the gate").containsExactly("requested");
    }

    @Test
    public void reviewed_isKnownOfAGateThatEndedAndOfOneThatLeftTheBook() throws Exception {
        Gate gate = disk.request("one", 1);
        disk.keeper.reviewed(gate, "carol");
        awaitReviewed(1);
        disk.keeper.cancel(gate.id(), Given.cancel());
        disk.keeper.reviewed(disk.gate(gate.id()), "dave");
        assertThat(disk.keeper.reviewedAt(gate.id(), "dave")).as("it had ended").isEmpty();
        disk.restart();
        assertThat(disk.keeper.reviewedAt(gate.id(), "carol")).contains(Given.START);
        for (int build = 2; build < GateBook.REMEMBERED + 2; build++) {
            disk.keeper.cancel(disk.request("one", build).id(), Given.cancel());
        }
        assertThat(disk.keeper.inMemory(gate.id())).isEmpty();
        assertThat(disk.keeper.reviewedAt(gate.id(), "Carol")).contains(Given.START);
    }

    @Test
    public void reviewed_fullDiskIsNotFeltAndIsMadeUpForAtTheNextLook() throws Exception {
        DiskLimit.assumePossible();
        Gate gate = disk.request("one", 1);
        DiskLimit.roomFor(5, disk.journal().resolve("2026-03.jsonl"), () -> {
            disk.keeper.reviewed(gate, "carol");
            // Nobody waits for it: when it has failed, the next look tries again.
            await().until(() -> disk.keeper.reviewedAt(gate.id(), "carol").isPresent());
            disk.refuses(gate.id(), Given.approve("alice"), Refusal.Kind.UNAVAILABLE);
        });
        disk.clock.advance(Duration.ofMinutes(5));
        await().untilAsserted(() -> {
            disk.keeper.reviewed(gate, "carol");
            assertThat(reviewed()).hasSize(1);
        });
        assertThat(reviewed().get(0)).as("when it was seen").contains(Given.START.toString());
    }
}
