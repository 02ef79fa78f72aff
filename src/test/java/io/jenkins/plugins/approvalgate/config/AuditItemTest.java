package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.htmlunit.html.HtmlForm;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.yaml.snakeyaml.Yaml;

/** What is configured of the audit: as code, in the form, and in the file. */
public class AuditItemTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private static final String FULL = """
            unclassified:
              approvalGate:
                audit:
                  database: {url: "jdbc:postgresql://db.example.org/audit", credentials: "db", poolSize: 8}
                  retention: "730d"
                  anchor: {url: "https://anchor.example.org/", credentials: "token"}
                  findings:
                    rubberStamp: "20s"
                    refusals: 4
                    refusalsWithin: "2d"
                    bypasses: 3
                    bypassesWithin: "60d"
                    mutualApprovals: 6
                    mutualWithin: "30d"
                    officeHours: {days: "MON-FRI", from: "08:00", to: "18:00", timeZone: "UTC", holidays: "DE-BY"}
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void settled() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("prod", "any", user("alice")));
    }

    @After
    public void usual() {
        configuration().setAudit(null);
    }

    private static AuditSettings audit() {
        return configuration().settings().audit();
    }

    private void apply(String yaml) throws Exception {
        Path file = folder.newFolder().toPath().resolve("jenkins.yaml");
        Files.writeString(file, yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    @Test
    public void code_givesWhatItSaysAndComesOutAgain() throws Exception {
        apply(FULL);
        AuditSettings full = audit();
        assertThat(full.database()).contains(new AuditSettings.Database("jdbc:postgresql://db.example.org/audit", Optional.of("db"), 8));
        assertThat(full.retention()).contains(Duration.ofDays(730));
        assertThat(full.anchor().orElseThrow().credentials()).contains("token");
        assertThat(full.findings().rubberStamp()).hasSeconds(20);
        assertThat(full.findings().officeHours().orElseThrow().kind()).isEqualTo("businessHours");
        String exported = exported();
        configuration().setAudit(null);
        assertThat(audit()).isEqualTo(AuditSettings.USUAL);
        apply(exported);
        assertThat(audit()).isEqualTo(full);
    }

    @SuppressWarnings("unchecked")
    private static String exported() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        Map<String, Map<String, Object>> all = new Yaml().load(out.toString(StandardCharsets.UTF_8));
        return new Yaml().dump(Map.of("unclassified", Map.of("approvalGate", all.get("unclassified").get("approvalGate"))));
    }

    @Test
    public void form_savedUnchangedChangesNothing() throws Exception {
        apply(FULL);
        Settings before = configuration().settings();
        for (String person : List.of("admin", "gate-admin")) {
            HtmlForm form = jenkins.createWebClient().login(person).goTo("manage/approval-gate/").getFormByName("config");
            jenkins.submit(form);
            assertThat(configuration().settings()).as(person).isEqualTo(before);
        }
        configuration().load();
        assertThat(configuration().settings()).isEqualTo(before);
    }

    @Test
    public void form_nothingGivenIsNothingKept() throws Exception {
        HtmlForm form = jenkins.createWebClient().login("admin").goTo("manage/approval-gate/").getFormByName("config");
        jenkins.submit(form);
        assertThat(configuration().getAudit()).isNull();
        assertThat(exported()).doesNotContain("audit");
    }

    @Test
    public void form_ofTheAuditIsForAdministratorsOfJenkins() throws Exception {
        assertThat(jenkins.createWebClient().login("gate-admin").goTo("manage/approval-gate/").getWebResponse().getContentAsString())
                .doesNotContain("_.retention");
        HttpResponse<String> answer = Calls.by(jenkins, "gate-admin")
                .send("POST", "manage/approval-gate/submit", "application/x-www-form-urlencoded",
                        "json=" + URLEncoder.encode("{\"audit\": {\"retention\": \"31d\"}}", StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("only be configured by those who may administer Jenkins");
        assertThat(audit()).isEqualTo(AuditSettings.USUAL);
        assertThat(configuration().settings().environments()).hasSize(1);
    }

    @Test
    public void whatCannotBeMeant_isRefusedWithItsPlace() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("retention: 30d", "audit.retention: has to be 31 days at least");
        table.put("database: {url: 'jdbc:h2:mem'}", "audit.database.url: has to begin with jdbc:postgresql:");
        table.put("database: {url: 'jdbc:postgresql:a', poolSize: many}", "audit.database.poolSize: \"many\" has to be a whole number");
        table.put("anchor: {}", "audit.anchor.file: give either file or url");
        table.put("findings: {refusals: 0}", "audit.findings.refusals: has to be 1 at least");
        table.put("findings: {officeHours: {from: nine, to: '10:00', timeZone: UTC}}", "audit.findings.officeHours.businessHours: from");
        table.forEach((yaml, told) -> assertThatThrownBy(() -> apply("unclassified: {approvalGate: {audit: {" + yaml + "}}}"))
                .as(yaml)
                .hasStackTraceContaining(told));
    }

    @Test
    public void fields_areCheckedByTheEnginesRules() throws Exception {
        try (ACLContext as = ACL.as2(User.getById("admin", true).impersonate2())) {
            AuditItem.DescriptorImpl audit = jenkins.jenkins.getDescriptorByType(AuditItem.DescriptorImpl.class);
            assertThat(audit.doCheckRetention("30d").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(audit.doCheckRetention("730d").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(audit.doCheckRetention("").kind).isEqualTo(FormValidation.Kind.OK);
            AuditDatabaseItem.DescriptorImpl database = jenkins.jenkins.getDescriptorByType(AuditDatabaseItem.DescriptorImpl.class);
            assertThat(database.doCheckUrl("jdbc:postgresql://u:p@db/a").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(database.doCheckPoolSize("51").getMessage()).contains("from 2 to 50");
            AuditAnchorItem.DescriptorImpl anchor = jenkins.jenkins.getDescriptorByType(AuditAnchorItem.DescriptorImpl.class);
            assertThat(anchor.doCheckFile("heads", "").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(anchor.doCheckFile("/heads", "https://x.example.org/").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(anchor.doCheckUrl("ftp://x/").kind).isEqualTo(FormValidation.Kind.ERROR);
            FindingRulesItem.DescriptorImpl findings = jenkins.jenkins.getDescriptorByType(FindingRulesItem.DescriptorImpl.class);
            assertThat(findings.doCheckRefusals("0").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(findings.doCheckRubberStamp("soon").kind).isEqualTo(FormValidation.Kind.ERROR);
        }
    }

    @Test
    public void oldFile_isRead() throws Exception {
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(ApprovalGateConfiguration.class.getName() + ".xml");
        String old = Files.readString(file).replaceAll("(?s)\\s*<(administrators|webhooks)\\b[^>]*(/>|>.*?</\\1>)", "");
        assertThat(old).doesNotContain("administrators", "audit");
        Settings before = configuration().settings();
        Files.writeString(file, old);
        configuration().load();
        assertThat(configuration().settings()).isEqualTo(before);
    }
}
