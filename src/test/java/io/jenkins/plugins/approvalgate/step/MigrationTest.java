package io.jenkins.plugins.approvalgate.step;

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

import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What docs/migration.md makes of others' settings and pipelines, on a Jenkins. That it makes just these is tried elsewhere. */
public class MigrationTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(MigrationTest.class.getResource("/io/jenkins/plugins/approvalgate/migrate/complete.yaml").toURI())
                .getParent();
    }

    @Test
    public void environments_areTakenAsCode() throws Exception {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
                ConfigurationAsCode.get().configure(file.toString());
                configuration().settings().environments().forEach(environment -> names.add(environment.name()));
            }
        }
        assertThat(names)
                .containsExactly("asked elsewhere", "production", "hostile: \"yes\" - no", "staging", "Data - nightly", "nobody asked");
    }

    @Test
    public void instructions_areThoseOfTheSource() throws Exception {
        ConfigurationAsCode.get().configure(folder().resolve("complete.yaml").toString());
        assertThat(configuration().settings().environments().get(0).instructions())
                .isEqualTo("Review the deployment plan.\nIs ${plan} what was agreed?");
    }

    @Test
    public void scriptedPipeline_runs() throws Exception {
        assertThat(gatesOf("scripted.gate.groovy")).hasSize(8).contains("two\nlines", "it's, well, \"fine\"?", "Go (really)?");
    }

    @Test
    public void declarativePipeline_runs() throws Exception {
        assertThat(gatesOf("declarative.gate.groovy")).containsExactly("Deploy?");
    }

    /** The messages of the gates at which the pipeline waits, each approved in turn until it ends well. */
    private static List<String> gatesOf(String script) throws Exception {
        configure(environment("production-deployment", "any", user("alice")));
        List<String> messages = new ArrayList<>();
        WorkflowRun build = start(pipeline(jenkins.jenkins, "deploy", read(script)), "developer");
        int expected = read(script).split("approvalGate").length - 1;
        for (int i = 0; i < expected; i++) {
            Gate gate = openGate();
            messages.add(gate.request().message());
            approve(gate, "alice");
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        return messages;
    }

    private static String read(String script) throws IOException, URISyntaxException {
        return Files.readString(folder().resolve("input").resolve(script));
    }
}
