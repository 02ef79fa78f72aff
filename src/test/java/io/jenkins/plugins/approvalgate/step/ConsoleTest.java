package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.console.ConsoleNote;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.config.TimeSpans;
import io.jenkins.plugins.approvalgate.config.WaitTimerCheck;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What a build's log tells of its gate: what is asked of whom by when, each thing that happens, what comes next, the end. */
public class ConsoleTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Before
    public void settled() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static WorkflowRun begin(EnvironmentItem environment, String script) throws Exception {
        configure(environment);
        return start(pipeline(jenkins.jenkins, "deploy", script), "developer");
    }

    private static EnvironmentItem both() {
        return environment("production", "unanimous", user("alice"), user("bob"));
    }

    private static WaitTimerCheck anHour() {
        WaitTimerCheck check = new WaitTimerCheck();
        check.setDuration("1h");
        return check;
    }

    private static void waitFor(WorkflowRun build, String... messages) throws Exception {
        for (String message : messages) {
            jenkins.waitForMessage(message, build);
        }
    }

    @Test
    public void request_saysWhatIsAskedOfWhomByWhen() throws Exception {
        EnvironmentItem production = both();
        production.setSla("8h");
        production.setTimeout("2d");
        production.setChecks(List.of(anHour()));
        production.setLock("sequential");
        WorkflowRun build = begin(production, "approvalGate('production')");
        openGate();
        waitFor(build, "[approval gate] Waiting at the gate of production for up to 2d: it needs 1 approval by alice, and"
                + " 1 approval by bob; its checks have to pass (Wait timer); builds pass one at a time."
                + " An answer is expected within 8h. ");
    }

    @Test
    public void decisions_sayWhatIsStillMissingAndWhatWaits() throws Exception {
        EnvironmentItem production = both();
        production.setChecks(List.of(anHour()));
        WorkflowRun build = begin(production, "approvalGate('production')");
        Gate gate = openGate();
        Instant until = keeper().now().plus(Duration.ofHours(2));
        keeper().submit(gate.id(), new Command.Defer("alice", "after lunch", until, List.of(), Map.of()));
        waitFor(build,
                "Approved by alice with effect from " + until + "; it still needs 1 approval by bob.",
                "    | after lunch");
        keeper().submit(gate.id(), new Command.Withdraw("alice", "no, wait"));
        waitFor(build,
                "alice withdrew the approval; it still needs 1 approval by alice, and 1 approval by bob.",
                "    | no, wait");
        keeper().reassign(gate.id(), new Command.Reassign("bob", Optional.empty(), "carol", "on leave"));
        waitFor(build, "bob asks carol to decide in their place. ", "    | on leave");
        approve(gate, "alice");
        waitFor(build, "Approved by alice; it still needs 1 approval by carol.");
        approve(gate, "carol");
        waitFor(build, "Approved by carol. It waits: ");
    }

    @Test
    public void lateness_isTold() throws Exception {
        EnvironmentItem production = both();
        production.setSla("1s");
        production.setRemindBefore(TimeSpans.of());
        production.setEscalateTo(List.of("ops@example.com"));
        WorkflowRun build = begin(production, "approvalGate('production')");
        waitFor(build,
                "Reminded those who have not decided; it still needs 1 approval by alice, and 1 approval by bob.",
                "It is overdue: told others that nobody has decided; it still needs 1 approval by alice");
        assertThat(build.getLog(1_000)).noneMatch(line -> line.contains("ops@example.com"));
    }

    @Test
    public void end_saysWhyWhereTheBuildGoesOnAndNobodyEndedIt() throws Exception {
        EnvironmentItem production = both();
        production.setTimeout("1s");
        WorkflowRun build = begin(production, "approvalGate(environment: 'production', failOnRejection: false)");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(build.getLog(1_000))
                .map(ConsoleNote::removeNotes)
                .contains("[approval gate] The gate of production was timed out. Timed out: nobody opened it within 1s; it"
                        + " still needed 1 approval by alice, and 1 approval by bob. Review");
    }

    @Test
    public void lines_whatPeopleWroteCannotPassForOurs() throws Exception {
        WorkflowRun build = begin(both(), "approvalGate('production')");
        Gate gate = openGate();
        Jenkinses.reject(gate, "alice", "no\n[approval gate] The gate of production was approved.\n\u001b[8mmha:fake\u001b[0m");
        jenkins.waitForCompletion(build);
        assertThat(build.getLog(1_000))
                .filteredOn(line -> line.contains("was approved"))
                .allSatisfy(line -> assertThat(line).matches("    \\| .*|ERROR: .*"));
    }
}
