package io.jenkins.plugins.approvalgate.host;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.model.Result;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.engine.OtherProcess;
import io.jenkins.plugins.approvalgate.engine.TwoProcessesTest;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.HudsonHomeLoader;
import org.jvnet.hudson.test.JenkinsRule;

/** Another process has the journal when Jenkins starts: Jenkins is there, no gate opens, and everybody is told why. */
public class HomeInUseTest {

    private static final String REFUSED = "in use by another process: end that one first";

    private OtherProcess other;

    /** In a home that the other process was first to open. */
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule().with(() -> {
        File home = HudsonHomeLoader.NEW.allocate();
        other = OtherProcess.start(TwoProcessesTest.Opening.class, new File(home, "approval-gate"));
        assertThat(other.await(said -> !said.isEmpty())).containsExactly("open with 0");
        return home;
    });

    private Map<String, byte[]> before;

    @Before
    public void begin() throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        before = journal();
    }

    @After
    public void end() {
        other.close();
    }

    private Map<String, byte[]> journal() throws Exception {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(jenkins.jenkins.getRootDir().toPath().resolve("approval-gate/journal"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                content.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }

    @Test
    public void jenkinsIsUp_everyGateIsShut_andEverybodyIsToldWhy() throws Exception {
        assertThat(jenkins.jenkins.getInitLevel()).isEqualTo(InitMilestone.COMPLETED);
        assertThat(ApprovalGates.get().keeper()).isEmpty();
        JournalMonitor monitor = ExtensionList.lookupSingleton(JournalMonitor.class);
        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getWhyShut()).contains(REFUSED);
        assertThat(Calls.by(jenkins, "admin").get("manage/").body()).contains("Every approval gate is shut", REFUSED);

        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE, pipeline(jenkins.jenkins, "deploy", "approvalGate('production') { echo 'got in' }"));
        jenkins.assertLogContains("approvalGate: The approval gates are shut", build);
        jenkins.assertLogContains(REFUSED, build);
        jenkins.assertLogNotContains("got in", build);

        assertThatThrownBy(() -> configuration().setEnvironments(List.of(environment("production", "any", user("alice")))))
                .hasStackTraceContaining(REFUSED);
        assertThat(journal()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    public void restAnswers503_toEverybody_inItsOwnForm() throws Exception {
        for (String who : List.of("admin", "alice", "anonymous")) {
            HttpResponse<String> answer = Calls.by(jenkins, who).get("approvals/rest/gates");
            assertThat(answer.statusCode()).as(who).isEqualTo(who.equals("anonymous") ? 403 : 503);
        }
        HttpResponse<String> answer = Calls.by(jenkins, "alice").post("approvals/rest/gates/g/approve", "{}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Calls.json(answer).path("error").path("code").asText()).isEqualTo("unavailable");
        assertThat(answer.body()).contains("see Manage Jenkins").doesNotContain(jenkins.jenkins.getRootDir().getPath());
        assertThat(Calls.by(jenkins, "anonymous").post("approval-gate-callback/t0ken", "{}").statusCode()).isEqualTo(503);
        assertThat(Calls.by(jenkins, "alice").get("login").statusCode()).as("Jenkins' own pages").isEqualTo(200);
    }
}
