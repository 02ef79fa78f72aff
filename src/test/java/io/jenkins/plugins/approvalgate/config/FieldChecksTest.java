package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.groupOf;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.util.FormValidation;
import hudson.util.FormValidation.Kind;
import io.jenkins.plugins.approvalgate.Calls;
import java.util.List;
import java.util.function.Supplier;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What the form says of each field while somebody types. */
public class FieldChecksTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    /** One thing typed into one field, and what is said of it; nothing where the words are empty. */
    private record Row(String what, Supplier<FormValidation> check, Kind kind, String words) {}

    @Before
    public void realmOfItsOwnUsers() throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        HudsonPrivateSecurityRealm accounts = new HudsonPrivateSecurityRealm(false, false, null);
        jenkins.jenkins.setSecurityRealm(accounts);
        for (String id : List.of("alice", "gate-admin", "developer", "outsider")) {
            accounts.createAccount(id, id);
        }
        configure(groupOf("security-team", "alice"));
    }

    private static <T extends Descriptor<?>> T descriptor(Class<T> type) {
        return jenkins.jenkins.getDescriptorByType(type);
    }

    private static List<Row> table() {
        EnvironmentDescriptor environment = descriptor(EnvironmentDescriptor.class);
        ApproverItem.DescriptorImpl approver = descriptor(ApproverItem.DescriptorImpl.class);
        ApproverGroupItem.DescriptorImpl group = descriptor(ApproverGroupItem.DescriptorImpl.class);
        return List.of(
                row("name", () -> environment.doCheckName("production"), Kind.OK, ""),
                row("no name", () -> environment.doCheckName(" "), Kind.ERROR, "name is empty"),
                row("slash", () -> environment.doCheckName("a/b"), Kind.ERROR, "cannot stand in an address"),
                row("spaces", () -> environment.doCheckName(" a "), Kind.ERROR, "begins or ends with a space"),
                row("long name", () -> environment.doCheckName("x".repeat(101)), Kind.ERROR, "longer than 100"),
                row("timeout", () -> environment.doCheckTimeout("90m"), Kind.OK, ""),
                row("ISO timeout", () -> environment.doCheckTimeout("PT1H30M"), Kind.OK, ""),
                row("default timeout", () -> environment.doCheckTimeout(""), Kind.OK, ""),
                row("no unit", () -> environment.doCheckTimeout("90"), Kind.ERROR, "is not a time span"),
                row("unknown unit", () -> environment.doCheckTimeout("3y"), Kind.ERROR, "is not a unit of time"),
                row("no time", () -> environment.doCheckTimeout("0m"), Kind.ERROR, "not longer than nothing"),
                row("for ever", () -> environment.doCheckTimeout("9999w"), Kind.ERROR, "longer than ten years"),
                row("sla", () -> environment.doCheckSla("4h"), Kind.OK, ""),
                row("no sla", () -> environment.doCheckSla(""), Kind.OK, ""),
                row("bad sla", () -> environment.doCheckSla("soon"), Kind.ERROR, "is not a time span"),
                row("minimum", () -> environment.doCheckMinimumApprovals("2", "any"), Kind.OK, ""),
                row("no minimum", () -> environment.doCheckMinimumApprovals("", "any"), Kind.OK, ""),
                row("zero", () -> environment.doCheckMinimumApprovals("0", "any"), Kind.ERROR, "positive"),
                row("not a number", () -> environment.doCheckMinimumApprovals("two", "any"), Kind.ERROR, "Not a number"),
                row("one of all", () -> environment.doCheckMinimumApprovals("1", "unanimous"), Kind.OK, ""),
                row("two of all", () -> environment.doCheckMinimumApprovals("2", "unanimous"), Kind.ERROR, "counts only with"),
                row("checklist", () -> environment.doCheckChecklistLines("a\n\nb"), Kind.OK, ""),
                row("checklist twice", () -> environment.doCheckChecklistLines("a\nb\n a "), Kind.ERROR, "the same thing twice"),
                row("known user", () -> approver.doCheckName("alice", "user"), Kind.OK, ""),
                row("unknown user", () -> approver.doCheckName("alise", "user"), Kind.WARNING, "does not know the user"),
                row("no user", () -> approver.doCheckName("", "user"), Kind.ERROR, "required"),
                row("own group", () -> approver.doCheckName("security-team", "group"), Kind.OK, "our own groups"),
                row("unknown group", () -> approver.doCheckName("nobodies", "group"), Kind.WARNING, "know the group"),
                row("no group", () -> approver.doCheckName(" ", "group"), Kind.ERROR, "required"),
                row("required", () -> approver.doCheckRequired("2"), Kind.OK, ""),
                row("required: default", () -> approver.doCheckRequired(""), Kind.OK, ""),
                row("required: none", () -> approver.doCheckRequired("0"), Kind.ERROR, "positive"),
                row("group name", () -> group.doCheckName("security-team"), Kind.OK, ""),
                row("no group name", () -> group.doCheckName(""), Kind.ERROR, "name is empty"),
                row("members", () -> group.doCheckMemberLines("alice\n", ""), Kind.OK, ""),
                row("unknown member", () -> group.doCheckMemberLines("alice\nalise", ""), Kind.WARNING, "alise"),
                row("empty group", () -> group.doCheckMemberLines("", " "), Kind.ERROR, "needs members"),
                row("only included", () -> group.doCheckMemberLines("", "ops"), Kind.OK, ""),
                row("unknown included", () -> group.doCheckIncludeLines("ops"), Kind.WARNING, "know the group"),
                row("none included", () -> group.doCheckIncludeLines(""), Kind.OK, ""));
    }

    private static Row row(String what, Supplier<FormValidation> check, Kind kind, String words) {
        return new Row(what, check, kind, words);
    }

    @Test
    public void everyField() {
        try (ACLContext as = ACL.as2(User.getById("gate-admin", true).impersonate2())) {
            for (Row row : table()) {
                FormValidation found = row.check().get();
                assertThat(found.kind).as(row.what()).isEqualTo(row.kind());
                assertThat(found.renderHtml()).as(row.what()).contains(row.words());
            }
        }
    }

    @Test
    public void whoMayNotConfigureLearnsNothing() {
        for (String person : List.of("developer", "outsider")) {
            try (ACLContext as = ACL.as2(User.getById(person, true).impersonate2())) {
                for (Row row : table()) {
                    FormValidation found = row.check().get();
                    assertThat(found.kind).as(row.what()).isEqualTo(Kind.OK);
                    assertThat(found.getMessage()).as(row.what()).isNull();
                }
            }
        }
    }

    @Test
    public void groupOfTheRealm_isKnownWhereTheRealmKnowsIt() {
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("alice", "ops");
        jenkins.jenkins.setSecurityRealm(realm);
        try (ACLContext as = ACL.as2(User.getById("gate-admin", true).impersonate2())) {
            FormValidation found =
                    descriptor(ApproverItem.DescriptorImpl.class).doCheckName("ops", "group");
            assertThat(found.kind).isEqualTo(Kind.OK);
            assertThat(found.renderHtml()).contains("A group of the security realm");
        }
    }

    @Test
    public void whatWasTypedIsShownAsText() {
        try (ACLContext as = ACL.as2(User.getById("gate-admin", true).impersonate2())) {
            FormValidation found =
                    descriptor(ApproverItem.DescriptorImpl.class).doCheckName("<img src=x>", "user");
            assertThat(found.renderHtml()).doesNotContain("<img src=x");
        }
    }

    @Test
    public void http_byPostOnly() throws Exception {
        String address = "descriptorByName/" + EnvironmentItem.class.getName() + "/checkTimeout?value=3y";
        Calls admin = Calls.by(jenkins, "gate-admin");
        assertThat(admin.send("POST", address, "", "").body()).contains("is not a unit of time");
        assertThat(admin.get(address).statusCode()).isIn(404, 405);
        assertThat(Calls.by(jenkins, "developer").send("POST", address, "", "").body())
                .doesNotContain("is not a unit of time");
    }
}
