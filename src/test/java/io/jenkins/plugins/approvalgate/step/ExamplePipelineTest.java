package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.reject;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMHead;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** The declarative pipeline and the four environments of {@code examples/}, on a real Jenkins. */
public class ExamplePipelineTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private MockSCMController repositories;

    @Before
    public void fourGates() throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        // Whenever this test runs has to be within business hours.
        configure("days: \"MON-SUN\", from: \"00:00\", to: \"24:00\"");
        repositories = MockSCMController.create();
    }

    private void configure(String hours) throws Exception {
        String yaml = Files.readString(Path.of("examples/jenkins.yaml"));
        String office = "days: \"MON-FRI\", from: \"09:00\", to: \"17:00\"";
        assertThat(yaml).contains(office);
        Path file = folder.getRoot().toPath().resolve("jenkins.yaml");
        Files.writeString(file, yaml.replace(office, hours));
        ConfigurationAsCode.get().configure(file.toString());
        assertThat(configuration().settings().environments()).hasSize(4);
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
        repositories.close();
    }

    /** The first build of {@code branch}, the only one of its repository. */
    private WorkflowRun run(String branch) throws Exception {
        repositories.createRepository("mlops");
        repositories.createBranch("mlops", branch);
        repositories.addFile(
                "mlops", branch, "Pipeline", "Jenkinsfile", Files.readAllBytes(Path.of("examples/Jenkinsfile")));
        repositories.deleteBranch("mlops", "master");
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "mlops");
        project.getSourcesList()
                .add(new BranchSource(new MockSCMSource(repositories, "mlops", new MockSCMDiscoverBranches())));
        project.scheduleBuild2(0).getFuture().get();
        WorkflowJob job = project.getAllItems(WorkflowJob.class).iterator().next();
        assertThat(SCMHead.HeadByItem.findHead(job).getName()).isEqualTo(branch);
        await().atMost(PATIENCE).until(() -> job.getLastBuild() != null);
        return job.getLastBuild();
    }

    private static Gate gateOf(String environment, String stage) {
        Gate gate = openGate();
        assertThat(gate.request().environment()).isEqualTo(environment);
        assertThat(gate.request().stage()).contains(stage);
        assertThat(gate.request().metrics()).containsEntry("accuracy", "0.94");
        return gate;
    }

    private static void assertSucceeds(WorkflowRun build, String lastWords) throws Exception {
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains(lastWords, build);
        jenkins.assertLogNotContains("holds an executor", build);
    }

    @Test
    public void develop_oneMlEngineerPromotesToTheRegistry() throws Exception {
        WorkflowRun build = run("develop");
        approve(gateOf("registry-promotion", "PromoteToRegistry"), "ml-engineer-2");
        assertSucceeds(build, "Registering the models");
    }

    @Test
    public void release_testAndThenQualityAssuranceInSequence() throws Exception {
        WorkflowRun build = run("release/1.0");
        approve(gateOf("test-deployment", "DeployToTest"), "qa-lead");
        jenkins.waitForMessage("Waiting at the gate of qa-signoff", build);
        Gate signOff = gateOf("qa-signoff", "QASignOff");
        assertThatThrownBy(() -> approve(signOff, "product-owner")).hasMessageContaining("not your turn yet");
        approve(signOff, "qa-engineer-1");
        approve(signOff, "product-owner");
        assertSucceeds(build, "Marking the release as signed off");
    }

    @Test
    public void main_everybodyHasToApprove() throws Exception {
        WorkflowRun build = run("main");
        Gate gate = gateOf("production-deployment", "DeployToProduction");
        for (String person : List.of("product-owner", "security-1", "engineering-manager")) {
            assertThat(Jenkinses.now(gate).isOpen()).as(person).isTrue();
            approve(gate, person);
        }
        assertSucceeds(build, "Deploying to production");
    }

    @Test
    public void main_outsideBusinessHoursItWaitsForThem() throws Exception {
        String day = ZonedDateTime.now(ZoneId.of("America/New_York")).plusDays(3).getDayOfWeek().name().substring(0, 3);
        configure("days: \"" + day + "\", from: \"09:00\", to: \"17:00\"");
        WorkflowRun build = run("main");
        Gate gate = gateOf("production-deployment", "DeployToProduction");
        for (String person : List.of("product-owner", "security-1", "engineering-manager")) {
            approve(gate, person);
        }
        assertThat(Jenkinses.now(gate).tally().complete()).isTrue();
        assertThat(Jenkinses.keeper().conditions(Jenkinses.now(gate)).obstacles(Jenkinses.now(gate)))
                .extracting(Conditions.Obstacle::kind)
                .containsExactly("businessHours");
        jenkins.assertLogContains("Outside business hours", build);
    }

    @Test
    public void otherBranch_isRefusedWithTheReason() throws Exception {
        WorkflowRun build = run("feature/x");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("Branch feature/x is not allowed here: registry-promotion takes develop only.", build);
        jenkins.assertLogNotContains("Registering the models", build);
    }

    @Test
    public void main_oneRejectionStopsTheDeployment() throws Exception {
        WorkflowRun build = run("main");
        Gate gate = gateOf("production-deployment", "DeployToProduction");
        approve(gate, "product-owner");
        reject(gate, "security-1", "CVE in a library.");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("Rejected by security-1: CVE in a library.", build);
        jenkins.assertLogNotContains("Deploying to production", build);
    }

    @Test
    public void declarative_theResultCanBeUsedInAScriptBlock() throws Exception {
        Jenkinses.configure(environment("free", "any", user("qa-lead")));
        WorkflowRun build = pipeline(jenkins.jenkins, "declarative", """
                pipeline {
                    agent none
                    stages {
                        stage('Ask') {
                            steps {
                                script {
                                    def gate = approvalGate environment: 'free', failOnRejection: false
                                    env.OUTCOME = gate.outcome
                                }
                            }
                        }
                        stage('Tell') {
                            when { environment name: 'OUTCOME', value: 'REJECTED' }
                            steps { echo "It was ${env.OUTCOME}." }
                        }
                    }
                }
                """).scheduleBuild2(0).waitForStart();
        Gate gate = openGate();
        assertThat(gate.request().stage()).contains("Ask");
        reject(gate, "qa-lead", "Not now.");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains("It was REJECTED.", build);
    }

    @Test
    public void declarative_theStepStandsAloneInAStage() throws Exception {
        Jenkinses.configure(environment("free", "any", user("qa-lead")));
        WorkflowRun build = pipeline(jenkins.jenkins, "declarative", """
                pipeline {
                    agent none
                    stages {
                        stage('Deploy') {
                            steps { approvalGate('free') }
                            post {
                                success { echo 'passed' }
                                failure { echo 'stopped' }
                            }
                        }
                    }
                }
                """).scheduleBuild2(0).waitForStart();
        reject(openGate(), "qa-lead", "Not now.");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("stopped", build);
    }
}
