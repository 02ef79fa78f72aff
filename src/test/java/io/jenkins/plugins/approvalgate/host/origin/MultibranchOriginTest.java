package io.jenkins.plugins.approvalgate.host.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitRefSCMHead;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import jenkins.scm.api.mixin.ChangeRequestSCMHead2;
import jenkins.scm.api.mixin.TagSCMHead;
import jenkins.scm.impl.mock.MockChangeRequestFlags;
import jenkins.scm.impl.mock.MockRepositoryFlags;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMDiscoverTags;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowBranchProjectFactory;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Branches, pull requests and tags of a multibranch project, by what the project found and not by what they are called. */
public class MultibranchOriginTest {

    @ClassRule
    public static final JenkinsRule jenkins = Jenkinses.shared();

    private MockSCMController scm;
    private WorkflowMultiBranchProject project;

    @Before
    public void repository() throws Exception {
        scm = MockSCMController.create();
        scm.createRepository("app", MockRepositoryFlags.FORKABLE);
        write("master", "env.BRANCH_NAME = 'main'; withEnv(['BRANCH_NAME=main', 'CHANGE_ID=']) { echo env.BRANCH_NAME }");
    }

    @After
    public void forget() throws Exception {
        if (project != null) {
            project.delete();
        }
        scm.close();
    }

    private void write(String branch, String script) throws Exception {
        scm.addFile("app", branch, "Change", "ci/Jenkinsfile", script.getBytes(StandardCharsets.UTF_8));
    }

    /** The last build of the job for {@code head}, once all that the project found has been built. */
    private WorkflowRun build(String head) throws Exception {
        if (project == null) {
            project = jenkins.createProject(WorkflowMultiBranchProject.class);
            SCMSource source = new MockSCMSource(
                    scm,
                    "app",
                    new MockSCMDiscoverBranches(),
                    new MockSCMDiscoverTags(),
                    new MockSCMDiscoverChangeRequests(ChangeRequestCheckoutStrategy.HEAD));
            project.getSourcesList().add(new BranchSource(source));
            WorkflowBranchProjectFactory factory = new WorkflowBranchProjectFactory();
            factory.setScriptPath("ci/Jenkinsfile");
            project.setProjectFactory(factory);
            project.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();
        }
        WorkflowJob job = project.getItem(head);
        assertThat(job).as("job for " + head).isNotNull();
        if (job.getLastBuild() == null) {
            jenkins.buildAndAssertSuccess(job);
        }
        return job.getLastBuild();
    }

    private static Origin.Head head(WorkflowRun run) {
        return Origins.of(run).head().orElseThrow();
    }

    @Test
    public void branch_isKnownWithItsScript() throws Exception {
        scm.cloneBranch("app", "master", "release/1");
        Origin origin = Origins.of(build("release%2F1"));
        assertThat(origin.head()).contains(new Origin.Head(Origin.Kind.BRANCH, "release/1"));
        assertThat(origin.script()).map(Origin.Script::path).contains("ci/Jenkinsfile");
        assertThat(origin.replayed()).isFalse();
    }

    @Test
    public void whatTheScriptSaysItsBranchIs_countsForNothing() throws Exception {
        WorkflowRun run = build("master");
        jenkins.assertLogContains("main", run);
        assertThat(head(run)).isEqualTo(new Origin.Head(Origin.Kind.BRANCH, "master"));
    }

    @Test
    public void pullRequestAndTag_areNoBranches() throws Exception {
        int request = scm.openChangeRequest("app", "master");
        scm.createTag("app", "master", "v1.0");
        assertThat(head(build("CR-" + request))).isEqualTo(new Origin.Head(Origin.Kind.PULL_REQUEST, "CR-" + request));
        assertThat(head(build("v1.0"))).isEqualTo(new Origin.Head(Origin.Kind.TAG, "v1.0"));
    }

    @Test
    public void pullRequestFromAFork_hasNoScriptThatCouldBeTheRepositorys() throws Exception {
        int own = scm.openChangeRequest("app", "master");
        int fork = scm.openChangeRequest("app", "master", MockChangeRequestFlags.FORK);
        assertThat(Origins.of(build("CR-" + own)).script()).isPresent();
        assertThat(Origins.of(build("CR-" + fork)).head())
                .contains(new Origin.Head(Origin.Kind.PULL_REQUEST, "CR-" + fork));
        assertThat(Origins.of(build("CR-" + fork)).script()).isEmpty();
    }

    @Test
    public void replay_isOneForGood() throws Exception {
        WorkflowRun original = build("master");
        WorkflowRun replay = replay(original, "echo 'other'");
        assertThat(Origins.of(replay).replayed()).isTrue();
        assertThat(head(replay)).isEqualTo(head(original));
        WorkflowRun again = replay(replay, "echo 'another'");
        assertThat(Origins.of(again).replayed()).isTrue();
        assertThat(Origins.of(again).script()).isEqualTo(Origins.of(original).script());
        assertThat(Origins.of(original).replayed()).isFalse();
    }

    private static WorkflowRun replay(WorkflowRun original, String script) throws Exception {
        return (WorkflowRun) jenkins.assertBuildStatusSuccess(
                original.getAction(ReplayAction.class).run(script, Map.of()));
    }

    @Test
    public void projectsScriptPathChangedWithoutReachingTheBranch_theBranchsOwnCounts() throws Exception {
        build("master");
        WorkflowBranchProjectFactory factory = new WorkflowBranchProjectFactory();
        factory.setScriptPath("approved/Jenkinsfile");
        project.setProjectFactory(factory);
        WorkflowJob job = project.getItem("master");
        assertThat(Origins.of(jenkins.buildAndAssertSuccess(job)).script())
                .map(Origin.Script::path)
                .contains("ci/Jenkinsfile");
    }

    private static class Named extends SCMHead {
        private Named(String name) {
            super(name);
        }
    }

    private static final class ForkedMain extends Named implements ChangeRequestSCMHead2 {
        private ForkedMain() {
            super("main");
        }

        @Override
        public SCMHeadOrigin getOrigin() {
            return new SCMHeadOrigin.Fork("somebody");
        }

        @Override
        public ChangeRequestCheckoutStrategy getCheckoutStrategy() {
            return ChangeRequestCheckoutStrategy.HEAD;
        }

        @Override
        public String getOriginName() {
            return "main";
        }

        @Override
        public String getId() {
            return "7";
        }

        @Override
        public SCMHead getTarget() {
            return new Named("main");
        }
    }

    private static final class TagMain extends Named implements TagSCMHead {
        private TagMain() {
            super("main");
        }

        @Override
        public long getTimestamp() {
            return 0;
        }
    }

    @Test
    public void headsCalledMain_areWhatTheyAre() {
        assertThat(Heads.of(new Named("main"))).contains(new Origin.Head(Origin.Kind.BRANCH, "main"));
        assertThat(Heads.of(new ForkedMain())).contains(new Origin.Head(Origin.Kind.PULL_REQUEST, "main"));
        assertThat(Heads.of(new TagMain())).contains(new Origin.Head(Origin.Kind.TAG, "main"));
        assertThat(Heads.of(new GitRefSCMHead("main", "refs/changes/1/main"))).isEqualTo(Optional.empty());
    }
}
