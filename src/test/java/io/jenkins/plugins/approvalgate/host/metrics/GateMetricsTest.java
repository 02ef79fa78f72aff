package io.jenkins.plugins.approvalgate.host.metrics;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGates;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import jenkins.metrics.api.Metrics;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** The figures that the Metrics plugin is given, also of gates that were open before a start. */
public class GateMetricsTest {

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private static int gauge(String name) {
        return (Integer) Metrics.metricRegistry().getGauges().get("approvalGate." + name).getValue();
    }

    private static long decisions() {
        return Metrics.metricRegistry().getTimers().get("approvalGate.decisions").getCount();
    }

    @Test
    public void openOverdueAndDecided_areCounted() throws Throwable {
        sessions.then(jenkins -> {
            settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
            EnvironmentItem urgent = environment("urgent", "any", user("alice"));
            urgent.setSla("1s");
            configure(environment("staging", "any", user("alice")), urgent);
            WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "parallel a: { approvalGate 'staging' }, b: { approvalGate 'urgent' }");
            job.scheduleBuild2(0).waitForStart();
            openGates(2);
            assertThat(gauge("gates.open")).isEqualTo(2);
            await().atMost(PATIENCE).until(() -> gauge("gates.overdue") == 1);
        });
        sessions.then(jenkins -> {
            assertThat(openGates(2)).hasSize(2);
            assertThat(gauge("gates.open")).isEqualTo(2);
            assertThat(gauge("gates.overdue")).isEqualTo(1);
            assertThat(decisions()).isZero();
            for (Gate gate : openGates(2)) {
                approve(gate, "alice");
            }
            await().atMost(PATIENCE).until(() -> gauge("gates.open") == 0 && decisions() == 2);
            assertThat(gauge("gates.overdue")).isZero();
        });
    }
}
