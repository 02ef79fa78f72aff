package io.jenkins.plugins.approvalgate.host;

import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.markup.EscapedMarkupFormatter;
import hudson.markup.MarkupFormatter;
import hudson.model.User;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.browser.GithubWeb;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.security.UserMayOrMayNotExistException2;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.Change;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.host.origin.GitRepository;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetails;

/** What the engine asks of Jenkins: changes, rendered texts, people. */
public class JenkinsHostTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final JenkinsHost host = new JenkinsHost();

    @Before
    public void settled() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        EnvironmentItem staging = environment("staging", "any", user("alice"));
        staging.setInstructions("Read *this*\nand <b>that</b>");
        configure(staging);
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
        jenkins.jenkins.setMarkupFormatter(new EscapedMarkupFormatter());
    }

    /** Makes stars bold. */
    public static class Stars extends MarkupFormatter {
        @Override
        public void translate(String markup, Writer output) throws IOException {
            output.write(markup.replace("<", "&lt;").replaceAll("\\*(\\w+)\\*", "<b>$1</b>"));
        }
    }

    /** Cannot do anything. */
    public static class Broken extends MarkupFormatter {
        @Override
        public void translate(String markup, Writer output) throws IOException {
            throw new IOException("out of order");
        }
    }

    @Test
    public void rendered_byTheFormatterOfJenkins() throws Exception {
        jenkins.jenkins.setMarkupFormatter(new Stars());
        assertThat(host.rendered("Read *this*, <i>")).contains("Read <b>this</b>, &lt;i>");
        assertThat(host.rendered(" ")).isEmpty();
        start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "developer");
        String address = "approvals/rest/gates/" + openGate().id();
        assertThat(Calls.json(Calls.by(jenkins, "alice").get(address)).path("instructionsHtml").asText())
                .isEqualTo("Read <b>this</b>\nand &lt;b>that&lt;/b>");
    }

    @Test
    public void rendered_plainTextStaysText() {
        assertThat(host.rendered("Read *this*")).isEmpty();
        jenkins.jenkins.setMarkupFormatter(new Broken());
        assertThat(host.rendered("Read *this*")).isEmpty();
    }

    private WorkflowJob scmJob(GitRepository repository, String browser) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsScmFlowDefinition(
                new GitSCM(
                        List.of(new UserRemoteConfig(repository.url(), null, null, null)),
                        List.of(new BranchSpec("main")),
                        new GithubWeb(browser),
                        null,
                        List.of()),
                "Jenkinsfile"));
        ((CpsScmFlowDefinition) job.getDefinition()).setLightweight(false);
        return job;
    }

    private List<Change> changes(WorkflowJob job) throws Exception {
        start(job, "developer");
        Gate gate = openGate();
        List<Change> changes = host.changes(gate);
        Jenkinses.approve(gate, "alice");
        jenkins.waitForCompletion(job.getLastBuild());
        return changes;
    }

    @Test
    public void changes_areThoseSinceTheBuildBefore() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        try {
            GitRepository repository = new GitRepository(folder.newFolder().toPath());
            repository.commit("Jenkinsfile", "approvalGate('staging')");
            WorkflowJob job = scmJob(repository, "https://git.example.com/team/app");
            assertThat(changes(job)).isEmpty();

            repository.git("commit", "--quiet", "--allow-empty",
                    "--message=Train <b>circuit</b> 12\n\nAt length.");
            String id = repository.git("rev-parse", "HEAD");
            assertThat(changes(job)).singleElement().satisfies(change -> {
                assertThat(change.id()).isEqualTo(id);
                assertThat(change.author()).isEqualToIgnoringCase("Test");
                assertThat(change.message()).isEqualTo("Train <b>circuit</b> 12");
                assertThat(change.url()).contains("https://git.example.com/team/app/commit/" + id);
            });

            for (int i = 1; i <= 51; i++) {
                repository.git("commit", "--quiet", "--allow-empty", "--message=Number " + i);
            }
            assertThat(changes(job)).hasSize(50).first().extracting(Change::message).isEqualTo("Number 51");
        } finally {
            GitSCM.ALLOW_LOCAL_CHECKOUT = false;
        }
    }

    @Test
    public void changes_linkToTheWebOnly() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        try {
            GitRepository repository = new GitRepository(folder.newFolder().toPath());
            repository.commit("Jenkinsfile", "approvalGate('staging')");
            WorkflowJob job = scmJob(repository, "file:///etc/");
            changes(job);
            repository.git("commit", "--quiet", "--allow-empty", "--message=Another");
            assertThat(changes(job)).singleElement().satisfies(change -> assertThat(change.url()).isEmpty());
        } finally {
            GitSCM.ALLOW_LOCAL_CHECKOUT = false;
        }
    }

    @Test
    public void people_asTheRealmKnowsThem() throws Exception {
        HudsonPrivateSecurityRealm accounts = new HudsonPrivateSecurityRealm(false, false, null);
        jenkins.jenkins.setSecurityRealm(accounts);
        accounts.createAccount("alice", "alice");
        accounts.createAccount("outsider", "outsider");
        User.getById("committer", true);
        assertThat(host.knows("alice")).isTrue();
        assertThat(host.knows("outsider")).isTrue();
        assertThat(host.knows("committer")).isFalse();
        assertThat(host.knows("nobody")).isFalse();

        pipeline(jenkins.jenkins, "deploy", "");
        Map<List<String>, Boolean> expected = Map.of(
                List.of("alice", "deploy"), true,
                List.of("alice", "destroy"), false,
                List.of("outsider", "deploy"), false,
                List.of("committer", "deploy"), false,
                List.of("nobody", "deploy"), false);
        expected.forEach((row, may) ->
                assertThat(host.mayRead(row.get(0), of(row.get(1)))).as("%s", row).isEqualTo(may));
        assertThat(User.getById("nobody", false)).isNull();
    }

    private static GateRequest of(String job) {
        return Given.request("staging", job, 1, Set.of());
    }

    /** One that cannot look anybody up, as with single sign-on. */
    private static final class Blind extends AbstractPasswordBasedSecurityRealm {
        @Override
        protected UserDetails authenticate2(String username, String password) throws AuthenticationException {
            throw new UserMayOrMayNotExistException2("not here");
        }

        @Override
        public UserDetails loadUserByUsername2(String username) {
            throw new UserMayOrMayNotExistException2(username);
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String groupname, boolean fetchMembers) {
            throw new UserMayOrMayNotExistException2(groupname);
        }
    }

    @Test
    public void people_whereTheRealmCannotSayThoseWhomJenkinsKeeps() throws Exception {
        pipeline(jenkins.jenkins, "deploy", "");
        User.getById("alice", true).save();
        User.getById("committer", true);
        jenkins.jenkins.setSecurityRealm(new Blind());
        assertThat(host.knows("alice")).isTrue();
        assertThat(host.mayRead("alice", of("deploy"))).isTrue();
        assertThat(host.knows("committer")).isFalse();
        assertThat(host.mayRead("committer", of("deploy"))).isFalse();
        assertThat(host.knows("nobody")).isFalse();
    }
}
