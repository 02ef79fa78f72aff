package io.jenkins.plugins.approvalgate;

import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.michelin.cio.hudson.plugins.rolestrategy.AuthorizationType;
import com.michelin.cio.hudson.plugins.rolestrategy.PermissionEntry;
import com.michelin.cio.hudson.plugins.rolestrategy.Role;
import com.michelin.cio.hudson.plugins.rolestrategy.RoleBasedAuthorizationStrategy;
import com.michelin.cio.hudson.plugins.rolestrategy.RoleMap;
import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import io.jenkins.plugins.pipelinegraphview.utils.PipelineStep;
import io.jenkins.plugins.pipelinegraphview.utils.PipelineStepApi;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import net.sf.json.JsonConfig;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Other plugins that many have, as far as no test of their own subject has them: see {@code docs/works-with.md}. */
public class WorksWithTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Before
    public void settleDown() {
        Jenkinses.settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("staging", "any", user("alice"), user("bob")));
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static void role(SortedMap<Role, Set<PermissionEntry>> roles, String name, String pattern, Set<Permission> permissions, String... users) {
        roles.put(
                new Role(name, Pattern.compile(pattern), permissions, ""),
                Arrays.stream(users).map(user -> new PermissionEntry(AuthorizationType.USER, user)).collect(Collectors.toSet()));
    }

    @Test
    public void roleStrategy_itemRolesSayWhoSees_andGlobalRolesWhoBypasses() throws Exception {
        SortedMap<Role, Set<PermissionEntry>> global = new TreeMap<>();
        role(global, "all", ".*", Set.of(Jenkins.READ), "alice", "bob", "carol", "gate-admin", "auditor");
        role(global, "configures", ".*", Set.of(ApprovalPermissions.CONFIGURE), "gate-admin");
        role(global, "passes", ".*", Set.of(ApprovalPermissions.BYPASS), "carol");
        role(global, "audits", ".*", Set.of(ApprovalPermissions.VIEW_AUDIT), "auditor");
        SortedMap<Role, Set<PermissionEntry>> items = new TreeMap<>();
        role(items, "deploys", "deploy.*", Set.of(Item.READ), "alice", "carol");
        jenkins.jenkins.setAuthorizationStrategy(new RoleBasedAuthorizationStrategy(Map.of(
                RoleBasedAuthorizationStrategy.GLOBAL, new RoleMap(global),
                RoleBasedAuthorizationStrategy.PROJECT, new RoleMap(items))));
        WorkflowRun run = pipeline(jenkins.jenkins, "deploy-app", "approvalGate 'staging'").scheduleBuild2(0).waitForStart();
        String gate = "approvals/rest/gates/" + openGate().id();

        // An approver of the policy whose roles let them not see the job cannot decide; one who sees it can.
        assertThat(Calls.by(jenkins, "bob").post(gate + "/approve", "{}").statusCode()).isEqualTo(404);
        assertThat(Calls.by(jenkins, "carol").post(gate + "/approve", "{}").statusCode()).isEqualTo(403);
        assertThat(Calls.by(jenkins, "alice").post(gate + "/bypass", "{\"reason\":\"It burns.\"}").statusCode()).isEqualTo(403);
        assertThat(Calls.by(jenkins, "carol").post(gate + "/bypass", "{\"reason\":\"It burns.\"}").statusCode()).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        WorkflowRun second = run.getParent().scheduleBuild2(0).waitForStart();
        assertThat(Calls.by(jenkins, "alice").post("approvals/rest/gates/" + openGate().id() + "/approve", "{}").statusCode())
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
        assertThat(Calls.by(jenkins, "gate-admin").get("manage/approval-gate/").statusCode()).isEqualTo(200);
        assertThat(Calls.by(jenkins, "auditor").get("approvals/rest/audit").statusCode()).isEqualTo(200);
        assertThat(Calls.by(jenkins, "alice").get("approvals/rest/audit").statusCode()).isEqualTo(403);
    }

    /** As the view asks for them: {@code job/deploy/1/stages/} with the steps of all stages. */
    private static List<String> states(WorkflowRun run, String title) {
        return new PipelineStepApi(run).getAllSteps().steps.stream()
                .map(step -> JSONObject.fromObject(step, CONFIG))
                .filter(step -> step.getString("name").contains(title) || step.getString("title").contains(title))
                .map(step -> step.getString("state"))
                .toList();
    }

    private static final JsonConfig CONFIG = new JsonConfig();

    static {
        PipelineStep.PipelineStepJsonProcessor.configure(CONFIG);
    }

    @Test
    public void pipelineGraphView_showsTheStepThatWaitsAsPaused_andAsDoneAfterwards() throws Exception {
        WorkflowRun run = pipeline(
                        jenkins.jenkins, "deploy", "stage('Build') { echo 'built' }\nstage('Deploy') { approvalGate 'staging' }")
                .scheduleBuild2(0)
                .waitForStart();
        Gate gate = openGate();
        String title = "Wait for the approval of an environment";
        await().atMost(Jenkinses.PATIENCE).until(() -> states(run, title), List.of("paused")::equals);
        Jenkinses.approve(gate, "alice");
        jenkins.waitForCompletion(run);
        assertThat(states(run, title)).containsExactly("success");
    }
}
