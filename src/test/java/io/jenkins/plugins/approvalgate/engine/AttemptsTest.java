package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.Rule;
import org.junit.Test;

/** What is on record of attempts that were refused, and how much of it. */
public class AttemptsTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol,dave,starter"), Given.environment("one", "any 2: alice, @team"));

    private List<JsonNode> refused() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : disk.lines()) {
            JsonNode node = Json.read(line.getBytes(StandardCharsets.UTF_8));
            if (node.path("type").asText().equals("refused")) {
                lines.add(node);
            }
        }
        return lines;
    }

    private void refuses(String id, Command.ByPerson command) {
        disk.refuses(id, command, Refusal.Kind.NOT_YOURS);
    }

    private void refusesBypass(String id, String who) {
        try {
            disk.keeper.bypass(id, Given.bypass(who), false);
        } catch (Refusal refusal) {
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_YOURS);
            return;
        }
        throw new AssertionError("not refused");
    }

    @Test
    public void refused_isOnRecordWithWhoWhatAndWhy() throws Exception {
        Gate gate = disk.request("one", 1);
        refuses(gate.id(), Given.approve("mallory"));
        JsonNode line = refused().get(0);
        assertThat(line.path("gate").asText()).isEqualTo(gate.id());
        assertThat(line.path("actor").asText()).isEqualTo("mallory");
        assertThat(line.path("data").path("command").asText()).isEqualTo("approve");
        assertThat(line.path("data").path("reason").asText()).isEqualTo("You are not among the approvers of one.");
        assertThat(line.path("data").path("environment").asText()).isEqualTo("one");
        assertThat(line.path("data").path("job").asText()).isEqualTo("team/app");
        assertThat(line.path("data").has("selfApproval")).isFalse();
    }

    @Test
    public void refused_everyCommandIsNamed() throws Exception {
        Gate gate = disk.request("one", 1);
        refuses(gate.id(), Given.approve("m1"));
        refuses(gate.id(), Given.reject("m2"));
        refuses(gate.id(), Given.withdraw("m3"));
        refuses(gate.id(), new Command.Defer("m4", "", disk.clock.instant().plusSeconds(60), List.of(), Map.of()));
        try {
            disk.keeper.reassign(gate.id(), new Command.Reassign("m5", Optional.empty(), "carol", "on holiday"));
        } catch (Refusal refusal) {
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_YOURS);
        }
        refusesBypass(gate.id(), "m6");
        assertThat(refused()).extracting(line -> line.path("data").path("command").asText())
                .containsExactly("approve", "reject", "withdraw", "defer", "reassign", "bypass");
    }

    @Test
    public void refused_ownBuildIsMarkedWhateverTheCaseOfTheId() throws Exception {
        Gate gate = disk.request("one", 1);
        refuses(gate.id(), Given.approve("Starter"));
        assertThat(refused().get(0).path("data").path("selfApproval").asBoolean()).isTrue();
    }

    @Test
    public void refused_whatIsOnlyMistypedOrTooLateIsNot() throws Exception {
        Gate gate = disk.request("one", 1);
        disk.refuses(gate.id(), new Command.Reject("alice", " "), Refusal.Kind.INVALID);
        disk.keeper.cancel(gate.id(), Given.cancel());
        disk.refuses(gate.id(), Given.approve("mallory"), Refusal.Kind.CLOSED);
        assertThat(refused()).isEmpty();
    }

    @Test
    public void refused_changesNothingOfTheGateNowOrAfterARestart() throws Exception {
        Gate gate = disk.request("one", 1);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        refuses(gate.id(), Given.approve("mallory"));
        refuses(gate.id(), Given.approve("alice"));
        int events = disk.gate(gate.id()).history().size();
        disk.restart();
        assertThat(disk.gate(gate.id()).history()).hasSize(events);
        assertThat(disk.types(gate.id())).containsExactly("requested", "approved");
        disk.keeper.submit(gate.id(), Given.approve("carol"));
        assertThat(disk.stateOf(gate.id())).isEqualTo("APPROVED");
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void hammering_oneGateIsThreeLinesAndOneForTheRest() throws Exception {
        disk.keeper.start();
        Gate gate = disk.request("one", 1);
        for (int i = 0; i < 500; i++) {
            refuses(gate.id(), Given.approve(i % 2 == 0 ? "mallory" : "Mallory"));
        }
        assertThat(refused()).hasSize(Attempts.MOST_A_GATE);
        disk.passes(Duration.ofMinutes(1));
        await().untilAsserted(() -> assertThat(refused()).hasSize(Attempts.MOST_A_GATE + 1));
        assertThat(refused().get(Attempts.MOST_A_GATE).path("data").path("attempts").asInt())
                .isEqualTo(500 - Attempts.MOST_A_GATE);
        refuses(gate.id(), Given.approve("mallory"));
        assertThat(refused()).hasSize(Attempts.MOST_A_GATE + 2);
    }

    @Test
    public void hammering_manyGatesIsThirtyLinesAPersonAndOneForTheRest() throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int build = 1; build <= 32; build++) {
            String id = disk.request("one", build).id();
            tasks.add(() -> {
                for (int i = 0; i < 10; i++) {
                    refuses(id, Given.approve("mallory"));
                }
                return null;
            });
        }
        for (Future<Void> task : KeeperOnDisk.atOnce(tasks)) {
            task.get();
        }
        assertThat(refused()).hasSize(Attempts.MOST);
        refuses(disk.request("one", 40).id(), Given.approve("eve"));
        assertThat(refused()).as("another person is not silenced").hasSize(Attempts.MOST + 1);
        // Even if the controller stops before the minute is over.
        disk.keeper.close();
        List<JsonNode> lines = refused();
        assertThat(lines).hasSize(Attempts.MOST + 2);
        assertThat(lines.stream().filter(line -> line.path("actor").asText().equals("mallory"))
                        .mapToInt(line -> line.path("data").path("attempts").asInt(1)).sum())
                .isEqualTo(320);
    }

    @Test
    public void hammering_aClockSetBackNeitherSilencesNorLetsThrough() throws Exception {
        Gate gate = disk.request("one", 1);
        IntStream.range(0, 5).forEach(i -> refuses(gate.id(), Given.approve("mallory")));
        disk.clock.advance(Duration.ofHours(-1));
        IntStream.range(0, 5).forEach(i -> refuses(gate.id(), Given.approve("mallory")));
        assertThat(refused()).extracting(line -> line.path("data").path("attempts").asInt(1))
                .isEqualTo(List.of(1, 1, 1, 2, 1, 1, 1));
        assertThat(Collections.max(refused().stream().map(line -> line.path("seq").asInt()).toList())).isEqualTo(8);
    }

    @Test
    public void diskFull_isRefusedForTheSameReason() throws Exception {
        DiskLimit.assumePossible();
        Gate gate = disk.request("one", 1);
        DiskLimit.roomFor(5, disk.journal().resolve("2026-03.jsonl"), () -> refuses(gate.id(), Given.approve("mallory")));
        refuses(gate.id(), Given.approve("mallory"));
        assertThat(refused()).hasSize(1);
    }
}
