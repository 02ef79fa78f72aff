package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/** A job that got the name of another, which was renamed or deleted, gets nothing else of it. */
public class SameNameTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of(""),
            Given.environment("production", "any: alice", List.of(), Optional.of(LockMode.SEQUENTIAL)),
            Given.environment("staging", "any: alice", List.of(), Optional.of(LockMode.NEWEST_ONLY)));

    private static GateRequest request(String environment, String job, String id, int build) {
        return Given.ofJob(Given.request(environment, job, build, Set.of("starter")), id);
    }

    private Gate ask(String environment, String job, String id, int build) throws Exception {
        return disk.keeper.request(request(environment, job, id, build));
    }

    private Gate approved(Gate gate) throws Exception {
        return disk.keeper.submit(gate.id(), Given.approve("alice"));
    }

    @Test
    public void request_ofTheSameNameNumberAndPlace_isAnother() throws Exception {
        Gate before = approved(ask("production", "team/app", "old", 1));
        Gate after = ask("production", "team/app", "new", 1);
        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(after.isOpen()).isTrue();
        assertThat(after.approvals()).isEmpty();
        assertThat(ask("production", "team/renamed", "old", 1).id()).as("asked again after it was renamed").isEqualTo(before.id());
    }

    @Test
    public void lock_buildOfTheSameNameAndNumberWaits() throws Exception {
        Gate holder = approved(ask("production", "team/app", "old", 1));
        assertThat(disk.stateOf(holder.id())).isEqualTo("APPROVED+lock");
        Gate other = approved(ask("production", "team/app", "new", 1));
        assertThat(disk.stateOf(other.id())).isEqualTo("OPEN");
        disk.keeper.release(holder.id(), Given.release());
        disk.awaitState(other.id(), "APPROVED+lock");
    }

    @Test
    public void lock_theSameBuildUnderItsNewNameDoesNotWaitForItself() throws Exception {
        approved(ask("production", "team/app", "old", 1));
        GateRequest later = Given.ofJob(
                Given.withKey(Given.request("production", "team/renamed", 1, Set.of("starter")), "key-2"), "old");
        Gate second = approved(disk.keeper.request(later));
        assertThat(disk.stateOf(second.id())).isEqualTo("APPROVED+lock");
    }

    @Test
    public void newestOnly_supersedesNoBuildOfTheOther() throws Exception {
        Gate old = ask("staging", "team/app", "old", 1);
        ask("staging", "team/app", "new", 99);
        assertThat(disk.stateOf(old.id())).isEqualTo("OPEN");
        ask("staging", "team/renamed", "old", 2);
        disk.awaitState(old.id(), "SUPERSEDED");
    }

    @Test
    public void environmentRemovedOrMadeAgain_leavesAWaitingGateItsRules() throws Exception {
        Gate gate = ask("production", "team/app", "job", 1);
        disk.host.environments.clear();
        disk.refuses(gate.id(), Given.approve("mallory"), Refusal.Kind.NOT_YOURS);
        disk.restart();
        disk.host.environments.add(Given.environment("production", "any, requester may: mallory, starter"));
        for (String nobody : List.of("mallory", "starter")) {
            disk.refuses(gate.id(), Given.approve(nobody), Refusal.Kind.NOT_YOURS);
        }
        assertThat(approved(disk.gate(gate.id())).isOpen()).isFalse();
    }

    @Test
    public void afterARestart_itIsStillSo() throws Exception {
        Gate holder = approved(ask("production", "team/app", "old", 1));
        disk.restart();
        assertThat(disk.gate(holder.id()).request().jobId()).contains("old");
        Gate other = approved(ask("production", "team/app", "new", 1));
        assertThat(disk.stateOf(other.id())).isEqualTo("OPEN");
    }
}
