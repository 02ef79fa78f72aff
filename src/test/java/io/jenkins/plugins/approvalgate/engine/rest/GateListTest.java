package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Which gates a list has, and in what pages. */
public class GateListTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of(""), Given.environment("production", "any: alice"), Given.environment("staging", "any: bob"));

    private final FakeCaller alice = FakeCaller.of("alice");
    private Api api;

    @Before
    public void begin() {
        api = new Api(disk.keeper, disk.host);
    }

    private List<String> open(int gates, String environment, int firstBuild) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < gates; i++) {
            disk.clock.set(disk.clock.instant().plusSeconds(1));
            ids.add(disk.request(environment, firstBuild + i).id());
        }
        return ids;
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("gates").forEach(row -> ids.add(row.path("id").textValue()));
        return ids;
    }

    /** All ids, page by page. */
    private List<String> all(FakeCaller caller, String query) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(caller, "gates?" + query + cursor).is(200).json();
            ids.addAll(ids(page));
            cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").textValue();
        } while (cursor != null);
        return ids;
    }

    @Test
    public void scope_openMineAndClosed() throws Exception {
        List<String> production = open(3, "production", 1);
        List<String> staging = open(3, "staging", 10);
        disk.keeper.submit(production.get(1), Given.approve("alice"));
        disk.keeper.submit(production.get(0), Given.reject("alice"));
        assertThat(all(alice, "scope=open")).containsExactly(production.get(2), staging.get(0), staging.get(1), staging.get(2));
        assertThat(ids(api.get(alice, "gates").json())).isEqualTo(all(alice, "scope=open"));
        assertThat(all(alice, "scope=mine")).containsExactly(production.get(2));
        assertThat(all(FakeCaller.of("bob"), "scope=mine")).isEqualTo(staging);
        assertThat(all(FakeCaller.of("starter"), "scope=mine")).isEmpty();
        assertThat(all(alice, "scope=closed")).containsExactly(production.get(0), production.get(1));
        JsonNode closed = api.get(alice, "gates?scope=closed").json().path("gates").path(0);
        assertThat(closed.path("status").textValue()).isEqualTo("REJECTED");
        assertThat(closed.path("closedBy").textValue()).isEqualTo("alice");
        assertThat(closed.path("closedReason").textValue()).startsWith("Rejected by alice");
    }

    @Test
    public void scope_unreadableJobsAreInNoList() throws Exception {
        open(2, "production", 1);
        Gate hidden = disk.keeper.request(Given.request("production", "secret/app", 9, Set.of()));
        disk.keeper.submit(hidden.id(), Given.approve("alice"));
        disk.keeper.request(Given.request("production", "secret/app", 10, Set.of()));
        for (String scope : List.of("open", "mine", "closed")) {
            assertThat(all(alice, "limit=1&scope=" + scope)).hasSize(scope.equals("closed") ? 0 : 2);
            assertThat(all(FakeCaller.outsider("alice"), "scope=" + scope)).isEmpty();
        }
        assertThat(all(FakeCaller.auditor(), "scope=open")).hasSize(3);
    }

    @Test
    public void filter_byEnvironmentAndJob() throws Exception {
        List<String> production = open(3, "production", 1);
        List<String> staging = open(2, "staging", 10);
        assertThat(all(alice, "environment=production&limit=2")).isEqualTo(production);
        assertThat(all(alice, "environment=staging")).isEqualTo(staging);
        assertThat(all(alice, "environment=unknown")).isEmpty();
        assertThat(all(alice, "environment=")).hasSize(5);
        assertThat(all(alice, "job=team/app")).hasSize(5);
        assertThat(all(alice, "job=elsewhere")).isEmpty();
        assertThat(all(alice, "job=team/app&environment=staging")).isEqualTo(staging);
    }

    @Test
    public void job_isShownAndFoundByItsNameOfToday() throws Exception {
        Gate gate = disk.keeper.request(Given.request("production", "team/before", 7, Set.of()));
        disk.host.today = request -> request.job().equals("team/before")
                ? request.of("team/after", "job/team/job/after/" + request.build() + "/")
                : request;
        JsonNode row = api.get(alice, "gates?job=after").is(200).json().path("gates").path(0);
        assertThat(row.path("id").textValue()).isEqualTo(gate.id());
        assertThat(row.path("job").textValue()).isEqualTo("team/after");
        assertThat(row.path("buildUrl").textValue()).isEqualTo("job/team/job/after/7/");
        assertThat(api.get(alice, "gates?job=before").json().path("gates")).isEmpty();
    }

    @Test
    public void pages_haveEachGateOnceInOrder() throws Exception {
        List<String> ids = open(25, "production", 1);
        for (int limit : new int[] {1, 2, 7, 24, 25, 26, 200}) {
            assertThat(all(alice, "limit=" + limit)).isEqualTo(ids);
        }
        assertThat(api.get(alice, "gates?limit=25").json().path("next").isNull()).isTrue();
        assertThat(api.get(alice, "gates?limit=24").json().path("next").textValue()).isEqualTo(ids.get(23));
        for (String id : ids) {
            disk.keeper.submit(id, Given.approve("alice"));
        }
        Collections.reverse(ids);
        for (int limit : new int[] {1, 7, 25}) {
            assertThat(all(alice, "scope=closed&limit=" + limit)).isEqualTo(ids);
        }
    }

    @Test
    public void pages_whatComesAndGoesMeanwhileHidesAndRepeatsNothing() throws Exception {
        List<String> before = open(20, "production", 1);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int turn = 0;
        do {
            JsonNode page = api.get(alice, "gates?limit=3" + cursor).json();
            seen.addAll(ids(page));
            cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").textValue();
            // The very one that the cursor stands on goes, and a new one comes.
            disk.keeper.submit(seen.get(seen.size() - 1), Given.approve("alice"));
            if (turn++ < 5) {
                open(1, "production", 100 + turn);
            }
        } while (cursor != null);
        assertThat(seen).doesNotHaveDuplicates().containsAll(before).hasSize(25);
    }

    @Test
    public void pages_ofEndedGatesWhileMoreEnd() throws Exception {
        List<String> ids = open(20, "production", 1);
        for (String id : ids.subList(0, 15)) {
            disk.keeper.submit(id, Given.approve("alice"));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int next = 15;
        do {
            JsonNode page = api.get(alice, "gates?scope=closed&limit=4" + cursor).json();
            seen.addAll(ids(page));
            cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").textValue();
            if (next < 20) {
                disk.keeper.submit(ids.get(next++), Given.approve("alice"));
            }
        } while (cursor != null);
        assertThat(new HashSet<>(seen)).isEqualTo(new HashSet<>(ids.subList(0, 15)));
        assertThat(seen).hasSize(15);
    }

    @Test
    public void badParameters_areRefused() {
        for (String query : List.of(
                "scope=all", "scope=", "scope=OPEN", "limit=0", "limit=-1", "limit=201", "limit=x", "limit=", "limit=1.5",
                "limit=99999999999", "cursor=A", "cursor=../x", "cursor=%00")) {
            api.get(alice, "gates?" + query).is(400, "invalid");
        }
        api.get(alice, "gates?limit=200&cursor=zzzz").is(200);
    }
}
