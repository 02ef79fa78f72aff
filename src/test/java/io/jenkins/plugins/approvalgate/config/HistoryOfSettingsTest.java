package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.groupOf;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.FilePath;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.RemotingDiagnostics;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** Whichever way the settings are changed, the journal says by whom, from where, and what differs. */
public class HistoryOfSettingsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private int before;

    @Before
    public void oneEnvironment() throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configuration().setApproverGroups(List.of());
        configuration().setWebhooks(List.of());
        configure(environment("prod", "any", user("alice")));
        before = lines().size();
    }

    private static List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(jenkins.jenkins.getRootDir().toPath().resolve("approval-gate/journal"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    lines.add(Json.read(line.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        return lines;
    }

    /** What came since the test began: {@code actor source environment change path before -> after}. */
    private List<String> told() throws IOException {
        return lines().stream()
                .skip(before)
                .flatMap(line -> {
                    String head = line.get("actor").asText() + " " + line.at("/data/source").asText() + " "
                            + line.at("/data/environment").asText("settings") + " " + line.at("/data/change").asText("");
                    List<String> all = new ArrayList<>();
                    line.at("/data/differences").forEach(difference -> all.add(head.strip() + ": "
                            + difference.get("path").asText() + " "
                            + difference.get("before").asText() + " -> " + difference.get("after").asText()));
                    return all.stream();
                })
                .toList();
    }

    private static HttpResponse<String> submit(String person, String json) throws Exception {
        return Calls.by(jenkins, person)
                .send("POST", "manage/approval-gate/submit", "application/x-www-form-urlencoded",
                        "json=" + URLEncoder.encode(json, StandardCharsets.UTF_8));
    }

    private static String form(String timeout) {
        return "{\"environments\": {\"name\": \"prod\", \"order\": \"any\", \"timeout\": \"" + timeout
                + "\", \"approvers\": {\"kind\": \"user\", \"name\": \"alice\"}}}";
    }

    @Test
    public void page_whoSavedIt() throws Exception {
        assertThat(submit("gate-admin", form("7d")).statusCode()).isLessThan(400);
        assertThat(submit("gate-admin", form("7d")).statusCode()).isLessThan(400);
        assertThat(told()).containsExactly("gate-admin page prod changed: timeout 30d -> 7d");
    }

    @Test
    public void code_isToldFromAScript() throws Exception {
        Path yaml = folder.getRoot().toPath().resolve("jenkins.yaml");
        Files.writeString(yaml, """
                unclassified:
                  approvalGate:
                    approverGroups: [{name: "ops", members: ["bob"]}]
                    environments: [{name: "prod", approvers: [{user: "alice"}], sla: "4h"}]
                """);
        ConfigurationAsCode.get().configure(yaml.toString());
        ConfigurationAsCode.get().configure(yaml.toString());
        assertThat(told()).containsExactlyInAnyOrder(
                "null code settings: approverGroups null -> {ops: {members: [bob]}}",
                "null code prod changed: sla null -> 4h");
    }

    @Test
    public void scriptConsole_isWhoeverRanIt() throws Exception {
        try (ACLContext as = ACL.as2(User.getById("admin", true).impersonate2())) {
            RemotingDiagnostics.executeGroovy(
                    """
                    import io.jenkins.plugins.approvalgate.config.*
                    def item = new EnvironmentItem('prod')
                    def bob = new ApproverItem(); bob.user = 'bob'
                    item.approvers = [bob]
                    jenkins.model.GlobalConfiguration.all().get(ApprovalGateConfiguration).environments = [item]
                    """,
                    FilePath.localChannel);
        }
        assertThat(told()).containsExactly("admin script prod changed: approvers [user alice] -> [user bob]");
    }

    @Test
    public void file_readAgain() throws Exception {
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(ApprovalGateConfiguration.class.getName() + ".xml");
        Files.writeString(file, Files.readString(file).replace("<name>prod</name>", "<name>other</name>"));
        configuration().load();
        assertThat(told()).contains(
                "null file prod removed: approvers [user alice] -> null", "null file other added: approvers null -> [user alice]");
    }

    @Test
    public void webhook_withoutItsSecrets() throws Exception {
        WebhookItem webhook = new WebhookItem();
        webhook.setUrl("https://events.example.org/hook?token=canary1");
        webhook.setTemplate("{\"key\": \"canary2\"}");
        configuration().setWebhooks(List.of(webhook));
        webhook = new WebhookItem();
        webhook.setUrl("https://events.example.org/hook?token=canary3");
        webhook.setTemplate("{\"key\": \"canary2\"}");
        configuration().setWebhooks(List.of(webhook));
        assertThat(told()).hasSize(2).last().isEqualTo("null script settings: webhooks[0].url"
                + " https://events.example.org/hook?token=**** -> https://events.example.org/hook?token=**** (another value)");
        Path recorded = jenkins.jenkins.getRootDir().toPath().resolve("approval-gate/recorded-settings.json");
        assertThat(lines().toString() + Files.readString(recorded)).doesNotContain("canary");
    }

    @Test
    public void audit_isPartOfIt() throws Exception {
        AuditItem audit = new AuditItem();
        audit.setRetention("730d");
        configuration().setAudit(audit);
        configuration().setAudit(null);
        assertThat(told()).containsExactly(
                "null script settings: audit.retention null -> 730d", "null script settings: audit.retention 730d -> null");
    }

    @Test
    public void whatCannotBeRecorded_isRefusedEverywhere() throws Exception {
        Settings settings = configuration().settings();
        // A folder in the place where what is recorded is written first.
        Path inTheWay = jenkins.jenkins.getRootDir().toPath().resolve("approval-gate/recorded-settings.json.tmp");
        Files.createDirectory(inTheWay);
        try {
            HttpResponse<String> answer = submit("gate-admin", form("7d"));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("Nothing was changed, because the change cannot be recorded");
            assertThatThrownBy(() -> configure(environment("other", "any", user("alice"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be recorded");
            assertThatThrownBy(() -> configuration().setApproverGroups(List.of(groupOf("ops", "bob"))))
                    .isInstanceOf(IllegalStateException.class);
        } finally {
            Files.delete(inTheWay);
        }
        assertThat(configuration().settings()).isEqualTo(settings);
        assertThat(told()).isEmpty();
        assertThat(submit("gate-admin", form("7d")).statusCode()).isLessThan(400);
        assertThat(told()).hasSize(1);
        assertThat(keeper().journal().verify().ok()).isTrue();
    }
}
