package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.engine.gate.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.Rule;
import org.junit.Test;

/** The one door: asking, deciding, all at once, and who is told. What a restart finds: {@link RestartTest}. */
public class GateKeeperTest {

    private static final int THREADS = 32;

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("crowd=" + String.join(",", crowd())),
            Given.environment("one", "any: @crowd"),
            Given.environment("all", "unanimous: @crowd*32"),
            Given.environment("production-deployment", "any: alice"));

    private static List<String> crowd() {
        return IntStream.range(0, THREADS).mapToObj(i -> "member-" + i).toList();
    }

    @Test
    public void request_sameKeyFindsTheSameGateOpenOrEnded() throws Exception {
        Gate gate = disk.request("one", 1);
        assertThat(disk.request("one", 1).id()).isEqualTo(gate.id());
        disk.keeper.submit(gate.id(), Given.approve("member-1"));
        Gate again = disk.request("one", 1);
        assertThat(again.id()).isEqualTo(gate.id());
        assertThat(again.isOpen()).isFalse();
        assertThat(disk.lines()).hasSize(3);
    }

    @Test
    public void request_otherKeyOrBuildGetsItsOwn() throws Exception {
        Set<String> ids = new HashSet<>();
        GateRequest first = Given.request("one", 1);
        ids.add(disk.keeper.request(first).id());
        ids.add(disk.request("one", 2).id());
        ids.add(disk.keeper.request(Given.request("one", "team/other", 1, Set.of())).id());
        ids.add(disk.keeper.request(Given.withKey(first, "key-2")).id());
        assertThat(ids).hasSize(4);
    }

    @Test
    public void request_sameKeyAtOnceGetsOneGate() throws Exception {
        List<Callable<String>> asking = Collections.nCopies(THREADS, () -> disk.request("one", 1).id());
        Set<String> ids = new HashSet<>();
        for (Future<String> id : KeeperOnDisk.atOnce(asking)) {
            ids.add(id.get());
        }
        assertThat(ids).hasSize(1);
        assertThat(disk.keeper.open()).hasSize(1);
    }

    @Test
    public void request_unknownEnvironmentIsToldTheNearestAndAll() {
        assertThatThrownBy(() -> disk.request("prodution-deployment", 1))
                .isInstanceOf(UnknownEnvironmentException.class)
                .hasMessage("There is no environment \"prodution-deployment\". Did you mean \"production-deployment\"? "
                        + "Configured are: one, all, production-deployment.");
        assertThatThrownBy(() -> disk.request("something-else-altogether", 1))
                .hasMessage("There is no environment \"something-else-altogether\". "
                        + "Configured are: one, all, production-deployment.");
        disk.host.environments.clear();
        assertThatThrownBy(() -> disk.request("one", 1)).hasMessageContaining("None is configured yet");
        assertThat(disk.keeper.open()).isEmpty();
    }

    @Test
    public void request_textThatIsNotUnicodeIsRefusedAndNothingIsLeft() throws Exception {
        GateRequest r = Given.request("one", 1);
        GateRequest half = new GateRequest(
                r.key(), r.environment(), r.job(), r.build(), r.buildUrl(), r.stage(), r.origin(), r.requestedBy(),
                r.requesters(), "\ud83d", r.metrics(), r.links(), r.inputs());
        assertThatThrownBy(() -> disk.keeper.request(half))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
        assertThat(disk.keeper.open()).isEmpty();
        Gate gate = disk.keeper.request(r);
        disk.refuses(gate.id(), new Command.Reject("member-1", "x\ud83d"), Refusal.Kind.INVALID);
        disk.keeper.submit(gate.id(), new Command.Reject("member-1", "😀"));
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void reassign_atOnceWithADecisionCountsNobodyWhoHadHandedOver() throws Exception {
        for (int build = 1; build <= 50; build++) {
            Gate gate = disk.request("production-deployment", build);
            List<Callable<Gate>> clicks = new ArrayList<>(List.of(
                    () -> disk.keeper.reassign(gate.id(), Given.reassign("alice", "zoe")),
                    () -> disk.keeper.reassign(gate.id(), Given.reassign("alice", "yves")),
                    () -> disk.keeper.submit(gate.id(), Given.approve("alice")),
                    () -> disk.keeper.submit(gate.id(), Given.approve("zoe"))));
            Collections.shuffle(clicks);
            KeeperOnDisk.atOnce(clicks);
            List<Recorded> history = disk.gate(gate.id()).history();
            Gate played = Gate.open(gate.id(), history.get(0));
            for (Recorded next : history.subList(1, history.size())) {
                if (!(next.event() instanceof GateEvent.Closed)) {
                    Standing standing = Standing.of(played, next.event().actor().get(), disk.host.town);
                    assertThat(standing.entries()).as("%s in %s", next, history).isNotEmpty();
                }
                played = played.apply(next);
            }
        }
    }

    @Test
    public void environment_laterChangesDoNotReachAWaitingGate() throws Exception {
        Gate gate = disk.request("production-deployment", 1);
        disk.host.environments.set(2, Given.environment("production-deployment", "any: mallory"));
        disk.refuses(gate.id(), Given.approve("mallory"), Refusal.Kind.NOT_YOURS);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
    }

    @Test
    public void group_membershipIsAskedAtDecisionTime() throws Exception {
        disk.host.environments.add(Given.environment("own", "any: @own-group"));
        Gate gate = disk.request("own", 1);
        disk.refuses(gate.id(), Given.approve("zoe"), Refusal.Kind.NOT_YOURS);
        disk.host.approverGroups.add(new ApproverGroup("own-group", List.of("yan"), List.of("crowd2")));
        disk.refuses(gate.id(), Given.approve("zoe"), Refusal.Kind.NOT_YOURS);
        disk.host.town.set("crowd2", Set.of("zoe"));
        assertThat(disk.keeper.submit(gate.id(), Given.approve("zoe")).isOpen()).isFalse();
    }

    @Test
    public void submit_unknownGate() {
        for (String id : List.of("", "x", GateId.next(Given.START), "../../etc/passwd")) {
            disk.refuses(id, Given.approve("alice"), Refusal.Kind.UNKNOWN_GATE);
        }
    }

    @Test
    public void submit_refusalChangesNothing_andIsOnRecord() throws Exception {
        Gate gate = disk.request("one", 1);
        Map<String, String> before = disk.state();
        disk.refuses(gate.id(), Given.approve("mallory"), Refusal.Kind.NOT_YOURS);
        disk.refuses(gate.id(), new Command.Reject("member-1", " "), Refusal.Kind.INVALID);
        disk.refuses(gate.id(), Given.withdraw("member-1"), Refusal.Kind.NOT_YOURS);
        assertThat(disk.state()).isEqualTo(before);
        assertThat(disk.lines()).hasSize(3);
        assertThat(disk.lines().subList(1, 3)).allSatisfy(line -> assertThat(line).contains("\"type\":\"refused\""));
    }

    @Test
    public void cancel_endsAnOpenGateAndLeavesAnEndedOne() throws Exception {
        Gate gate = disk.request("one", 1);
        assertThat(disk.keeper.cancel(gate.id(), Given.cancel()).closed().orElseThrow().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThatThrownBy(() -> disk.keeper.cancel(gate.id(), Given.cancel()))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.outcome()).contains(Outcome.CANCELLED));
        assertThat(disk.lines()).hasSize(2);
    }

    @Test
    public void thirtyTwoAtOnceOnOneGate_oneOutcomeAndEverybodyElseIsToldIt() throws Exception {
        for (int round = 0; round < 10; round++) {
            Gate gate = disk.request("one", round);
            List<Callable<Gate>> deciding = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String who = "member-" + i;
                deciding.add(
                        switch (i % 3) {
                            case 0 -> () -> disk.keeper.submit(gate.id(), Given.approve(who));
                            case 1 -> () -> disk.keeper.submit(gate.id(), Given.reject(who));
                            default -> () -> disk.keeper.cancel(gate.id(), Given.cancel());
                        });
            }
            List<Outcome> winners = new ArrayList<>();
            List<Outcome> told = new ArrayList<>();
            for (Future<Gate> one : KeeperOnDisk.atOnce(deciding)) {
                try {
                    winners.add(one.get().closed().orElseThrow().outcome());
                } catch (ExecutionException refused) {
                    Refusal refusal = (Refusal) refused.getCause();
                    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CLOSED);
                    told.add(refusal.outcome().orElseThrow());
                }
            }
            Outcome outcome = disk.gate(gate.id()).closed().orElseThrow().outcome();
            assertThat(winners).containsExactly(outcome);
            assertThat(told).hasSize(THREADS - 1).containsOnly(outcome);
            assertThat(disk.keeper.journal().linesOf(gate.id())).filteredOn(line -> line.type().equals("closed")).hasSize(1);
        }
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void thirtyTwoAtOnceOnOneUnanimousGate_eachCountsOnceAndTheLastCloses() throws Exception {
        Gate gate = disk.request("all", 1);
        List<Callable<Gate>> deciding = new ArrayList<>();
        crowd().forEach(who -> deciding.add(() -> disk.keeper.submit(gate.id(), Given.approve(who))));
        int closedBy = 0;
        for (Future<Gate> one : KeeperOnDisk.atOnce(deciding)) {
            closedBy += one.get().isOpen() ? 0 : 1;
        }
        assertThat(closedBy).isEqualTo(1);
        assertThat(disk.gate(gate.id()).approvals()).hasSize(THREADS);
        assertThat(disk.keeper.journal().linesOf(gate.id())).hasSize(THREADS + 2);
    }

    @Test
    public void thirtyTwoAtOnceOnDifferentGates_allAreDecidedAndTheHostIsToldInOrder() throws Exception {
        List<Callable<Gate>> deciding = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int build = i;
            deciding.add(() -> {
                Gate gate = disk.request("one", build);
                return disk.keeper.submit(gate.id(), Given.approve("member-" + build));
            });
        }
        for (Future<Gate> one : KeeperOnDisk.atOnce(deciding)) {
            assertThat(one.get().closed().orElseThrow().outcome()).isEqualTo(Outcome.APPROVED);
        }
        assertThat(disk.keeper.open()).isEmpty();
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
        await().until(() -> disk.host.news.size() == 2 * THREADS);
        assertTold();
    }

    @Test
    public void host_isToldOfTheBeginningFirstThoughADecisionFollowsAtOnce() throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        int gates = 100;
        for (int i = 0; i < 8; i++) {
            int from = i;
            tasks.add(() -> {
                for (int build = from; build < gates; build += 8) {
                    disk.request("one", build);
                }
                return null;
            });
            tasks.add(() -> {
                while (disk.keeper.ended().size() < gates) {
                    for (Gate gate : disk.keeper.open()) {
                        try {
                            disk.keeper.submit(gate.id(), Given.approve("member-" + from));
                        } catch (Refusal late) {
                            assertThat(late.kind()).isEqualTo(Refusal.Kind.CLOSED);
                        }
                    }
                }
                return null;
            });
        }
        for (Future<Void> done : KeeperOnDisk.atOnce(tasks)) {
            done.get();
        }
        await().until(() -> disk.host.news.size() == 2 * gates);
        assertTold();
    }

    /** Of each gate, the events that the host was told of are those of its history, in order. */
    private void assertTold() throws Refusal {
        Map<String, List<GateEvent>> told = new HashMap<>();
        disk.host.news.forEach(
                news -> told.computeIfAbsent(news.gate().id(), id -> new ArrayList<>()).addAll(news.events()));
        for (Map.Entry<String, List<GateEvent>> one : told.entrySet()) {
            assertThat(one.getValue())
                    .isEqualTo(disk.gate(one.getKey()).history().stream().map(Recorded::event).toList());
        }
    }

    @Test
    public void find_endedGatesBeyondTheMemoryAreFoundOnDisk() throws Exception {
        List<Gate> ended = new ArrayList<>();
        List<Callable<Void>> tasks = new ArrayList<>();
        List<Gate> together = Collections.synchronizedList(ended);
        for (int i = 0; i < 16; i++) {
            int from = i;
            tasks.add(() -> {
                for (int build = from; build < GateBook.REMEMBERED + 100; build += 16) {
                    Gate gate = disk.request("one", build);
                    together.add(disk.keeper.submit(gate.id(), Given.approve("member-1")));
                }
                return null;
            });
        }
        for (Future<Void> done : KeeperOnDisk.atOnce(tasks)) {
            done.get();
        }
        assertThat(disk.keeper.ended()).hasSize(GateBook.REMEMBERED);
        Set<String> remembered = new HashSet<>();
        disk.keeper.ended().forEach(gate -> remembered.add(gate.id()));
        List<Gate> forgotten = ended.stream().filter(gate -> !remembered.contains(gate.id())).toList();
        assertThat(forgotten).hasSize(100);
        for (Gate gate : forgotten.subList(0, 5)) {
            assertThat(disk.gate(gate.id()).history()).isEqualTo(gate.history());
            assertThat(disk.refuses(gate.id(), Given.approve("member-2"), Refusal.Kind.CLOSED).outcome())
                    .contains(Outcome.APPROVED);
        }
        disk.restart();
        assertThat(disk.keeper.ended()).hasSize(GateBook.REMEMBERED);
        assertThat(disk.gate(forgotten.get(0).id()).history()).isEqualTo(forgotten.get(0).history());
    }

    @Test
    public void close_afterItCommandsAreUnavailable() throws Exception {
        Gate gate = disk.request("one", 1);
        disk.keeper.close();
        disk.refuses(gate.id(), Given.approve("member-1"), Refusal.Kind.UNAVAILABLE);
        assertThat(disk.gate(gate.id()).approvals()).isEmpty();
        assertThat(disk.lines()).hasSize(1);
    }
}
