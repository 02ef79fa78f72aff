package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;

/**
 * A journal that cannot be written. The size that a file of this process may have is limited for a moment, so a write
 * stops in the middle of a line, as it does on a full disk, whoever runs the test.
 */
public class DiskFullTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(Town.of(""), Given.environment("one", "any 2: alice, bob, carol"));

    @Test
    public void full_commandsAreRefusedNothingChangesAndItGoesOnWhenThereIsRoom() throws Exception {
        DiskLimit.assumePossible();
        Gate gate = disk.request("one", 1);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        Map<String, String> before = disk.state();
        byte[] bytes = Files.readAllBytes(file());
        for (int room : List.of(0, 1, 200, 500)) {
            DiskLimit.roomFor(room, file(), () -> {
                assertThat(disk.refuses(gate.id(), new Command.Approve("bob", "x".repeat(500), List.of(), Map.of()), Refusal.Kind.UNAVAILABLE))
                        .hasMessageContaining("could not be written")
                        .hasMessageContaining("Nothing was changed");
                assertThatThrownBy(() -> disk.request("one", 2))
                        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
            });
            assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
            assertThat(disk.state()).isEqualTo(before);
        }
        assertThat(disk.keeper.submit(gate.id(), Given.approve("bob")).closed().orElseThrow().outcome()).isEqualTo(Outcome.APPROVED);
        assertThat(disk.request("one", 2).isOpen()).isTrue();
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
        Map<String, String> after = disk.state();
        disk.crash();
        disk.open();
        assertThat(disk.state()).isEqualTo(after);
        assertThat(disk.keeper.journal().tornTail()).isEmpty();
    }

    @Test
    public void full_atADeadlineTheGateClosesWhenThereIsRoom() throws Exception {
        DiskLimit.assumePossible();
        disk.host.environments.set(0, Given.environment("one", "any: alice", Duration.ofHours(1)));
        disk.keeper.start();
        Gate gate = disk.request("one", 1);
        Instant deadline = gate.requested().deadline();
        DiskLimit.roomFor(0, file(), () -> {
            disk.clock.set(deadline);
            disk.refuses(gate.id(), Given.approve("alice"), Refusal.Kind.UNAVAILABLE);
            disk.keeper.clockMoved();
            assertThat(disk.gate(gate.id()).isOpen()).isTrue();
        });
        await().atMost(10, TimeUnit.SECONDS).until(() -> {
            disk.clock.set(disk.clock.instant().plusSeconds(60));
            disk.keeper.clockMoved();
            return !disk.gate(gate.id()).isOpen();
        });
        assertThat(disk.gate(gate.id()).closed().orElseThrow().outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    private Path file() {
        return disk.journal().resolve("2026-03.jsonl");
    }
}
