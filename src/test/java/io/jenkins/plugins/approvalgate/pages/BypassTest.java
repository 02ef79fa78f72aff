package io.jenkins.plugins.approvalgate.pages;

import static io.jenkins.plugins.approvalgate.Calls.json;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.ended;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import java.net.http.HttpResponse;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Opening a gate past its people and checks takes a permission that comes with no other. */
public class BypassTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private WorkflowRun build;
    private Gate gate;

    @Before
    public void waiting() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("developer", "alice", "keyholder", "gate-admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("outsider")
                .grant(ApprovalPermissions.CONFIGURE, ApprovalPermissions.VIEW_AUDIT)
                .everywhere()
                .to("gate-admin")
                .grant(ApprovalPermissions.BYPASS)
                .everywhere()
                .to("keyholder", "outsider"));
        configure(environment("production", "unanimous", user("alice"), user("bob")));
        build = start(pipeline(jenkins.jenkins, "deploy", "echo \"was ${approvalGate('production')}\""), "developer");
        gate = openGate();
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private HttpResponse<String> bypass(String person, String body) throws Exception {
        return Calls.by(jenkins, person).post("approvals/rest/gates/" + gate.id() + "/bypass", body);
    }

    private static final String REASON = "{\"reason\": \"incident 7\"}";

    @Test
    public void permission_isImpliedByNothing() {
        assertThat(ApprovalPermissions.BYPASS.impliedBy).isNull();
        assertThat(Permission.getAll()).noneMatch(other -> other.impliedBy == ApprovalPermissions.BYPASS);
        assertThat(ApprovalPermissions.BYPASS.getEnabled()).isTrue();
    }

    @Test
    public void withoutIt_nobodyPassesNotEvenAdministrators() throws Exception {
        for (String person : new String[] {"admin", "gate-admin", "developer", "alice"}) {
            HttpResponse<String> answer = bypass(person, REASON);
            assertThat(answer.statusCode()).as(person).isEqualTo(403);
            assertThat(json(answer).path("error").path("message").asText()).as(person).isNotBlank();
            assertThat(you(person).path("canBypass").asBoolean()).as(person).isFalse();
        }
        assertThat(bypass("anonymous", REASON).statusCode()).isIn(401, 403);
        assertThat(Jenkinses.now(gate).history()).hasSize(1);
    }

    private JsonNode you(String person) throws Exception {
        return json(Calls.by(jenkins, person).get("approvals/rest/gates/" + gate.id())).path("you");
    }

    @Test
    public void administrators_areNoApproversByThat() throws Exception {
        for (String action : new String[] {"approve", "reject"}) {
            HttpResponse<String> answer = Calls.by(jenkins, "admin")
                    .post("approvals/rest/gates/" + gate.id() + "/" + action, "{\"comment\": \"I rule\"}");
            assertThat(answer.statusCode()).as(action).isEqualTo(403);
        }
        assertThat(you("admin").path("canDecide").asBoolean()).isFalse();
        assertThat(Jenkinses.now(gate).history()).hasSize(1);
    }

    @Test
    public void withIt_theGateOpensAndTheReasonIsKept() throws Exception {
        assertThat(you("keyholder").path("canBypass").asBoolean()).isTrue();
        assertThat(you("keyholder").path("canDecide").asBoolean()).isFalse();
        assertThat(bypass("keyholder", "{\"reason\": \" \"}").statusCode()).isEqualTo(400);
        assertThat(bypass("keyholder", "{}").statusCode()).isEqualTo(400);
        assertThat(Jenkinses.now(gate).isOpen()).isTrue();

        HttpResponse<String> answer = bypass("keyholder", REASON);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(ended(gate).outcome()).isEqualTo(Outcome.BYPASSED);
        assertThat(ended(gate).actor()).contains("keyholder");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("was BYPASSED", build);
        jenkins.assertLogContains("keyholder waived its approvals and checks", build);
        jenkins.assertLogContains("    | incident 7", build);
        assertThat(bypass("keyholder", REASON).statusCode()).isEqualTo(409);
    }

    @Test
    public void withIt_aJobThatOneMayNotReadHasNoGate() throws Exception {
        assertThat(bypass("outsider", REASON).statusCode()).isEqualTo(404);
        assertThat(Jenkinses.now(gate).isOpen()).isTrue();
    }
}
