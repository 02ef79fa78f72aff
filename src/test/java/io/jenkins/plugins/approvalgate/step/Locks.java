package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Builds that take turns at {@code production}, which alice approves. What keeps a build busy behind that gate is another
 * one, {@code busy}: it has no lock, and a build goes on when alice approves it.
 */
final class Locks {

    private Locks() {}

    static void set(JenkinsRule jenkins, String mode) {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configureProduction(mode);
    }

    /** The same without users and permissions. */
    static void configureProduction(String mode) {
        EnvironmentItem production = environment("production", "any", user("alice"));
        production.setLock(mode);
        configure(production, environment("busy", "any", user("alice")));
    }

    /** The gate at which the build waits, once it does. */
    static Gate gateOf(WorkflowRun run, String environment) {
        return await().atMost(PATIENCE)
                .until(
                        () -> keeper().open().stream()
                                .filter(gate -> gate.request().environment().equals(environment)
                                        && gate.request().buildUrl().equals(run.getUrl()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Approves the build at {@code production}, and waits until it is busy behind that gate. */
    static Gate pass(WorkflowRun run) throws Exception {
        Gate gate = approve(gateOf(run, "production"), "alice");
        gateOf(run, "busy");
        awaitHolder(gate);
        return gate;
    }

    /** Lets a busy build go on. */
    static void goOn(WorkflowRun run) throws Exception {
        approve(gateOf(run, "busy"), "alice");
    }

    static void awaitHolder(Gate gate) {
        await().atMost(PATIENCE)
                .until(() -> keeper().lockHolder("production").map(Gate::id).equals(Optional.of(gate.id())));
    }

    /** How the gate gave its lock back, once it has. */
    static GateEvent.Released released(Gate gate) {
        return await().atMost(PATIENCE)
                .until(
                        () -> now(gate).history().stream()
                                .map(Recorded::event)
                                .filter(GateEvent.Released.class::isInstance)
                                .map(GateEvent.Released.class::cast)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
