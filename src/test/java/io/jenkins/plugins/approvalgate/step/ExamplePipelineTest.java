package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.reject;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The declarative pipeline and the four environments of {@code examples/}, on a real Jenkins. */
public class ExamplePipelineTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Before
    public void fourGates() throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        ConfigurationAsCode.get().configure("examples/jenkins.yaml");
        assertThat(configuration().settings().environments()).hasSize(4);
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static WorkflowRun run(String branch) throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "mlops", Files.readString(Path.of("examples/Jenkinsfile")));
        // Declarative adds its parameters only while the first build runs.
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("BRANCH", "develop")));
        return job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("BRANCH", branch)))
                .waitForStart();
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
        WorkflowRun build = pipeline(jenkins.jenkins, "declarative", """
                pipeline {
                    agent none
                    stages {
                        stage('Ask') {
                            steps {
                                script {
                                    def gate = approvalGate environment: 'test-deployment', failOnRejection: false
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
        WorkflowRun build = pipeline(jenkins.jenkins, "declarative", """
                pipeline {
                    agent none
                    stages {
                        stage('Deploy') {
                            steps { approvalGate('test-deployment') }
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
