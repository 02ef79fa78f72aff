package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.example.incidents.NoOpenIncidentCheck;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The check of another plugin that {@code docs/extending.md} shows. */
public class OwnCheckTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Before
    public void configured() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        EnvironmentItem item = environment("production", "any", user("alice"));
        item.setChecks(List.of(new NoOpenIncidentCheck("payments")));
        configure(item);
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static List<CheckSpec> checks() {
        return configuration().settings().environments().get(0).checks();
    }

    @Test
    public void docs_showThisVeryClass() throws Exception {
        String own = "org/example/incidents/NoOpenIncidentCheck";
        assertThat(Files.readString(Path.of("docs/extending.md")))
                .contains("```java\n" + Files.readString(Path.of("src/test/java/" + own + ".java")) + "```")
                .contains("```xml\n" + Files.readString(Path.of("src/test/resources/" + own + "/config.jelly")) + "```");
    }

    @Test
    public void form_showsAndKeepsIt() throws Exception {
        List<CheckSpec> before = checks();
        assertThat(before).containsExactly(new CheckSpec("noOpenIncident", Map.of("service", "payments")));
        JenkinsRule.WebClient admin = jenkins.createWebClient().login("gate-admin");
        assertThat(admin.goTo("manage/approval-gate/").asNormalizedText()).contains("No open incident");
        jenkins.submit(admin.goTo("manage/approval-gate/").getFormByName("config"));
        assertThat(checks()).isEqualTo(before);
    }

    @Test
    public void form_offersItAfterOurs() {
        assertThat(CheckItems.offered()).extracting(ApprovalCheckDescriptor::getKind).last().isEqualTo("noOpenIncident");
    }

    @Test
    public void whatItRefusesIsRefused() throws Exception {
        EnvironmentItem item = environment("production", "any", user("alice"));
        item.setChecks(List.of(EveryCheck.waitTimer(), new NoOpenIncidentCheck("Pay Ments")));
        assertThatThrownBy(() -> configure(item))
                .hasMessage("environment \"production\": checks[1]: noOpenIncident: service: \"Pay Ments\" is no name of a"
                        + " service: write it as payments");
        String field = "descriptorByName/" + NoOpenIncidentCheck.class.getName() + "/checkService?value=Pay+Ments";
        assertThat(Calls.by(jenkins, "gate-admin").send("POST", field, "", "").body()).contains("is no name of a service");
    }

    @Test
    public void gate_waitsForIt() throws Exception {
        Path incident = jenkins.jenkins.getRootDir().toPath().resolve("incidents").resolve("payments");
        Files.createDirectories(incident.getParent());
        Files.writeString(incident, "");
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('production')"), "developer");
        Gate gate = openGate();
        Calls admin = Calls.by(jenkins, "gate-admin");
        String address = "approvals/rest/gates/" + gate.id();
        await().atMost(Jenkinses.PATIENCE).until(() -> admin.get(address).body().contains("payments has an open incident"));
        approve(gate, "alice");
        assertThat(build.isBuilding()).isTrue();

        Files.delete(incident);
        await().atMost(Jenkinses.PATIENCE).until(() -> !build.isBuilding());
        jenkins.assertBuildStatusSuccess(build);
    }
}
