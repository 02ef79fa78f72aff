package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** Each way in which a YAML does not fit: the file is named, the place in it, and what was expected there. */
@RunWith(Parameterized.class)
public class BadSettingsYamlTest {

    private static final String OURS = "unclassified.approvalGate";
    private static final List<Object[]> CASES = new ArrayList<>();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final String yaml;
    private final String expected;

    public BadSettingsYamlTest(String yaml, String expected) {
        this.yaml = yaml;
        this.expected = expected;
    }

    private static void file(String yaml, String expected) {
        CASES.add(new Object[] {yaml, expected});
    }

    private static void section(String section, String expected) {
        file("unclassified: {approvalGate: " + section + "}", OURS + expected);
    }

    /** In an environment that is sound apart from {@code field}. */
    private static void field(String field, String expected) {
        section("{environments: [{name: ok, approvers: [{user: a}]}, {name: x, approvers: [{user: a}], " + field + "}]}",
                ".environments[1]" + expected);
    }

    private static void checks(String checks, String expected) {
        field("checks: " + checks, ".checks" + expected);
    }

    private static void approvers(String approvers, String expected) {
        section("{environments: [{name: x, approvers: " + approvers + "}]}", ".environments[0]" + expected);
    }

    private static void group(String group, String expected) {
        section("{approverGroups: [" + group + "]}", ".approverGroups[0]" + expected);
    }

    @Parameterized.Parameters(name = "{1}")
    public static List<Object[]> cases() {
        CASES.clear();
        file("", "is empty; expected unclassified: approvalGate:");
        file("[1]", "expected keys with values, found a list");
        file("jenkins: {}", "unclassified: is missing");
        file("unclassified: {}", OURS + ": is missing");
        file("unclassified: x", "unclassified: expected keys with values, found the text \"x\"");
        file("a: {\n  b: [", "line 2, column 7: ");
        file("unclassified:\n  a: 1\n  a: 2\n", "line 3, column 4: Duplicate");
        section("", ": expected keys with values, found nothing");
        section("{environment: []}", ".environment: is not known; expected one of approverGroups, environments");
        section("{environments: {}}", ".environments: expected a list, found keys with values");
        section("{environments: [x]}", ".environments[0]: expected keys with values, found the text \"x\"");
        section("{environments: [{approvers: [{user: a}]}]}", ".environments[0].name: is missing");
        section("{environments: [{name: 7}]}", ".environments[0].name: expected a text, so put it in quotes, found 7");
        section("{environments: [{name: \"a/b\"}]}", ".environments[0].name: name \"a/b\" has a character that cannot");
        section("{environments: [{name: a}]}", ".environments[0].approvers: is missing");
        section(
                "{environments: [{name: a, approvers: [{user: u}]}, {name: a, approvers: [{user: u}]}]}",
                ".environments[1].name: there is already an environment \"a\"");
        field("order: first", ".order: \"first\" is not an order: use any, sequential or unanimous");
        field("timeout: 3x", ".timeout: \"3x\": \"x\" is not a unit of time: use s, m, h, d or w");
        field("timeout: soon", ".timeout: \"soon\" is not a time span");
        field("timeout: 30", ".timeout: expected a text, so put it in quotes, found 30");
        field("timeout: 0d", ".timeout: \"0d\" is not longer than nothing");
        field("sla: 99999d", ".sla: \"99999d\" is longer than ten years");
        field("sla: ", ".sla: expected a text, found nothing");
        field("minimumApprovals: 0", ": minimumApprovals is 0: it has to be at least 1");
        field("minimumApprovals: \"1\"", ".minimumApprovals: expected a whole number, found the text \"1\"");
        field("minimumApprovals: 1.5", ".minimumApprovals: expected a whole number, found 1.5");
        field("minimumApprovals: 2", ".approvers: nobody could ever open the gate: it needs 2 approvals");
        field("requesterMayApprove: maybe", ".requesterMayApprove: expected true or false, found the text \"maybe\"");
        field("checklist: [a, a]", ": checklist names the same thing twice");
        field("checklist: [1]", ".checklist[0]: expected a text, so put it in quotes, found 1");
        field("lock: first", ".lock: \"first\" is no way to lock: use sequential or newestOnly");
        field("lock: true", ".lock: expected a text, so put it in quotes, found true");
        field("checks: {a: {}}", ".checks: expected a list, found keys with values");
        field("checks: ", ".checks: expected a list, found nothing");
        checks("[branchControl]", "[0]: expected keys with values, found the text \"branchControl\"");
        checks("[{}]", "[0]: expected one kind of check with its settings below it");
        checks(
                "[{branchControl: , allowed: main}]",
                "[0]: expected one kind of check with its settings below it, found branchControl, allowed;"
                        + " are the settings indented?");
        checks("[{nosuch: }]", "[0].nosuch: there is no check \"nosuch\"; there are");
        checks("[{branchControl: }]", "[0].branchControl: allowed: is missing");
        checks("[{branchControl: {allowed: main, exclude: x}}]", "[0].branchControl: exclude: there is no such setting");
        checks("[{branchControl: {allowed: \"release/\"}}]", "[0].branchControl: allowed: no name matches \"release/\"");
        checks(
                "[{branchControl: {allowed: main}}, {businessHours: {from: 09:00, timeZone: UTC}}]",
                "[1].businessHours: to: is missing");
        checks("[{businessHours: {from: 9, to: 17:00, timeZone: UTC}}]", "[0].businessHours: from: ");
        checks("[{businessHours: {from: 09:00, to: 17:00, timeZone: Mars}}]", "[0].businessHours: timeZone: ");
        checks("[{waitTimer: {duration: 5}}]", "[0].waitTimer: duration: \"5\" is not a time span");
        checks("[{restCheck: {url: \"http://x.example\", retries: 1.5}}]", "[0].restCheck: retries: has to be a whole number");
        checks("[{nosuch: main}]", "[0].nosuch: expected keys with values, found the text \"main\"");
        checks("[{nosuch: {a: {b: [x, {c: }]}}}]", "[0].nosuch.a.b[1].c: is empty; give it a value, or take it out");
        field("instructions: \"a ${NOT_SET_ANYWHERE}\"", ".instructions: the environment variable NOT_SET_ANYWHERE is not set");
        field("Description: x", ".Description: is not known; expected one of name, description, order");
        approvers("[]", ": approvers is empty: nobody could ever open the gate");
        approvers("[{}]", ".approvers[0]: expected either user or group");
        approvers("[{user: a, group: b}]", ".approvers[0]: expected either user or group");
        approvers("[{user: a, required: 2}]", ".approvers[0].required: stands with a group only");
        approvers("[{user: \" \"}]", ".approvers[0]: a user's id is empty");
        approvers("[{group: g, required: 0}]", ".approvers[0]: a group entry needs at least 1 member, not 0");
        approvers("[{users: a}]", ".approvers[0].users: is not known; expected one of user, group, required");
        approvers("[{user: a}, {user: a}]", ": approvers names the same user or group twice");
        group("{members: [a]}", ".name: is missing");
        group("{name: g}", ": group \"g\" has neither members nor includes");
        group("{name: g, members: a}", ".members: expected a list, found the text \"a\"");
        group("{name: g, members: [a], users: []}", ".users: is not known; expected one of name, members, includes");
        section(
                "{approverGroups: [{name: g, members: [a]}, {name: g, members: [b]}]}",
                ".approverGroups[1].name: there is already a group \"g\"");
        return CASES;
    }

    @Test
    public void isTold() throws Exception {
        Path file = folder.newFile("gates.yaml").toPath();
        Files.writeString(file, yaml);

        assertThatThrownBy(() -> SettingsYaml.read(file, String::equalsIgnoreCase))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("gates.yaml: " + expected)
                .message()
                .doesNotContain("\n");
    }
}
