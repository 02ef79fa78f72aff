package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.gate.Administrator;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AuditYamlTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Settings read(String ours) throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, "unclassified: {approvalGate: " + ours + "}");
        return SettingsYaml.read(file, String::equals);
    }

    @Test
    public void audit_isRead() throws Exception {
        AuditSettings audit = read("""
                {audit: {
                  database: {url: "jdbc:postgresql://db/audit", credentials: db, poolSize: 8},
                  retention: 730d,
                  anchor: {url: "https://anchor.example.org/", credentials: token},
                  findings: {rubberStamp: 20s, refusals: 4, refusalsWithin: 2d, bypasses: 3, bypassesWithin: 60d,
                    mutualApprovals: 6, mutualWithin: 30d, officeHours: {from: "08:00", to: "18:00", timeZone: UTC}}}}""")
                .audit();
        assertThat(audit.database()).contains(new AuditSettings.Database("jdbc:postgresql://db/audit", Optional.of("db"), 8));
        assertThat(audit.retention()).contains(Duration.ofDays(730));
        assertThat(audit.anchor().orElseThrow().url()).contains("https://anchor.example.org/");
        assertThat(audit.findings().rubberStamp()).hasSeconds(20);
        assertThat(audit.findings().mutualWithin()).hasDays(30);
        assertThat(audit.findings().officeHours().orElseThrow().settings()).containsEntry("from", "08:00");
        assertThat(read("{audit: {findings: {refusals: 1}}}").audit().findings().bypasses())
                .isEqualTo(AuditSettings.FindingRules.USUAL.bypasses());
        assertThat(read("{audit: {}}").audit()).isEqualTo(AuditSettings.USUAL);
    }

    @Test
    public void administrators_areRead() throws Exception {
        assertThat(read("{environments: [{name: a, approvers: [{user: u}], administrators: [{user: ada}, {group: ops}]}]}")
                        .environments()
                        .get(0)
                        .administrators())
                .containsExactly(Administrator.user("ada"), Administrator.group("ops"));
    }

    @Test
    public void whatDoesNotFit_isNamedWithItsPlace() {
        Map.of(
                        "{audit: {retention: 30d}}", "audit.retention: has to be 31 days at least",
                        "{audit: {retenton: 90d}}", "audit.retenton: is not known; expected one of database, retention",
                        "{audit: {database: {url: 'jdbc:h2:mem'}}}", "audit.database.url: has to begin with jdbc:postgresql:",
                        "{audit: {database: {url: 'jdbc:postgresql://u:p@db/a'}}}", "audit.database.url: must not have a user",
                        "{audit: {database: {url: 'jdbc:postgresql:a', poolSize: 1}}}", "audit.database.poolSize: has to be from 2",
                        "{audit: {anchor: {}}}", "audit.anchor.file: give either file or url",
                        "{audit: {anchor: {file: heads.txt}}}", "audit.anchor.file: has to be an absolute path",
                        "{audit: {anchor: {url: 'ftp://x/'}}}", "audit.anchor.url: has to be an address that begins with https://",
                        "{audit: {findings: {officeHours: {from: nine}}}}", "audit.findings.officeHours: from: ",
                        "{environments: [{name: a, approvers: [{user: u}], administrators: [{user: b}, {user: b}]}]}",
                        "environments[0]: administrators names the same user or group twice")
                .forEach((yaml, expected) -> assertThatThrownBy(() -> read(yaml))
                        .isInstanceOf(StartFailure.class)
                        .hasMessageContaining("unclassified.approvalGate." + expected));
    }
}
