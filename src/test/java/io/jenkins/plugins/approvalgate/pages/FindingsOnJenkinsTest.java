package io.jenkins.plugins.approvalgate.pages;

import static io.jenkins.plugins.approvalgate.Calls.json;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.group;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What people do on a real Jenkins is noted, and what is suspicious in it is found. */
public class FindingsOnJenkinsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private static int jobs;
    private Gate gate;

    @Before
    public void waiting() throws Exception {
        realm("alice");
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("developer", "alice", "bob", "keyholder", "mallory")
                .grant(Jenkins.READ, ApprovalPermissions.VIEW_AUDIT)
                .everywhere()
                .to("auditor")
                .grant(ApprovalPermissions.BYPASS)
                .everywhere()
                .to("keyholder"));
        configure(environment("production", "unanimous", group("team", 1), user("bob")));
        ask("developer");
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    /** A realm in which these people are in the group {@code team}. */
    private static void realm(String... team) {
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        for (String member : team) {
            realm.addGroups(member, "team");
        }
        jenkins.jenkins.setSecurityRealm(realm);
    }

    private void ask(String starter) throws Exception {
        start(pipeline(jenkins.jenkins, "deploy-" + ++jobs, "approvalGate('production')"), starter);
        gate = openGate();
    }

    private int post(String person, String action, String body) throws Exception {
        return Calls.by(jenkins, person).post("approvals/rest/gates/" + gate.id() + "/" + action, body).statusCode();
    }

    private static JsonNode audit(String query) throws Exception {
        return json(Calls.by(jenkins, "auditor").get("approvals/rest/audit" + query));
    }

    private List<String> found() throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode finding : audit("/findings").path("findings")) {
            if (finding.path("evidence").findValuesAsText("gate").contains(gate.id())) {
                found.add(finding.path("kind").asText() + " " + finding.path("about"));
            }
        }
        return found;
    }

    private void awaitFound(String... findings) {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(found()).contains(findings));
    }

    @Test
    public void refusedAndReviewed_areOnRecord() throws Exception {
        assertThat(Calls.by(jenkins, "bob").get("approvals/rest/gates/" + gate.id()).statusCode()).isEqualTo(200);
        assertThat(Calls.by(jenkins, "mallory").get("approvals/rest/gates/" + gate.id()).statusCode()).isEqualTo(200);
        assertThat(post("mallory", "approve", "{}")).isEqualTo(403);
        assertThat(post("developer", "approve", "{}")).isEqualTo(403);
        assertThat(post("mallory", "bypass", "{\"reason\": \"x\"}")).isEqualTo(403);
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(actors("refused")).containsExactlyInAnyOrder("mallory", "developer", "mallory");
            assertThat(actors("reviewed")).containsExactly("bob");
        });
        awaitFound("SELF_APPROVAL_REFUSED [\"developer\"]");
        assertThat(Jenkinses.now(gate).history()).hasSize(1);
    }

    private List<String> actors(String type) throws Exception {
        List<String> actors = new ArrayList<>();
        for (JsonNode event : audit("?type=" + type).path("events")) {
            if (event.path("gate").asText().equals(gate.id())) {
                actors.add(event.path("actor").asText());
            }
        }
        return actors;
    }

    @Test
    public void leftTheGroupBetweenDecisionAndOpening_isFound() throws Exception {
        assertThat(post("alice", "approve", "{\"comment\": \"fine\"}")).isEqualTo(200);
        realm();
        assertThat(post("bob", "approve", "{\"comment\": \"fine\"}")).isEqualTo(200);
        awaitFound("RUBBER_STAMP [\"alice\"]", "RUBBER_STAMP [\"bob\"]", "LEFT_GROUP [\"alice\"]");
        assertThat(found()).doesNotContain("LEFT_GROUP [\"bob\"]");
    }

    @Test
    public void repeatedBypass_isFound() throws Exception {
        assertThat(post("keyholder", "bypass", "{\"reason\": \"incident 7\"}")).isEqualTo(200);
        ask("developer");
        assertThat(post("keyholder", "bypass", "{\"reason\": \"incident 8\"}")).isEqualTo(200);
        awaitFound("REPEATED_BYPASS [\"keyholder\"]");
    }

    @Test
    public void pagesAndApi_areForThoseWhoMayViewTheAudit() throws Exception {
        for (String page : List.of("findings", "charts")) {
            String html = Calls.by(jenkins, "auditor").get("approvals/" + page + "/").body();
            assertThat(html).contains("data-page=\"" + page + "\"");
        }
        for (String address : List.of("findings", "figures")) {
            assertThat(Calls.by(jenkins, "auditor").get("approvals/rest/audit/" + address).statusCode()).isEqualTo(200);
            assertThat(Calls.by(jenkins, "bob").get("approvals/rest/audit/" + address).statusCode()).isEqualTo(403);
        }
    }
}
