package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.clear;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.ApprovalCheck;
import io.jenkins.plugins.approvalgate.config.BranchControlCheck;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.config.RequiredTemplateCheck;
import io.jenkins.plugins.approvalgate.config.Texts;
import io.jenkins.plugins.approvalgate.host.origin.GitRepository;
import java.util.List;
import java.util.Map;
import jenkins.plugins.git.GitSCMSource;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.FolderLibraries;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.SCMSourceRetriever;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** What the checks of where a build comes from make of real builds. */
public class OriginChecksTest {

    @ClassRule
    public static final JenkinsRule jenkins = Jenkinses.shared();

    private static final String GATE = "approvalGate 'production'";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void settled() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
    }

    @After
    public void forget() throws Exception {
        clear(jenkins.jenkins);
        GlobalLibraries.get().setLibraries(List.of());
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    private static void production(ApprovalCheck check) {
        EnvironmentItem item = environment("production", "any", user("alice"));
        item.setChecks(List.of(check));
        configure(item);
    }

    private static BranchControlCheck onlyMain() {
        BranchControlCheck check = new BranchControlCheck();
        check.setAllowed(Texts.of("main"));
        return check;
    }

    private static RequiredTemplateCheck library() {
        RequiredTemplateCheck check = new RequiredTemplateCheck();
        check.setLibrary("deploy");
        check.setVersion("main");
        return check;
    }

    private GitRepository repository(String path, String text) throws Exception {
        GitRepository repository = new GitRepository(folder.newFolder().toPath());
        repository.commit(path, text);
        return repository;
    }

    private static WorkflowJob fromScm(GitRepository repository, String branch) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        CpsScmFlowDefinition definition = new CpsScmFlowDefinition(
                new GitSCM(
                        List.of(new UserRemoteConfig(repository.url(), null, null, null)),
                        List.of(new BranchSpec(branch)),
                        null,
                        null,
                        List.of()),
                "Jenkinsfile");
        definition.setLightweight(true);
        job.setDefinition(definition);
        return job;
    }

    private static void assertRefused(WorkflowRun run, String why) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains(why, run);
    }

    private static void assertWaits(WorkflowRun run) {
        assertThat(openGate().request().buildUrl()).isEqualTo(run.getUrl());
    }

    private static WorkflowRun start(WorkflowJob job) throws Exception {
        return Jenkinses.start(job, "developer");
    }

    @Test
    public void branchControl_takesTheBranchOfTheScript() throws Exception {
        production(onlyMain());
        GitRepository repository = repository("Jenkinsfile", GATE);
        assertWaits(start(fromScm(repository, "*/main")));
    }

    @Test
    public void branchControl_noScriptCanSayOfItselfThatItIsMain() throws Exception {
        production(onlyMain());
        GitRepository repository = repository("Jenkinsfile", GATE);
        repository.git("checkout", "--quiet", "-b", "feature");
        repository.commit("Jenkinsfile", """
                properties([parameters([string(name: 'BRANCH_NAME', defaultValue: 'main')])])
                env.BRANCH_NAME = 'main'
                env.GIT_BRANCH = 'origin/main'
                withEnv(['BRANCH_NAME=main', 'GIT_BRANCH=origin/main', 'GIT_LOCAL_BRANCH=main']) {
                    node { git url: '%s', branch: 'main' }
                    approvalGate 'production'
                }
                """.formatted(repository.url()));
        WorkflowJob job = fromScm(repository, "*/feature");
        assertRefused(start(job), "Branch control: Branch feature is not allowed here");
        assertRefused(start(job), "Branch control: Branch feature is not allowed here");
        WorkflowJob pasted = jenkins.createProject(WorkflowJob.class);
        pasted.setDefinition(new CpsFlowDefinition("env.BRANCH_NAME = 'main'\n" + GATE, true));
        assertRefused(start(pasted), "Branch control: ");
    }

    @Test
    public void branchControl_configurationChangedBeforeTheGate_countsAsItWas() throws Exception {
        GitRepository repository = repository("Jenkinsfile", GATE);
        repository.git("checkout", "--quiet", "-b", "feature");
        repository.commit("Jenkinsfile", "approvalGate 'before'\napprovalGate 'production'");
        EnvironmentItem production = environment("production", "any", user("alice"));
        production.setChecks(List.of(onlyMain()));
        configure(production, environment("before", "any", user("alice")));
        WorkflowJob job = fromScm(repository, "*/feature");
        WorkflowRun run = start(job);
        Locks.gateOf(run, "before");
        job.setDefinition(fromScm(repository, "*/main").getDefinition());
        Jenkinses.approve(openGate(), "alice");
        assertRefused(run, "Branch control: Branch feature is not allowed here");
    }

    private static LibraryConfiguration library(GitRepository repository) {
        LibraryConfiguration library =
                new LibraryConfiguration("deploy", new SCMSourceRetriever(new GitSCMSource(repository.url())));
        library.setDefaultVersion("main");
        return library;
    }

    private static WorkflowRun withScript(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return start(job);
    }

    @Test
    public void requiredTemplate_theAdministratorsLibraryWillDo() throws Exception {
        production(library());
        GitRepository library = repository("vars/deployment.groovy", "def call() { approvalGate 'production' }");
        library.git("branch", "experiment");
        GlobalLibraries.get().setLibraries(List.of(library(library)));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        WorkflowRun run = withScript(job, "@Library('deploy') _\ndeployment()");
        assertWaits(run);
        run.getExecutor().interrupt();
        jenkins.waitForCompletion(run);
        assertRefused(
                withScript(job, "@Library('deploy@experiment') _\ndeployment()"),
                "The build loaded library deploy in version experiment");
        assertRefused(withScript(job, GATE), "The build has to load library deploy");
    }

    @Test
    public void requiredTemplate_aLibraryOfTheSameNameFromElsewhereWillNot() throws Exception {
        production(library());
        GitRepository library = repository("vars/deployment.groovy", "def call() { approvalGate 'production' }");
        Folder team = jenkins.createProject(Folder.class);
        team.getProperties().add(new FolderLibraries(List.of(library(library))));
        WorkflowJob inFolder = team.createProject(WorkflowJob.class, "deploy");
        String untrusted = "The build loaded a library deploy of its own choice";
        assertRefused(withScript(inFolder, "@Library('deploy') _\ndeployment()"), untrusted);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        assertRefused(
                withScript(
                        job,
                        """
                        library identifier: 'deploy@main', retriever: modernSCM([$class: 'GitSCMSource', remote: '%s'])
                        deployment()
                        """.formatted(library.url())),
                untrusted);
    }

    @Test
    public void requiredTemplate_replayIsRefused() throws Exception {
        GitRepository repository = repository("Jenkinsfile", GATE);
        RequiredTemplateCheck check = new RequiredTemplateCheck();
        check.setRepository(repository.url());
        check.setPath("Jenkinsfile");
        production(check);
        WorkflowRun original = start(fromScm(repository, "*/main"));
        assertWaits(original);
        Jenkinses.approve(openGate(), "alice");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(original));
        ReplayAction action = original.getAction(ReplayAction.class);
        WorkflowRun replay = (WorkflowRun) action.run("echo 'other'\n" + GATE, Map.of()).get();
        assertRefused(replay, "The build is a replay");
        check.setAllowReplay(true);
        production(check);
        action.run("echo 'other'\n" + GATE, Map.of()).waitForStart();
        openGate();
    }

    @Test
    public void requiredTemplate_anotherRepositoryOrPathIsRefused() throws Exception {
        GitRepository repository = repository("Jenkinsfile", GATE);
        RequiredTemplateCheck check = new RequiredTemplateCheck();
        check.setRepository("https://git.example.com/templates.git");
        check.setPath("ci/*");
        production(check);
        WorkflowRun run = start(fromScm(repository, "*/main"));
        assertRefused(run, "Required template: The pipeline's script comes from");
        jenkins.assertLogContains("The pipeline's script is Jenkinsfile: it has to be ci/*.", run);
    }
}
