package io.jenkins.plugins.approvalgate.pages;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.ApprovalGateConfiguration;
import io.jenkins.plugins.approvalgate.config.AuditDatabaseItem;
import io.jenkins.plugins.approvalgate.config.AuditItem;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RealJenkinsRule;

/** The search on a controller whose plugins have class loaders of their own: those of H2, Flyway and PostgreSQL among them. */
public class AuditSearchTest {

    @Rule
    public final RealJenkinsRule controller = new RealJenkinsRule();

    @Test
    public void whatWasDecided_isFound_andAgainAfterTheIndexWasDeleted() throws Throwable {
        controller.then(AuditSearchTest::decide);
        FileUtils.deleteDirectory(new File(controller.getHome(), "approval-gate/index"));
        controller.then(AuditSearchTest::findAgain);
    }

    private static void decide(JenkinsRule jenkins) throws Throwable {
        configure(environment("production", "any", user("alice")));
        WorkflowRun run = pipeline(jenkins.jenkins, "deploy", "approvalGate('production')")
                .scheduleBuild2(0)
                .waitForStart();
        approve(openGate(), "alice");
        jenkins.waitForCompletion(run);
        awaitAll(jenkins);
        awaitTypes(jenkins, "actor=ALICE&environment=production", "closed", "approved");
        assertThat(new File(jenkins.jenkins.getRootDir(), "approval-gate/index/audit.mv.db")).exists();
        databaseThatIsNotThere(jenkins);
    }

    /** PostgreSQL's driver is found, and says why it has no connection; nothing but the search minds. */
    private static void databaseThatIsNotThere(JenkinsRule jenkins) throws Exception {
        ApprovalGateConfiguration configuration = GlobalConfiguration.all().get(ApprovalGateConfiguration.class);
        AuditDatabaseItem database = new AuditDatabaseItem();
        database.setUrl("jdbc:postgresql://127.0.0.1:1/audit");
        AuditItem audit = new AuditItem();
        audit.setDatabase(database);
        configuration.setAudit(audit);
        await().atMost(Jenkinses.PATIENCE)
                .untilAsserted(() -> assertThat(get(jenkins, "audit/index").get("problem").asText()).contains("127.0.0.1:1"));
        assertThat(get(jenkins, "audit/index").get("since").isTextual()).isTrue();
        configuration.setAudit(new AuditItem());
        awaitTypes(jenkins, "type=approved", "approved");
    }

    private static void findAgain(JenkinsRule jenkins) throws Throwable {
        awaitAll(jenkins);
        assertThat(jenkins.createWebClient().goTo("approvals/audit").getWebResponse().getContentAsString())
                .contains("data-page=\"audit\"");
    }

    /** Alice had not opened the review, which is found suspicious. */
    private static void awaitAll(JenkinsRule jenkins) {
        awaitTypes(jenkins, "job=deploy&build=1", "finding", "closed", "approved", "requested");
    }

    private static void awaitTypes(JenkinsRule jenkins, String query, String... types) {
        await().atMost(Jenkinses.PATIENCE).untilAsserted(() -> {
            List<String> found = new ArrayList<>();
            get(jenkins, "audit?" + query).path("events").forEach(event -> found.add(event.get("type").asText()));
            assertThat(found).containsSubsequence(types).hasSize(types.length);
        });
    }

    private static JsonNode get(JenkinsRule jenkins, String address) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        return new ObjectMapper()
                .readTree(client.goTo("approvals/rest/" + address, "application/json").getWebResponse().getContentAsString());
    }
}
