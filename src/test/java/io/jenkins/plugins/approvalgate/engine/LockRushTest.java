package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.Rule;
import org.junit.Test;

/**
 * Two hundred gates that want one lock, decided by several threads, in random order, released in random moments, with
 * restarts and losses of power in between. What happened is read from the journal's lines alone.
 */
public class LockRushTest {

    private static final long SEED = 20_260_302;
    private static final int GATES = 200;
    private static final int OF_OTHER = 20;
    private static final int THREADS = 4;

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of(""),
            Given.environment("production", "any: alice, bob", List.of(), Optional.of(LockMode.SEQUENTIAL)),
            Given.environment("other", "any: alice, bob", List.of(), Optional.of(LockMode.SEQUENTIAL)));

    private final Random random = new Random(SEED);
    /** The gates that nobody decided yet. */
    private final List<String> undecided = new ArrayList<>();
    private final Set<String> called = new HashSet<>();

    @Test
    public void twoHundred_neverTwoHoldersInOrderAndEverybodyInTheEnd() throws Exception {
        disk.keeper.start();
        for (int build = 1; build <= GATES + OF_OTHER; build++) {
            // Some of them in the same millisecond.
            disk.clock.advance(Duration.ofMillis(random.nextInt(3)));
            undecided.add(disk.request(build <= GATES ? "production" : "other", build).id());
        }
        List<String> all = List.copyOf(undecided);
        Collections.shuffle(undecided, random);
        try {
            while (!undecided.isEmpty()) {
                rush();
                powerAndRestarts();
            }
            finish(all);
        } catch (AssertionError | Exception failed) {
            throw new AssertionError("seed " + SEED + ": " + failed.getMessage(), failed);
        }
        Reader reader = new Reader(disk.lines());
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
        List<String> passed = all.stream().filter(id -> !called.contains(id)).toList();
        assertThat(reader.granted).containsExactlyInAnyOrderElementsOf(passed);
        assertThat(reader.holders).isEmpty();
        assertThat(passed).hasSizeGreaterThan(GATES / 2);
        // A run in which nobody ever waited would prove nothing.
        assertThat(reader.handedOver).isGreaterThan(GATES / 4);
    }

    /** Several decisions and releases at the same moment. */
    private void rush() throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS && !undecided.isEmpty(); i++) {
            List<String> mine = new ArrayList<>();
            for (int j = 1 + random.nextInt(4); j > 0 && !undecided.isEmpty(); j--) {
                mine.add(undecided.remove(undecided.size() - 1));
            }
            boolean releases = random.nextInt(3) > 0;
            long seed = random.nextLong();
            for (String id : mine) {
                if (new Random(seed ^ id.hashCode()).nextInt(10) == 0) {
                    called.add(id);
                }
            }
            tasks.add(() -> {
                for (String id : mine) {
                    decide(id, new Random(seed ^ id.hashCode()));
                }
                if (releases) {
                    releaseAll();
                }
                return null;
            });
        }
        for (Future<Void> done : KeeperOnDisk.atOnce(tasks)) {
            try {
                done.get();
            } catch (ExecutionException failed) {
                throw new AssertionError(failed.getCause());
            }
        }
    }

    private void decide(String id, Random dice) throws Refusal {
        if (called.contains(id)) {
            disk.keeper.submit(id, Given.reject("bob"));
            return;
        }
        disk.keeper.submit(id, Given.approve("alice"));
        if (dice.nextInt(5) == 0 && disk.gate(id).isOpen()) {
            try {
                disk.keeper.submit(id, Given.withdraw("alice"));
                disk.keeper.submit(id, Given.approve("bob"));
            } catch (Refusal opened) {
                assertThat(opened.kind()).isEqualTo(Refusal.Kind.CLOSED);
            }
        }
    }

    private void releaseAll() throws Refusal {
        for (Gate holder : disk.keeper.lockHolders()) {
            disk.keeper.release(holder.id(), Given.release());
        }
    }

    private void powerAndRestarts() throws IOException, Refusal {
        int kind = random.nextInt(6);
        if (kind == 0) {
            disk.restart();
        } else if (kind == 1) {
            // While the next one may be just getting it.
            releaseAll();
            disk.crash();
            disk.openAndStart();
        }
        assertThat(disk.keeper.lockHolders()).hasSizeLessThanOrEqualTo(2);
    }

    private void finish(List<String> all) {
        Awaitility.await().atMost(120, TimeUnit.SECONDS).until(() -> {
            releaseAll();
            return all.stream().map(disk::stateOf).allMatch(state -> state.equals("APPROVED") || state.equals("REJECTED"));
        });
    }

    /** Knows nothing of the engine: what the journal's lines say, one after the other. */
    private static final class Reader {
        private final ObjectMapper json = new ObjectMapper();
        private final Map<String, String> environments = new HashMap<>();
        /** When each gate was asked for. */
        private final Map<String, Instant> requests = new HashMap<>();
        private final Map<String, String> holders = new HashMap<>();
        /** Gates whose approvals are complete, with the line from which on. */
        private final Map<String, Long> ready = new HashMap<>();
        private final Map<String, Long> lastRelease = new HashMap<>();
        private final List<String> granted = new ArrayList<>();
        private int handedOver;

        private Reader(List<String> lines) throws IOException {
            for (String line : lines) {
                JsonNode node = json.readTree(line);
                if (node.hasNonNull("gate")) {
                    read(node, node.get("gate").textValue(), node.get("seq").longValue());
                }
            }
        }

        private void read(JsonNode line, String gate, long seq) {
            String environment = environments.get(gate);
            switch (line.get("type").textValue()) {
                case "requested" -> {
                    environments.put(gate, line.path("data").path("environment").textValue());
                    requests.put(gate, Instant.parse(line.get("at").textValue()));
                }
                case "approved" -> ready.put(gate, seq);
                case "withdrawn" -> ready.remove(gate);
                case "locked" -> locked(environment, gate, seq);
                case "released" -> {
                    assertThat(holders.remove(environment)).as("line %s gives back what it has", seq).isEqualTo(gate);
                    lastRelease.put(environment, seq);
                }
                case "closed" -> ready.remove(gate);
                default -> assertThat(line.get("type").textValue()).isEqualTo("rejected");
            }
        }

        private void locked(String environment, String gate, long seq) {
            assertThat(holders.put(environment, gate)).as("holder before line %s", seq).isNull();
            granted.add(gate);
            long free = lastRelease.getOrDefault(environment, 0L);
            for (Map.Entry<String, Long> other : ready.entrySet()) {
                boolean waited = other.getValue() < free && environments.get(other.getKey()).equals(environment);
                if (waited && !other.getKey().equals(gate)) {
                    assertThat(requests.get(gate))
                            .as("line %s: who asked first", seq)
                            .isBeforeOrEqualTo(requests.get(other.getKey()));
                }
            }
            handedOver += ready.getOrDefault(gate, seq) < free ? 1 : 0;
        }
    }
}
