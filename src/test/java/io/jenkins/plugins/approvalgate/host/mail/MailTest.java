package io.jenkins.plugins.approvalgate.host.mail;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import hudson.model.Item;
import hudson.model.User;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.tasks.Mailer;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.host.origin.GitRepository;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import jenkins.scm.impl.mock.MockChangeRequestFlags;
import jenkins.scm.impl.mock.MockRepositoryFlags;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Mails of a real Jenkins, by the Mailer plugin's configuration, to a real mail server. */
public class MailTest {

    @ClassRule
    public static final JenkinsRule jenkins = Jenkinses.shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @Before
    public void settle() throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toAuthenticated()
                .grant(Item.READ, Item.BUILD)
                .everywhere()
                .to("developer", "alice", "bob"));
        for (String id : List.of("developer", "alice", "bob", "outsider")) {
            realm.createAccount(id, id);
        }
        server.start();
        Mailer.descriptor().setSmtpHost("127.0.0.1");
        Mailer.descriptor().setSmtpPort(Integer.toString(server.getSmtp().getPort()));
        Mailer.descriptor().setDefaultSuffix("@example.com");
        JenkinsLocationConfiguration.get().setAdminAddress("Jenkins <jenkins@example.com>");
        JenkinsLocationConfiguration.get().setUrl(jenkins.getURL().toString());
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
        for (User user : List.copyOf(User.getAll())) {
            user.delete();
        }
        server.stop();
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
        Mailer.descriptor().setSmtpHost(null);
    }

    /** To whom what was mailed, once there are so many mails. */
    private List<String> told(int number) throws MessagingException {
        await().atMost(PATIENCE).until(() -> server.getReceivedMessages().length >= number);
        List<String> told = new ArrayList<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            told.add(mail.getAllRecipients()[0] + ": " + mail.getSubject());
        }
        return told;
    }

    @Test
    public void pipelineThatAsks_mailsTheApprovers_andThenWhoStartedIt() throws Exception {
        Jenkinses.configure(Jenkinses.environment("prod", "any", Jenkinses.user("alice"), Jenkinses.user("outsider")));
        WorkflowJob job = Jenkinses.pipeline(jenkins.jenkins, "app", "approvalGate 'prod'");
        Jenkinses.start(job, "developer");
        Gate gate = Jenkinses.openGate();

        assertThat(told(1)).containsExactly("alice@example.com: Approval required: prod — app #1");
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getFrom()[0]).hasToString("Jenkins <jenkins@example.com>");
        String page = jenkins.getURL() + "approvals/gates/" + gate.id();
        assertThat(GreenMailUtil.getBody(mail).replace("=\r\n", "")).contains(page);

        Jenkinses.approve(gate, "alice");
        assertThat(told(2)).contains("developer@example.com: Approved: prod — app #1").hasSize(2);
    }

    @Test
    public void addressInTheProfile_isUsed() throws Exception {
        User.getById("alice", false).addProperty(new Mailer.UserProperty("alice@work.example"));
        Jenkinses.configure(Jenkinses.environment("prod", "any", Jenkinses.user("alice")));
        Jenkinses.start(Jenkinses.pipeline(jenkins.jenkins, "app", "approvalGate 'prod'"), "developer");
        assertThat(told(1)).containsExactly("alice@work.example: Approval required: prod — app #1");
    }

    @Test
    public void commits_cannotNameAddresses() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        GitRepository git = new GitRepository(folder.getRoot().toPath());
        git.commit("Jenkinsfile", "if (currentBuild.number > 1) { approvalGate 'prod' }");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
        GitSCM scm = new GitSCM(
                GitSCM.createRepoList(git.url(), null), List.of(new BranchSpec("*/main")), null, null, List.of());
        job.setDefinition(new CpsScmFlowDefinition(scm, "Jenkinsfile"));
        jenkins.buildAndAssertSuccess(job);
        for (String author : List.of("alice", "bob", "outsider", "nobody")) {
            git.git("config", "user.name", author);
            git.git("config", "user.email", author + "@outside.example");
            git.commit(author + ".txt", author);
        }

        Jenkinses.configure(Jenkinses.environment("prod", "any", Jenkinses.user("alice")));
        Jenkinses.start(job, "developer");
        Gate gate = Jenkinses.openGate();
        // As a page that lists the changes does, and so the Git plugin puts the addresses into the profiles.
        await().atMost(PATIENCE).until(() -> job.getLastBuild().getCulprits().size() == 4);
        assertThat(profile("alice")).isEqualTo("alice@outside.example");
        told(1);
        Jenkinses.approve(gate, "alice");

        assertThat(told(3))
                .containsExactlyInAnyOrder(
                        "alice@example.com: Approval required: prod — app #2",
                        "developer@example.com: Approved: prod — app #2",
                        "bob@example.com: Approved: prod — app #2");

        assertThat(new MailerPeople().addressOf("bob")).contains("bob@example.com");
        saveProfile("bob");
        assertThat(new MailerPeople().addressOf("bob")).as("he has seen it and saved it").contains("bob@outside.example");
        assertThat(new MailerPeople().addressOf("nobody")).as("made up by a commit").isEmpty();
    }

    private static String profile(String user) {
        return User.getById(user, false).getProperty(Mailer.UserProperty.class).getExplicitlyConfiguredAddress();
    }

    private static void saveProfile(String user) throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient()) {
            HtmlPage page = web.login(user).goTo("user/" + user + "/account/");
            HtmlForm form = page.getFormByName("config");
            jenkins.submit(form);
        }
    }

    @Test
    public void pullRequestFromOutside_mailsNobodyButTheConfiguredApprovers() throws Exception {
        Jenkinses.configure(Jenkinses.environment("prod", "any", Jenkinses.user("alice")));
        try (MockSCMController scm = MockSCMController.create()) {
            scm.createRepository("app", MockRepositoryFlags.FORKABLE);
            String script = "approvalGate environment: 'prod', message: 'To: victim@outside.example\\r\\nBcc: bob@example.com'";
            scm.addFile("app", "master", "To: bob@example.com", "Jenkinsfile", script.getBytes(StandardCharsets.UTF_8));
            scm.openChangeRequest("app", "master", MockChangeRequestFlags.FORK);
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class);
            project.getSourcesList()
                    .add(new BranchSource(new MockSCMSource(
                            scm, "app", new MockSCMDiscoverChangeRequests(ChangeRequestCheckoutStrategy.HEAD))));
            project.scheduleBuild2(0).getFuture().get();
            Gate gate = Jenkinses.openGate();
            told(1);
            Jenkinses.reject(gate, "alice", "not from outside");
            jenkins.waitUntilNoActivity();
            await().atMost(PATIENCE).until(() -> Jenkinses.now(gate).closed().isPresent());
            // Something after it, so that what would have been sent has been.
            Jenkinses.start(Jenkinses.pipeline(jenkins.jenkins, "other", "approvalGate 'prod'"), "developer");
            Jenkinses.reject(Jenkinses.openGate(), "alice", "no");
            assertThat(told(2))
                    .hasSize(2)
                    .anyMatch(told -> told.startsWith("alice@example.com: Approval required: prod"))
                    .anyMatch(told -> told.startsWith("developer@example.com: Rejected: prod — other #1"));
        }
    }
}
