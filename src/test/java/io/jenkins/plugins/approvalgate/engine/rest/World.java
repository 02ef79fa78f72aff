package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.FakeHost;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.MovableClock;
import io.jenkins.plugins.approvalgate.engine.Puppets;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A whole engine for hostile requests: environments of all sorts, some gates, and what has to hold at the end of it. */
final class World implements AutoCloseable {

    static final List<String> ENVIRONMENTS = List.of("production", "staging", "locked", "asking");
    private static final int OPEN = 8;

    final MovableClock clock = new MovableClock(Given.START);
    final FakeHost host = new FakeHost(
            Town.of("team=carol,dave"),
            Given.environment("production", "any 2: alice, @team, @own"),
            Given.environment("staging", "sequential: @team, alice"),
            Given.environment("locked", "any: alice, bob", List.of(Puppets.timed("sun")), Optional.of(LockMode.SEQUENTIAL)),
            Given.environment("asking", "any: alice", List.of(Puppets.asking("oracle")), Optional.empty()));
    final GateKeeper keeper;
    final RestApi api;
    /** All gates that were asked for. */
    final List<String> gates = new ArrayList<>();

    World(Path home) throws IOException {
        host.approverGroups.add(new ApproverGroup("own", List.of("olga"), List.of("team")));
        keeper = GateKeeper.open(home, host, clock);
        keeper.start();
        api = new RestApi(keeper, host, Optional.empty());
    }

    /** Some gates are open, one in four of a job that hardly anybody sees. */
    void fill() throws Exception {
        while (keeper.open().size() < OPEN) {
            int build = gates.size() + 1;
            String job = build % 4 == 0 ? "secret/app" : "team/app";
            gates.add(keeper.request(Given.request(ENVIRONMENTS.get(build % ENVIRONMENTS.size()), job, build, Set.of("starter")))
                    .id());
        }
    }

    /** Whatever was asked of it: the journal is whole, and no gate ended twice or was decided after its end. */
    void requireOrder() throws IOException {
        assertThat(keeper.journal().verify().damages()).isEmpty();
        for (String gate : gates) {
            List<String> types = keeper.journal().linesOf(gate).stream().map(JournalLine::type).toList();
            assertThat(types).as(gate).startsWith("requested");
            int end = types.indexOf("closed");
            if (end >= 0) {
                assertThat(types.subList(end + 1, types.size())).as("after the end of " + gate).isSubsetOf("released");
            }
        }
    }

    @Override
    public void close() throws IOException {
        keeper.close();
    }
}
