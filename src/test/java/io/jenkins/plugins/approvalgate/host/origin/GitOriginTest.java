package io.jenkins.plugins.approvalgate.host.origin;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.model.EnvironmentContributor;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.TaskListener;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.impl.RelativeTargetDirectory;
import hudson.plugins.git.extensions.impl.ScmName;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** Pipeline jobs whose script is in a Git repository: the branch that it was really read from, or none. */
public class GitOriginTest {

    @ClassRule
    public static final JenkinsRule jenkins = Jenkinses.shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static final Optional<Origin.Head> MAIN = Optional.of(new Origin.Head(Origin.Kind.BRANCH, "main"));
    private static final Optional<Origin.Head> FEATURE = Optional.of(new Origin.Head(Origin.Kind.BRANCH, "team/feature"));
    private static final Optional<Origin.Head> TAG = Optional.of(new Origin.Head(Origin.Kind.TAG, "v1"));
    private static final Optional<Origin.Head> UNKNOWN = Optional.empty();

    private GitRepository repository;
    private WorkflowJob job;

    /** The branches main and team/feature and the tag v1, each on a commit of its own. */
    @Before
    public void repository() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        repository = new GitRepository(folder.newFolder().toPath());
        repository.commit("Jenkinsfile", "echo 'of v1'");
        repository.git("tag", "v1");
        repository.commit("Jenkinsfile", "echo 'of main'");
        repository.git("checkout", "--quiet", "-b", "team/feature");
        repository.commit("Jenkinsfile", "echo 'of feature'");
        repository.git("checkout", "--quiet", "main");
        job = jenkins.createProject(WorkflowJob.class);
    }

    @After
    public void forget() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
        job.delete();
    }

    private GitSCM scm(String spec, GitSCMExtension... extensions) {
        return scm(List.of(new UserRemoteConfig(repository.url(), null, null, null)), spec, extensions);
    }

    private static GitSCM scm(List<UserRemoteConfig> remotes, String spec, GitSCMExtension... extensions) {
        return new GitSCM(remotes, List.of(new BranchSpec(spec)), null, null, List.of(extensions));
    }

    private static CpsScmFlowDefinition definition(GitSCM scm, boolean lightweight) {
        CpsScmFlowDefinition definition = new CpsScmFlowDefinition(scm, "Jenkinsfile");
        definition.setLightweight(lightweight);
        return definition;
    }

    private WorkflowRun build(GitSCM scm, boolean lightweight) throws Exception {
        job.setDefinition(definition(scm, lightweight));
        return jenkins.buildAndAssertSuccess(job);
    }

    private void assertHead(String spec, boolean lightweight, String line, Optional<Origin.Head> expected) throws Exception {
        WorkflowRun run = build(scm(spec), lightweight);
        jenkins.assertLogContains(lightweight ? "Obtained Jenkinsfile" : "Checking out git", run);
        jenkins.assertLogContains(line, run);
        assertThat(Origins.of(run).head()).as(spec).isEqualTo(expected);
    }

    @Test
    public void lightweight_theOneRefThatTheSpecifierNames() throws Exception {
        assertHead("*/main", true, "of main", MAIN);
        assertHead("main", true, "of main", MAIN);
        assertHead("refs/heads/main", true, "of main", MAIN);
        assertHead("*/team/feature", true, "of feature", FEATURE);
        assertHead("refs/heads/team/feature", true, "of feature", FEATURE);
        assertHead("refs/tags/v1", true, "of v1", TAG);
    }

    @Test
    public void fullCheckout_theOneBranchThatWasBuilt() throws Exception {
        assertHead("*/main", false, "of main", MAIN);
        assertHead("main", false, "of main", MAIN);
        assertHead("origin/main", false, "of main", MAIN);
        assertHead("refs/heads/main", false, "of main", MAIN);
        assertHead("*/team/*", false, "of feature", FEATURE);
        assertHead(":.*/feature", false, "of feature", FEATURE);
        assertHead("refs/tags/v1", false, "of v1", TAG);
        assertHead(repository.git("rev-parse", "main"), false, "of main", UNKNOWN);
    }

    @Test
    public void specifierWithAParameter_knownOnlyFromWhatWasCheckedOut() throws Exception {
        job.addProperty(new ParametersDefinitionProperty(
                List.<ParameterDefinition>of(new StringParameterDefinition("BRANCH_NAME", "main"))));
        assertHead("refs/heads/${BRANCH_NAME}", true, "of main", UNKNOWN);
        assertHead("*/${BRANCH_NAME}", false, "of main", MAIN);
    }

    @Test
    public void twoBranchesOnOneCommit_isNeither() throws Exception {
        repository.git("branch", "twin", "team/feature");
        assertHead("**", false, "of feature", UNKNOWN);
        assertHead("*/twin", false, "of feature", Optional.of(new Origin.Head(Origin.Kind.BRANCH, "twin")));
    }

    @Test
    public void refspecThatCallsAnotherBranchMain_isNotBelieved() throws Exception {
        UserRemoteConfig liar = new UserRemoteConfig(
                repository.url(), "origin", "+refs/heads/team/feature:refs/remotes/origin/main", null);
        build(scm(List.of(liar), "*/main"), false);
        // The plugin clones all branches under their own names, and keeps to the refspec from the second time on.
        WorkflowRun run = build(scm(List.of(liar), "*/main"), false);
        jenkins.assertLogContains("of feature", run);
        assertThat(Origins.of(run).head()).isEmpty();
    }

    @Test
    public void tagCalledLikeTheRemoteBranch_isNotBelieved() throws Exception {
        repository.git("tag", "origin/main", "team/feature");
        WorkflowRun run = build(scm("main"), false);
        jenkins.assertLogContains("of feature", run);
        assertThat(Origins.of(run).head()).isEmpty();
        assertHead("*/main", false, "of main", MAIN);
    }

    @Test
    public void severalRemotes_noneIsGuessed() throws Exception {
        UserRemoteConfig origin = new UserRemoteConfig(repository.url(), "origin", null, null);
        UserRemoteConfig other = new UserRemoteConfig(repository.url(), "other", null, null);
        WorkflowRun run = build(scm(List.of(origin, other), "origin/main"), false);
        assertThat(Origins.of(run).head()).isEmpty();
        assertThat(Origins.of(run).script()).isEmpty();
    }

    @Test
    public void repositoryInAFolderOfItsOwn_isNotWhereTheScriptIsRead() throws Exception {
        repository.commit("Jenkinsfile", "echo 'of main'\n");
        job.setDefinition(new CpsScmFlowDefinition(scm("*/main", new RelativeTargetDirectory("below")), "below/Jenkinsfile"));
        assertThat(Origins.of(jenkins.buildAndAssertSuccess(job)).head()).isEmpty();
    }

    @Test
    public void whatTheScriptChecksOut_countsForNothing() throws Exception {
        Path other = folder.newFolder().toPath();
        GitRepository templates = new GitRepository(other);
        templates.commit("file", "text");
        repository.git("checkout", "--quiet", "team/feature");
        repository.commit("Jenkinsfile", """
                env.BRANCH_NAME = 'main'
                node {
                    checkout scmGit(branches: [[name: '*/main']], userRemoteConfigs: [[url: '%s']])
                    checkout scmGit(branches: [[name: '*/main']], userRemoteConfigs: [[url: '%s']])
                    checkout scm
                }
                """.formatted(templates.url(), repository.url()));
        for (boolean lightweight : new boolean[] {true, false}) {
            WorkflowRun run = build(scm("*/team/feature"), lightweight);
            assertThat(Origins.of(run).head()).isEqualTo(FEATURE);
            assertThat(Origins.of(run).script()).contains(new Origin.Script(repository.url(), "Jenkinsfile"));
        }
    }

    @Test
    public void whatTheNameOfTheScmSays_isNotItsAddress() throws Exception {
        WorkflowRun run = build(scm("*/main", new ScmName("https://git.example.com/templates")), true);
        assertThat(Origins.of(run).script()).map(Origin.Script::repository).contains(repository.url());
    }

    @Test
    public void addresses_haveNoPassword() {
        GitFacts facts = ExtensionList.lookupSingleton(GitFacts.class);
        Map.of(
                        "https://bot:secret@git.example.com/a.git", "https://git.example.com/a.git",
                        "https://token@git.example.com/a.git", "https://git.example.com/a.git",
                        "ssh://git@git.example.com/a.git", "ssh://git@git.example.com/a.git",
                        "git@git.example.com:a.git", "git@git.example.com:a.git")
                .forEach((url, shown) -> assertThat(
                                facts.address(scm(List.of(new UserRemoteConfig(url, null, null, null)), "main")))
                        .contains(shown));
        assertThat(facts.address(scm(List.of(new UserRemoteConfig("${WHERE}/a.git", null, null, null)), "main")))
                .isEmpty();
    }

    @Test
    public void paths_inOneSpelling() {
        GitSCM scm = scm("main");
        assertThat(ScriptSource.of(scm, "./ci//Jenkinsfile")).map(Origin.Script::path).contains("ci/Jenkinsfile");
        for (String path : List.of("../Jenkinsfile", "ci/../Jenkinsfile", "${CI}/Jenkinsfile", "ci\\Jenkinsfile", "/")) {
            assertThat(ScriptSource.of(scm, path)).as(path).isEmpty();
        }
    }

    @Test
    public void configurationChangedAfterTheBuildBegan_changesNothing() throws Exception {
        WorkflowRun run = build(scm("*/team/feature"), true);
        job.setDefinition(definition(scm("*/main"), true));
        assertThat(Origins.of(run).head()).isEqualTo(FEATURE);
    }

    /** Asked for its variables once Jenkins has begun to read a script. */
    @TestExtension
    public static final class Meddler extends EnvironmentContributor {
        private Runnable meddle = () -> {};

        @Override
        @SuppressWarnings("rawtypes")
        public void buildEnvironmentFor(Run run, EnvVars envs, TaskListener listener) {
            meddle.run();
        }
    }

    @Test
    public void configurationChangedWhileTheScriptIsRead_nothingIsKnown() throws Exception {
        job.setDefinition(definition(scm("*/team/feature"), true));
        CpsScmFlowDefinition main = definition(scm("*/main"), true);
        Meddler meddler = ExtensionList.lookupSingleton(Meddler.class);
        meddler.meddle = () -> job.setDefinition(main);
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        meddler.meddle = () -> {};
        jenkins.assertLogContains("of feature", run);
        assertThat(Origins.of(run).head()).isEmpty();
        assertThat(Origins.of(run).script()).isEmpty();
    }

    @Test
    public void replay_comesFromWhereTheOriginalCameFrom() throws Exception {
        WorkflowRun original = build(scm("*/team/feature"), true);
        job.setDefinition(definition(scm("*/main"), true));
        WorkflowRun replay = (WorkflowRun) jenkins.assertBuildStatusSuccess(
                original.getAction(ReplayAction.class).run("echo 'other'", Map.of()));
        assertThat(Origins.of(replay).head()).isEqualTo(FEATURE);
        assertThat(Origins.of(replay).replayed()).isTrue();
        assertThat(Origins.of(original).replayed()).isFalse();
    }

    @Test
    public void scriptInTheConfiguration_comesFromNowhere() throws Exception {
        job.setDefinition(new CpsFlowDefinition("env.BRANCH_NAME = 'main'; withEnv(['GIT_BRANCH=main']) { echo 'hi' }", true));
        assertThat(Origins.of(jenkins.buildAndAssertSuccess(job)))
                .isEqualTo(new Origin(Optional.empty(), Optional.empty(), List.of(), false));
    }

    @Test
    public void recordInBuildXml_countsAsItWasWritten() throws Exception {
        WorkflowRun run = build(scm("*/team/feature"), true);
        Path xml = run.getRootDir().toPath().resolve("build.xml");
        String text = Files.readString(xml);
        run.reload();
        assertThat(Origins.of(run).head()).isEqualTo(FEATURE);
        Files.writeString(xml, text.replace("<head>team/feature</head>", "<head>main</head>"));
        run.reload();
        assertThat(Origins.of(run)).isEqualTo(Origin.UNKNOWN);
    }

    @Test
    public void scriptThatIsNotThere_isNoOriginOfAnything() throws Exception {
        job.setDefinition(definition(scm("*/absent"), true));
        jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0).get());
        assertThat(Origins.of(job.getLastBuild())).isEqualTo(Origin.UNKNOWN);
    }
}
