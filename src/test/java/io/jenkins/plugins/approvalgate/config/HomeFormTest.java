package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.group;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.approvalgate.build.GateRecords;
import io.jenkins.plugins.approvalgate.engine.Pinned;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.recipes.LocalData;

/**
 * The home of a Jenkins as 1.0 left it: all that is configured, a build that passed its gate, and one that waits at its gate,
 * with its program. Every later version has to go on from there; see {@link Pinned}. The one that waits times out in 2036.
 */
public class HomeFormTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private static final Path HOME =
            Path.of("src/test/resources/io/jenkins/plugins/approvalgate/config/HomeFormTest/homeOfTheFirstVersion_isReadAndGoesOn");

    private static final Pattern VERSIONS = Pattern.compile(" plugin=\"[^\"]*\"");
    private static final String RECORDS = GateRecords.class.getName();

    /** Everything that can be configured, and none of it what would be meant anyway. */
    private static EnvironmentItem full() {
        EnvironmentItem item = environment("production", "unanimous", user("alice"), group("ops", 2));
        item.getApprovers().get(1).setNotify(List.of("ops@example.com"));
        item.setDescription("Final approval");
        item.setMinimumApprovals(1);
        item.setRequesterMayApprove(true);
        item.setCommentRequired(true);
        item.setReassignTo("approvers");
        item.setTimeout("7d");
        item.setSla("48h");
        item.setRemindBefore(TimeSpans.parse("8h, 1h"));
        item.setEscalateTo(List.of("lead@example.com", "duty@example.com"));
        item.setEscalateAfter("2h");
        item.setInstructions("Look first.\nThen decide.");
        item.setChecklist(List.of("Tests passed", "Security looked"));
        item.setChecks(EveryCheck.full());
        item.setLock("newestOnly");
        AdministratorItem administrator = new AdministratorItem();
        administrator.setGroup("leads");
        item.setAdministrators(List.of(administrator));
        return item;
    }

    private static EnvironmentItem patient() {
        EnvironmentItem item = environment("staging", "any", user("alice"), user("bob"));
        item.setMinimumApprovals(2);
        item.setTimeout("3653d");
        return item;
    }

    private static WebhookItem webhook() {
        WebhookItem item = new WebhookItem();
        item.setUrl("https://hooks.example.org/gates");
        item.setCredentials("hook-key");
        item.setEnvironments(List.of("production"));
        item.setEvents(List.of("requested", "closed"));
        item.setTemplate("{\"text\": \"${summary}\"}");
        item.setContentType("application/json");
        return item;
    }

    private static AuditItem audit() {
        AuditAnchorItem anchor = new AuditAnchorItem();
        anchor.setUrl("https://witness.example.org/");
        anchor.setCredentials("witness");
        AuditDatabaseItem database = new AuditDatabaseItem();
        database.setUrl("jdbc:postgresql://db.example.org/audit");
        database.setCredentials("db");
        database.setPoolSize(WholeNumber.of(7));
        AuditItem item = settled();
        item.setAnchor(anchor);
        item.setDatabase(database);
        return item;
    }

    /** Without what would call others. */
    private static AuditItem settled() {
        FindingRulesItem findings = new FindingRulesItem();
        findings.setRubberStamp("20s");
        findings.setRefusals(WholeNumber.of(4));
        findings.setRefusalsWithin("2d");
        findings.setBypasses(WholeNumber.of(3));
        findings.setBypassesWithin("60d");
        findings.setMutualApprovals(WholeNumber.of(6));
        findings.setMutualWithin("80d");
        findings.setOfficeHours(EveryCheck.businessHours());
        AuditItem item = new AuditItem();
        item.setRetention("3650d");
        item.setFindings(findings);
        return item;
    }

    private static void configureAll() {
        ApproverGroupItem ops = new ApproverGroupItem("ops");
        ops.setMembers(List.of("alice", "carol"));
        ops.setIncludes(List.of("realm-ops"));
        configuration().setApproverGroups(List.of(ops));
        configuration().setEnvironments(List.of(full(), patient()));
        configuration().setWebhooks(List.of(webhook()));
        configuration().setAudit(settled());
    }

    /** Which release wrote a file says nothing of its form. */
    private static String form(String xml) {
        return VERSIONS.matcher(xml).replaceAll("");
    }

    private static String file(Path home, String name) throws IOException {
        return form(Files.readString(home.resolve(name)));
    }

    private static String records(Path home, int build) throws IOException {
        Matcher action = Pattern.compile("(?s)<" + RECORDS + ">.*?</" + RECORDS + ">")
                .matcher(file(home, "jobs/deploy/builds/" + build + "/build.xml"));
        assertThat(action.find()).isTrue();
        return action.group();
    }

    /** Writes the home: {@code -Dforms.pin=true}, where there is none. */
    @Test
    public void homeOfThisVersion_isPinnedIfAskedTo() throws Exception {
        assumeTrue("see Pinned", Boolean.getBoolean("forms.pin") && Files.notExists(HOME));
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configureAll();
        WorkflowJob job = pipeline(
                jenkins.jenkins,
                "deploy",
                "stage('Deploy') {\n  def gate = approvalGate(environment: 'staging', message: 'May it pass?', metrics: [accuracy: 0.94],\n"
                        + "      links: [MLflow: 'https://mlflow.example.org/run/1'], failOnRejection: false)\n"
                        + "  echo \"${gate.outcome} by ${gate.approvers}\"\n}");
        WorkflowRun passed = start(job, "developer");
        Gate gate = openGate();
        approve(gate, "alice");
        approve(gate, "bob");
        jenkins.waitForCompletion(passed);
        WorkflowRun waiting = start(job, "developer");
        approve(openGate(), "alice");
        await().atMost(PATIENCE).until(() -> Files.readString(waiting.getRootDir().toPath().resolve("build.xml")).contains("approved"));
        jenkins.waitForMessage("Approved by alice", waiting);
        await().atMost(PATIENCE).until(() -> Files.exists(waiting.getRootDir().toPath().resolve("program.dat")));
        Path from = jenkins.jenkins.getRootDir().toPath();
        List<String> wanted = List.of(
                configuration().getId() + ".xml",
                "approval-gate/journal",
                "approval-gate/recorded-settings.json",
                "jobs",
                "org.jenkinsci.plugins.workflow.flow.FlowExecutionList.xml",
                "secrets/master.key",
                "secrets/io.jenkins.plugins.approvalgate.host.origin.OriginRecord.record",
                "secrets/" + RECORDS + ".record");
        for (String name : wanted) {
            try (Stream<Path> files = Files.walk(from.resolve(name))) {
                for (Path file : files.filter(Files::isRegularFile).filter(path -> !path.endsWith(".lock")).toList()) {
                    Path to = HOME.resolve(from.relativize(file).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
    }

    @Test
    @LocalData
    public void homeOfTheFirstVersion_isReadAndGoesOn() throws Exception {
        Path home = jenkins.jenkins.getRootDir().toPath();
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());

        // What is configured means what it meant, and is written as it was.
        String xml = configuration().getId() + ".xml";
        ApprovalGateConfiguration meant = configuration();
        var read = meant.settings();
        String before = file(HOME, xml);
        configureAll();
        assertThat(read).isEqualTo(meant.settings());
        assertThat(file(home, xml)).isEqualTo(before);

        // The build that passed has its record, and writes it as it was.
        WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        WorkflowRun passed = job.getBuildByNumber(1);
        String id = gateId(records(HOME, 1));
        Gate kept = GateRecords.gate(passed, id);
        assertThat(kept.closed().map(GateEvent.Closed::outcome)).contains(Outcome.APPROVED);
        assertThat(kept.request().metrics()).containsEntry("accuracy", "0.94");
        passed.save();
        assertThat(records(home, 1)).isEqualTo(records(HOME, 1));

        // The build that waits can be decided, and goes on.
        Gate waiting = openGate();
        assertThat(waiting.id()).isEqualTo(gateId(records(HOME, 2)));
        assertThat(waiting.approvals()).hasSize(1);
        approve(waiting, "bob");
        WorkflowRun goesOn = job.getBuildByNumber(2);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(goesOn));
        jenkins.assertLogContains("APPROVED by [alice, bob]", goesOn);
    }

    private static String gateId(String records) {
        Matcher id = Pattern.compile("<string>([0-9a-z]{26})</string>").matcher(records);
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    /** What would call others stands in no home of ours, so it has a file of its own. */
    @Test
    public void databaseAndAnchor_areReadAndWrittenAsTheyWere() throws Exception {
        String written = form(Jenkins.XSTREAM2.toXML(audit()));
        Pinned.holds("audit.xml", written.getBytes(StandardCharsets.UTF_8));
        AuditItem read = (AuditItem) Jenkins.XSTREAM2.fromXML(Pinned.text("audit.xml"));
        assertThat(read.toEngine()).isEqualTo(audit().toEngine());
        assertThat(form(Jenkins.XSTREAM2.toXML(read))).isEqualTo(written);
    }
}
