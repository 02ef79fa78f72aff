package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

/** What fires looks at the gate whose time has come, however many others wait for theirs. */
public class TimersAmongManyTest {

    private static final Duration TIMEOUT = Duration.ofHours(2);
    private static final int FIRINGS = 10;
    /** A gate that ends by its time is looked at once or twice: when it is due, and when that is written. */
    private static final int MOST_LOOKS_A_FIRING = 4;

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of(""),
            Given.environment("production", "any: alice", TIMEOUT, List.of(Puppets.timed("sun")), Optional.empty()));

    @Test
    public void firing_looksAtTheGateThatIsDueAlone() throws Exception {
        disk.keeper.start();
        List<Gate> gates = new ArrayList<>();
        for (int build = 1; build <= 300; build++) {
            disk.clock.advance(Duration.ofSeconds(10));
            gates.add(disk.request("production", build));
        }

        for (int firing = 0; firing < FIRINGS; firing++) {
            Gate due = gates.get(firing);
            int before = disk.host.puppets.asked("sun");
            disk.clock.set(due.requested().deadline());
            disk.keeper.clockMoved();
            await().until(() -> !disk.keeper.find(due.id()).orElseThrow().isOpen());

            assertThat(disk.host.puppets.asked("sun") - before).isBetween(1, MOST_LOOKS_A_FIRING);
            assertThat(disk.keeper.openGates().size()).isEqualTo(gates.size() - firing - 1);
        }
    }
}
