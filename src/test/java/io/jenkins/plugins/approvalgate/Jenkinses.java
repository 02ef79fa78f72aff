package io.jenkins.plugins.approvalgate;

import static org.awaitility.Awaitility.await;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.approvalgate.config.ApprovalGateConfiguration;
import io.jenkins.plugins.approvalgate.config.ApproverGroupItem;
import io.jenkins.plugins.approvalgate.config.ApproverItem;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What tests on a real Jenkins share: its people, its environments, its pipelines. */
public final class Jenkinses {

    /** Long enough for a machine that is busy with other things. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private Jenkinses() {}

    /** A Jenkins for all the tests of a class together, and its time limit too. */
    public static JenkinsRule shared() {
        JenkinsRule jenkins = new JenkinsRule();
        jenkins.timeout = (int) Duration.ofMinutes(15).toSeconds();
        return jenkins;
    }

    /**
     * Everybody may read and build, but for {@code outsider}; {@code admin} administers, {@code gate-admin} configures
     * environments, {@code auditor} views the audit. Any password is the user's name.
     */
    public static void settle(Jenkins jenkins, JenkinsRule.DummySecurityRealm realm) {
        jenkins.setSecurityRealm(realm);
        jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("outsider")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("developer", "alice", "bob", "carol", "gate-admin", "auditor")
                .grant(ApprovalPermissions.CONFIGURE)
                .everywhere()
                .to("gate-admin")
                .grant(ApprovalPermissions.VIEW_AUDIT)
                .everywhere()
                .to("auditor"));
    }

    /** The one configuration of this Jenkins. */
    public static ApprovalGateConfiguration configuration() {
        return GlobalConfiguration.all().getInstance(ApprovalGateConfiguration.class);
    }

    public static void configure(EnvironmentItem... environments) {
        configuration().setEnvironments(Arrays.asList(environments));
    }

    public static void configure(ApproverGroupItem group) {
        configuration().setApproverGroups(List.of(group));
    }

    public static EnvironmentItem environment(String name, String order, ApproverItem... approvers) {
        EnvironmentItem item = new EnvironmentItem(name);
        item.setOrder(order);
        item.setApprovers(Arrays.asList(approvers));
        return item;
    }

    public static ApproverItem user(String id) {
        ApproverItem item = new ApproverItem();
        item.setUser(id);
        return item;
    }

    public static ApproverItem group(String name, int required) {
        ApproverItem item = new ApproverItem();
        item.setGroup(name);
        item.setRequired(required);
        return item;
    }

    public static ApproverGroupItem groupOf(String name, String... members) {
        ApproverGroupItem item = new ApproverGroupItem(name);
        item.setMembers(Arrays.asList(members));
        return item;
    }

    /** A pipeline job with this script, in the sandbox. */
    public static WorkflowJob pipeline(Jenkins jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** A build that {@code user} started, and that has begun. */
    public static WorkflowRun start(WorkflowJob job, String user) throws Exception {
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            return job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause())).waitForStart();
        }
    }

    public static GateKeeper keeper() {
        return ApprovalGates.get().keeper().orElseThrow();
    }

    /** The one open gate, once there is one. */
    public static Gate openGate() {
        return openGates(1).iterator().next();
    }

    /** The open gates, once there are so many. */
    public static Collection<Gate> openGates(int count) {
        await().atMost(PATIENCE).until(() -> keeper().open().size() == count);
        return keeper().open();
    }

    /** The gate as it is now. */
    public static Gate now(Gate gate) throws Refusal {
        return keeper().find(gate.id()).orElseThrow();
    }

    /** How the gate ended, once it has. */
    public static GateEvent.Closed ended(Gate gate) {
        return await().atMost(PATIENCE).until(() -> now(gate).closed(), Optional::isPresent).orElseThrow();
    }

    /** Deletes all jobs, and so calls off all gates: for tests that share a Jenkins. */
    public static void clear(Jenkins jenkins) throws Exception {
        for (TopLevelItem item : jenkins.getItems()) {
            item.delete();
        }
        openGates(0);
    }

    public static Gate approve(Gate gate, String user) throws Refusal {
        return keeper().submit(gate.id(), new Command.Approve(user, "", List.of(), Map.of()));
    }

    public static Gate reject(Gate gate, String user, String comment) throws Refusal {
        return keeper().submit(gate.id(), new Command.Reject(user, comment));
    }
}
