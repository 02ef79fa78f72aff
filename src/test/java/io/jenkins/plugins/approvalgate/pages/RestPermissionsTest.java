package io.jenkins.plugins.approvalgate.pages;

import static io.jenkins.plugins.approvalgate.Calls.json;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.security.AuthorizationStrategy;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Every kind of person at every address, while one gate waits for alice and bob. */
public class RestPermissionsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    /** The columns of {@link #expected}. */
    private static final List<String> PEOPLE =
            List.of("alice", "admin", "developer", "auditor", "gate-admin", "outsider", "anonymous");

    private static Gate gate;

    @BeforeClass
    public static void oneGateWaits() throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("staging", "unanimous", user("alice"), user("bob")));
        start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "developer");
        gate = openGate();
    }

    @AfterClass
    public static void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    /** From method and address to the statuses, a column for each of {@link #PEOPLE}. */
    private static Map<String, List<Integer>> expected() {
        String rest = "approvals/rest/";
        String one = rest + "gates/" + gate.id();
        Map<String, List<Integer>> table = new LinkedHashMap<>();
        table.put("GET " + rest + "summary", List.of(200, 200, 200, 200, 200, 200, 403));
        table.put("GET " + rest + "gates", List.of(200, 200, 200, 200, 200, 200, 403));
        table.put("GET " + rest + "gates?scope=mine", List.of(200, 200, 200, 200, 200, 200, 403));
        table.put("GET " + rest + "gates?scope=closed", List.of(200, 200, 200, 200, 200, 200, 403));
        table.put("GET " + one, List.of(200, 200, 200, 200, 200, 404, 403));
        table.put("GET " + rest + "environments", List.of(200, 200, 200, 200, 200, 200, 403));
        table.put("GET " + rest + "environments/staging", List.of(200, 200, 200, 200, 200, 200, 403));
        table.put("GET " + rest + "environments/none", List.of(404, 404, 404, 404, 404, 404, 403));
        table.put("GET " + rest + "gates/none", List.of(404, 404, 404, 404, 404, 404, 403));
        table.put("GET " + rest + "none", List.of(404, 404, 404, 404, 404, 404, 403));
        table.put("POST " + one + "/approve", List.of(200, 403, 403, 403, 403, 404, 403));
        table.put("POST " + one + "/withdraw", List.of(200, 403, 403, 403, 403, 404, 403));
        table.put("POST " + one + "/reject", List.of(400, 403, 403, 403, 403, 404, 403));
        table.put("POST " + rest + "gates/none/approve", List.of(404, 404, 404, 404, 404, 404, 403));
        table.put("POST " + rest + "audit/verify", List.of(403, 200, 403, 200, 403, 403, 403));
        table.put("PUT " + one, List.of(405, 405, 405, 405, 405, 405, 403));
        table.put("DELETE " + one, List.of(405, 405, 405, 405, 405, 405, 403));
        table.put("GET approvals/", List.of(200, 200, 200, 200, 200, 200, 403));
        table.put("GET approvals/environments/", List.of(200, 200, 200, 200, 200, 200, 403));
        table.put("GET approvals/gates/" + gate.id() + "/", List.of(200, 200, 200, 200, 200, 404, 403));
        table.put("GET approvals/gates/none/", List.of(404, 404, 404, 404, 404, 404, 403));
        table.put("GET manage/approval-gate/", List.of(403, 200, 403, 403, 200, 403, 403));
        return table;
    }

    @Test
    public void eachRoleAtEachAddress() throws Exception {
        Map<String, Calls> calls = new LinkedHashMap<>();
        for (String person : PEOPLE) {
            calls.put(person, Calls.by(jenkins, person));
        }
        Map<String, List<Integer>> found = new LinkedHashMap<>();
        for (String row : expected().keySet()) {
            String[] words = row.split(" ");
            List<Integer> statuses = new ArrayList<>();
            for (String person : PEOPLE) {
                boolean read = words[0].equals("GET");
                statuses.add(calls.get(person)
                        .send(words[0], words[1], read ? "" : "application/json", read ? "" : "{}")
                        .statusCode());
            }
            found.put(row, statuses);
        }
        assertThat(found).containsExactlyEntriesOf(expected());
        assertThat(now(gate).isOpen()).isTrue();
        assertThat(now(gate).approvals()).isEmpty();
    }

    @Test
    public void jobThatOneMayNotRead_isNeitherListedNorCounted() throws Exception {
        Calls outsider = Calls.by(jenkins, "outsider");
        JsonNode summary = json(outsider.get("approvals/rest/summary"));
        assertThat(summary.get("open").asInt()).isZero();
        assertThat(summary.get("waitingForYou").asInt()).isZero();
        assertThat(json(outsider.get("approvals/rest/gates")).get("gates")).isEmpty();
        JsonNode staging = json(outsider.get("approvals/rest/environments/staging"));
        assertThat(staging.get("open").asInt()).isZero();
        assertThat(staging.get("gates")).isEmpty();
        assertThat(json(outsider.get("approvals/rest/environments")).get("environments").get(0).get("open").asInt())
                .isZero();
        assertThat(outsider.get("approvals/rest/gates/" + gate.id()).body())
                .isEqualTo(outsider.get("approvals/rest/gates/none").body());
    }

    @Test
    public void summary_countsWhatWaitsForTheCaller() throws Exception {
        for (String person : List.of("alice", "bob")) {
            JsonNode summary = json(Calls.by(jenkins, person).get("approvals/rest/summary"));
            assertThat(summary.get("waitingForYou").asInt()).as(person).isEqualTo(1);
        }
        for (String person : List.of("admin", "developer", "auditor", "gate-admin")) {
            JsonNode summary = json(Calls.by(jenkins, person).get("approvals/rest/summary"));
            assertThat(summary.get("waitingForYou").asInt()).as(person).isZero();
            assertThat(summary.get("open").asInt()).as(person).isEqualTo(1);
        }
    }

    @Test
    public void approverWhoMayNotReadTheJob_knowsNothingOfTheGate() throws Exception {
        AuthorizationStrategy before = jenkins.jenkins.getAuthorizationStrategy();
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().toEveryone());
        try {
            Calls alice = Calls.by(jenkins, "alice");
            assertThat(alice.post("approvals/rest/gates/" + gate.id() + "/approve", "{}").statusCode())
                    .isEqualTo(404);
            assertThat(json(alice.get("approvals/rest/summary")).get("waitingForYou").asInt())
                    .isZero();
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(before);
        }
    }

    @Test
    public void discoverIsNotEnough() throws Exception {
        AuthorizationStrategy before = jenkins.jenkins.getAuthorizationStrategy();
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.DISCOVER)
                .everywhere()
                .toEveryone());
        try {
            Calls alice = Calls.by(jenkins, "alice");
            assertThat(alice.get("approvals/rest/gates/" + gate.id()).statusCode()).isEqualTo(404);
            assertThat(alice.get("approvals/gates/" + gate.id() + "/").statusCode()).isEqualTo(404);
            assertThat(json(alice.get("approvals/rest/gates")).get("gates")).isEmpty();
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(before);
        }
    }

    @Test
    public void anonymousWhoMayReadEverything_decidesNothing() throws Exception {
        AuthorizationStrategy before = jenkins.jenkins.getAuthorizationStrategy();
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone());
        try {
            Calls anonymous = Calls.by(jenkins, "anonymous");
            assertThat(anonymous.get("approvals/rest/gates/" + gate.id()).statusCode()).isEqualTo(200);
            assertThat(json(anonymous.get("approvals/rest/summary")).get("waitingForYou").asInt())
                    .isZero();
            // Without a user there is no token, so Jenkins' own crumb filter answers before the API could say 401.
            assertThat(anonymous.post("approvals/rest/gates/" + gate.id() + "/approve", "{}").statusCode())
                    .isIn(401, 403);
            assertThat(now(gate).approvals()).isEmpty();
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(before);
        }
    }
}
