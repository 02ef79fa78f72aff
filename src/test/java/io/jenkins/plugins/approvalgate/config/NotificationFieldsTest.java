package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.group;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import io.jenkins.plugins.approvalgate.engine.gate.ReassignTo;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.htmlunit.html.HtmlForm;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** What an environment says of comments, of places given away, of reminders and of escalation: in the form, in files, as code. */
public class NotificationFieldsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void settled() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure();
    }

    private static EnvironmentItem full() {
        ApproverItem security = group("security-team", 2);
        security.setNotify(List.of("security@example.com", "duty@example.com"));
        EnvironmentItem item = environment("production", "unanimous", user("alice"), security);
        item.setSla("8h");
        item.setCommentRequired(true);
        item.setReassignTo("approvers");
        item.setRemindBefore(TimeSpans.of("4h", "30m"));
        item.setEscalateTo(List.of("ops@example.com", "boss@example.com"));
        item.setEscalateAfter("2h");
        return item;
    }

    private static EnvironmentItem onlyAtTheSla() {
        EnvironmentItem item = environment("staging", "any", user("alice"));
        item.setSla("1h");
        item.setRemindBefore(TimeSpans.of());
        item.setReassignTo("nobody");
        return item;
    }

    private static Settings settings() {
        return configuration().settings();
    }

    @Test
    public void engine_getsWhatWasSaid() {
        configure(full(), onlyAtTheSla(), environment("usual", "any", user("alice")));
        List<Environment> environments = settings().environments();
        Environment production = environments.get(0);
        assertThat(production.policy().commentRequired()).isTrue();
        assertThat(production.policy().reassignTo()).isEqualTo(ReassignTo.APPROVERS);
        Notifications notifications = production.notifications();
        assertThat(notifications.remindBefore()).contains(List.of(Duration.ofHours(4), Duration.ofMinutes(30)));
        assertThat(notifications.escalateTo()).containsExactly("ops@example.com", "boss@example.com");
        assertThat(notifications.escalateAfter()).hasHours(2);
        assertThat(notifications.addressesOf(Approver.group("security-team", 2)))
                .containsExactly("security@example.com", "duty@example.com");
        assertThat(notifications.addressesOf(Approver.user("alice"))).isEmpty();
        assertThat(environments.get(1).notifications().remindBefore()).contains(List.of());
        assertThat(environments.get(1).policy().reassignTo()).isEqualTo(ReassignTo.NOBODY);
        assertThat(environments.get(2).notifications()).isEqualTo(Notifications.USUAL);
        assertThat(environments.get(2).policy().commentRequired()).isFalse();
        assertThat(environments.get(2).policy().reassignTo()).isEqualTo(ReassignTo.ANYONE);
    }

    @Test
    public void form_savedUnchangedChangesNothing() throws Exception {
        configure(full(), onlyAtTheSla(), environment("usual", "any", user("alice")));
        Settings before = settings();
        jenkins.submit(form());
        assertThat(settings()).isEqualTo(before);
        configuration().load();
        assertThat(settings()).isEqualTo(before);
    }

    private static HtmlForm form() throws Exception {
        return jenkins.createWebClient().login("gate-admin").goTo("manage/approval-gate/").getFormByName("config");
    }

    @Test
    public void form_whatIsTypedIsWhatCounts() throws Exception {
        configure(environment("usual", "any", user("alice")));
        HtmlForm form = form();
        form.getInputByName("_.commentRequired").setChecked(true);
        form.getSelectByName("_.reassignTo").setSelectedAttribute("nobody", true);
        form.getInputByName("_.remindBefore").setValue(" 1h,10m ");
        form.getTextAreaByName("_.escalateToLines").setText("ops@example.com\n\nboss@example.com");
        form.getInputByName("_.escalateAfter").setValue("3h");
        form.getTextAreasByName("_.notifyLines").get(0).setText("alice@example.com");
        jenkins.submit(form);
        Environment saved = settings().environments().get(0);
        assertThat(saved.policy().commentRequired()).isTrue();
        assertThat(saved.policy().reassignTo()).isEqualTo(ReassignTo.NOBODY);
        assertThat(saved.notifications()).isEqualTo(new Notifications(
                Optional.of(List.of(Duration.ofHours(1), Duration.ofMinutes(10))),
                List.of("ops@example.com", "boss@example.com"),
                Duration.ofHours(3),
                Map.of(Approver.user("alice"), List.of("alice@example.com"))));

        HtmlForm again = form();
        again.getInputByName("_.remindBefore").setValue("None");
        jenkins.submit(again);
        assertThat(settings().environments().get(0).notifications().remindBefore()).contains(List.of());
    }

    private void apply(String yaml) throws Exception {
        Path file = folder.newFolder().toPath().resolve("jenkins.yaml");
        Files.writeString(file, yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private static String exported() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        String all = out.toString(StandardCharsets.UTF_8);
        String ours = all.substring(all.indexOf("  approvalGate:\n"));
        List<String> lines = ours.lines().toList();
        long end = 1;
        while (end < lines.size() && lines.get((int) end).startsWith("    ")) {
            end++;
        }
        return "unclassified:\n" + String.join("\n", lines.subList(0, (int) end)) + "\n";
    }

    @Test
    public void code_saysTheSame() throws Exception {
        apply("""
                unclassified:
                  approvalGate:
                    environments:
                      - name: "production"
                        order: "unanimous"
                        sla: "8h"
                        commentRequired: true
                        reassignTo: "approvers"
                        remindBefore: ["4h", "30m"]
                        escalateTo: ["ops@example.com", "boss@example.com"]
                        escalateAfter: "2h"
                        approvers:
                          - user: "alice"
                          - group: "security-team"
                            required: 2
                            notify: ["security@example.com", "duty@example.com"]
                      - name: "staging"
                        sla: "1h"
                        reassignTo: "nobody"
                        remindBefore: []
                        approvers: [{user: "alice"}]
                """);
        Settings fromCode = settings();
        configure(full(), onlyAtTheSla());
        assertThat(fromCode).isEqualTo(settings());
    }

    @Test
    public void export_canBeImportedAgain() throws Exception {
        configure(full(), onlyAtTheSla(), environment("usual", "any", user("alice")));
        Settings before = settings();
        String exported = exported();
        configure();
        apply(exported);
        assertThat(settings()).as(exported).isEqualTo(before);
    }

    @Test
    public void filesOfBefore_loadWithTheUsual() throws Exception {
        configure(environment("usual", "any", user("alice")));
        Settings before = settings();
        Path file = jenkins.jenkins
                .getRootDir()
                .toPath()
                .resolve(ApprovalGateConfiguration.class.getName() + ".xml");
        String written = Files.readString(file);
        String old = written.replaceAll(
                "\\s*<(commentRequired|reassignTo|escalateTo|notify)(/>|>[^<]*</\\1>)", "");
        assertThat(old).isNotEqualTo(written).doesNotContain("reassignTo", "notify", "escalate");
        Files.writeString(file, old);
        configuration().load();
        assertThat(settings()).isEqualTo(before);
        jenkins.submit(form());
        assertThat(settings()).isEqualTo(before);
    }

    private static EnvironmentItem with(Consumer<EnvironmentItem> change) {
        EnvironmentItem item = full();
        change.accept(item);
        return item;
    }

    @Test
    public void whatCannotBeMeantIsRefusedByName() {
        configure(full());
        Settings before = settings();
        Map<EnvironmentItem, String> refused = new LinkedHashMap<>();
        refused.put(with(item -> item.setReassignTo("friends")), "reassignTo: \"friends\" is not known: use anyone, approvers");
        refused.put(with(item -> item.setRemindBefore(TimeSpans.of("soon"))), "remindBefore");
        refused.put(with(item -> item.setEscalateAfter("later")), "escalateAfter");
        refused.put(with(item -> item.setEscalateTo(List.of("ops"))), "escalateTo: \"ops\" is no mail address");
        refused.put(
                with(item -> item.setEscalateTo(List.of("a@example.com\nBcc: b@example.com"))), "is no mail address");
        refused.put(with(item -> item.getApprovers().get(1).setNotify(List.of("a, b@example.com"))), "notify");
        refused.forEach((item, words) -> {
            assertThatThrownBy(() -> configure(item)).hasMessageContaining("environment \"production\": ").hasMessageContaining(words);
            assertThat(settings()).isEqualTo(before);
        });
    }

    /** One thing typed into one field, and what is said of it; nothing where the words are empty. */
    private record Row(Supplier<FormValidation> check, FormValidation.Kind kind, String words) {}

    private static List<Row> table() {
        EnvironmentDescriptor environment =
                jenkins.jenkins.getDescriptorByType(EnvironmentDescriptor.class);
        ApproverItem.DescriptorImpl approver = jenkins.jenkins.getDescriptorByType(ApproverItem.DescriptorImpl.class);
        return Arrays.asList(
                new Row(() -> environment.doCheckRemindBefore("", ""), FormValidation.Kind.OK, ""),
                new Row(() -> environment.doCheckRemindBefore("none", "4h"), FormValidation.Kind.OK, ""),
                new Row(() -> environment.doCheckRemindBefore("4h, 10m", "8h"), FormValidation.Kind.OK, ""),
                new Row(() -> environment.doCheckRemindBefore("4h", ""), FormValidation.Kind.WARNING, "expected turnaround"),
                new Row(() -> environment.doCheckRemindBefore("4", "8h"), FormValidation.Kind.ERROR, "not a time span"),
                new Row(() -> environment.doCheckEscalateToLines("", ""), FormValidation.Kind.OK, ""),
                new Row(() -> environment.doCheckEscalateToLines("a@example.com\nb@example.com", "4h"), FormValidation.Kind.OK, ""),
                new Row(() -> environment.doCheckEscalateToLines("a@example.com", ""), FormValidation.Kind.WARNING, "turnaround"),
                new Row(() -> environment.doCheckEscalateToLines("ops", "4h"), FormValidation.Kind.ERROR, "no mail address"),
                new Row(() -> environment.doCheckEscalateAfter(""), FormValidation.Kind.OK, ""),
                new Row(() -> environment.doCheckEscalateAfter("2h"), FormValidation.Kind.OK, ""),
                new Row(() -> environment.doCheckEscalateAfter("2"), FormValidation.Kind.ERROR, "not a time span"),
                new Row(() -> approver.doCheckNotifyLines("security@example.com"), FormValidation.Kind.OK, ""),
                new Row(() -> approver.doCheckNotifyLines("<b>@<i>"), FormValidation.Kind.ERROR, "no mail address"));
    }

    @Test
    public void everyFieldIsCheckedByTheEngine() {
        try (ACLContext as = ACL.as2(User.getById("gate-admin", true).impersonate2())) {
            table().forEach(row -> {
                FormValidation found = row.check().get();
                assertThat(found.kind).as("%s", found).isEqualTo(row.kind());
                assertThat(found.renderHtml()).contains(row.words()).doesNotContain("<b>@");
            });
        }
    }

    @Test
    public void whoMayNotConfigureLearnsNothing() {
        try (ACLContext as = ACL.as2(User.getById("developer", true).impersonate2())) {
            assertThat(table()).allSatisfy(row -> assertThat(row.check().get().kind).isEqualTo(FormValidation.Kind.OK));
        }
    }
}
