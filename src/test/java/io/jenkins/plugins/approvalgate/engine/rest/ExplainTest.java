package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Puppets;
import io.jenkins.plugins.approvalgate.engine.QuietLog;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.check.CheckPool;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What would happen to a build that asked to pass: told in sentences, without a trace, and without asking others. */
public class ExplainTest {

    private static final CheckSpec MAIN_ONLY = new CheckSpec("branchControl", Map.of("allowed", "main"));
    private static final CheckSpec COOL_DOWN = new CheckSpec("waitTimer", Map.of("duration", "4h"));

    @Rule
    public final QuietLog bugs = new QuietLog(CheckPool.class);

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol,dave"),
            Given.environment("plain", "any 2: alice, @team"),
            Given.environment("branch", "any: alice, @team", List.of(MAIN_ONLY), Optional.of(LockMode.SEQUENTIAL)),
            Given.environment("timer", "sequential: alice, @team", List.of(MAIN_ONLY, COOL_DOWN), Optional.empty()),
            Given.environment(
                    "asking", "any: alice", List.of(Puppets.asking("service"), Puppets.timed("hours")), Optional.empty()),
            Given.environment(
                    "template",
                    "any: alice",
                    List.of(new CheckSpec("requiredTemplate", Map.of("library", "deploy"))),
                    Optional.empty()),
            Given.environment("metrics", "any: alice", List.of(metric()), Optional.empty()),
            Given.environment("unusable", "any: alice", List.of(new CheckSpec("gone", Map.of())), Optional.empty()));

    private final FakeCaller alice = FakeCaller.of("alice");
    private final FakeCaller admin = FakeCaller.of("gate-admin");
    private Api api;
    private String before;

    private static CheckSpec metric() {
        return new CheckSpec("metricThreshold", Map.of("condition", "accuracy >= 0.92"));
    }

    @Before
    public void begin() throws Exception {
        disk.keeper.start();
        api = new Api(disk.keeper, disk.host);
        disk.request("plain", 1);
        before = everything();
    }

    /** Whatever was explained, nothing is different. */
    @After
    public void leavesNoTrace() throws Exception {
        assertThat(everything()).isEqualTo(before);
    }

    private String everything() throws IOException {
        return disk.state() + " " + disk.keeper.lockQueue("branch") + disk.keeper.lockHolder("branch") + " "
                + Files.readString(disk.journal().resolve("2026-03.jsonl"));
    }

    private JsonNode explain(String environment, String body) {
        return explain(alice, environment, body);
    }

    private JsonNode explain(FakeCaller caller, String environment, String body) {
        return api.post(caller, "environments/" + environment + "/explain", body.replace('\'', '"')).is(200).json();
    }

    private static String of(JsonNode answer) {
        return answer.path("verdict").textValue() + ": " + answer.path("sentence").textValue();
    }

    private static List<String> statuses(JsonNode answer) {
        return answer.path("checks").findValuesAsText("status");
    }

    @Test
    public void open_saysWhoseApprovalsItNeeds() {
        JsonNode answer = explain("plain", "{'job':'team/app','branch':'main','user':'carol'}");
        assertThat(of(answer)).isEqualTo("OPEN: It would open with 2 approvals by any of alice, group team.");
        assertThat(answer.path("checks")).isEmpty();
        assertThat(answer.path("approval"))
                .hasToString("{\"mayDecide\":true,\"reason\":\"carol may approve, as group team, unless they started the build.\"}");
        assertThat(answer.has("changesAt")).isFalse();
    }

    @Test
    public void refused_byTheBranchAndThereIsNothingToDecide() {
        JsonNode answer = explain("branch", "{'job':'team/app','branch':'feature/x','user':'alice'}");
        assertThat(of(answer)).startsWith("REFUSED: It would be refused at once. ").contains("feature/x");
        assertThat(answer.path("approval").path("mayDecide").booleanValue()).isFalse();
        assertThat(answer.path("approval").path("reason").textValue())
                .isEqualTo("There would be nothing to decide: the gate would be closed at once.");
        assertThat(answer.path("checks").path(0).properties()).extracting(Map.Entry::getKey)
                .containsExactly("kind", "summary", "status", "reason");
        assertThat(answer.path("checks").path(0).path("kind").textValue()).isEqualTo("branchControl");
    }

    @Test
    public void branch_table() {
        Map<String, String> table = Map.of(
                "{'job':'team/app','branch':'main'}", "OPEN",
                "{'job':'team/app','branch':'refs/heads/main'}", "OPEN",
                "{'job':'team/app','branch':'refs/tags/main'}", "REFUSED",
                "{'job':'team/app','branch':'main','kind':'tag'}", "REFUSED",
                "{'job':'team/app','branch':'main','kind':'pullRequest'}", "REFUSED",
                "{'job':'team/app','branch':'main','kind':'branch'}", "OPEN",
                "{'job':'team/app','branch':''}", "REFUSED",
                "{'job':'team/app'}", "REFUSED",
                "{}", "REFUSED");
        table.forEach((body, verdict) ->
                assertThat(explain("branch", body).path("verdict").textValue()).as(body).isEqualTo(verdict));
    }

    @Test
    public void wait_saysUntilWhen() {
        JsonNode answer = explain("timer", "{'job':'team/app','branch':'main','at':'2026-03-06T14:00:00Z'}");
        assertThat(answer.path("verdict").textValue()).isEqualTo("WAIT");
        assertThat(answer.path("sentence").textValue())
                .startsWith("It would wait, however many approve. Not before 2026-03-06T18:00:00Z");
        assertThat(answer.path("changesAt").textValue()).isEqualTo("2026-03-06T18:00:00Z");
        assertThat(statuses(answer)).containsExactly("PASS", "WAIT");
        assertThat(answer.path("checks").path(1).path("until").textValue()).isEqualTo("2026-03-06T18:00:00Z");
        assertThat(explain("timer", "{'job':'team/app','branch':'x','at':'2026-03-06T14:00:00Z'}").has("changesAt")).isFalse();
    }

    @Test
    public void user_mayDecideOrNotAndWhy() {
        Map<String, String> table = Map.of(
                "{'branch':'main','user':'alice','requester':'bob'}", "true alice may approve, as alice.",
                "{'branch':'main','user':'ALICE','requester':'bob'}", "true ALICE may approve, as alice.",
                "{'branch':'main','user':'dave','requester':'bob'}", "true dave may approve, as group team.",
                "{'branch':'main','user':'mallory'}", "false mallory is not among the approvers of branch.",
                "{'branch':'main','user':''}", "false No user was named.",
                "{'branch':'main'}", "false No user was named.",
                "{'branch':'main','user':'$1\\\\'}", "false $1\\ is not among the approvers of branch.");
        table.forEach((body, expected) -> {
            JsonNode approval = explain("branch", body).path("approval");
            assertThat(approval.path("mayDecide").booleanValue() + " " + approval.path("reason").textValue())
                    .as(body)
                    .isEqualTo(expected);
        });
        assertThat(explain("branch", "{'branch':'main','user':'alice','requester':'alice'}").path("approval").path("reason").textValue())
                .startsWith("alice started this build, and branch wants a second pair of eyes.");
        assertThat(explain("timer", "{'branch':'main','user':'dave','requester':'bob'}").path("approval").path("reason").textValue())
                .startsWith("It is not your turn yet");
    }

    @Test
    public void others_areNotAskedUnlessSaid() {
        JsonNode answer = explain("asking", "{'job':'team/app'}");
        assertThat(answer.path("verdict").textValue()).isEqualTo("OPEN");
        assertThat(statuses(answer)).containsExactly("SKIPPED", "PASS");
        assertThat(answer.path("checks").path(0).path("reason").textValue())
                .isEqualTo("It asks others, and was not run for this.");
        explain(admin, "asking", "{'job':'team/app','runChecks':false}");
        assertThat(disk.host.puppets.asked("service")).isZero();
    }

    @Test
    public void others_areAskedForThoseWhoMayConfigure() {
        disk.host.puppets.says("service", CheckResult.fail("The scan found something."));
        JsonNode answer = explain(admin, "asking", "{'job':'team/app','runChecks':true}");
        assertThat(of(answer)).isEqualTo("REFUSED: It would be refused at once. The scan found something.");
        assertThat(disk.host.puppets.asked("service")).isEqualTo(1);
    }

    @Test
    public void others_whoFailOrWantToCallBackSaySo() {
        disk.host.puppets.says("service", (subject, now, callbacks) -> {
            assertThat(subject.gate()).isEqualTo("explain");
            callbacks.issue(subject, Instant.MAX);
            return CheckResult.pass("never");
        });
        assertThat(of(explain(admin, "asking", "{'runChecks':true}")))
                .isEqualTo("WAIT: It would wait, however many approve. No answer yet: nobody can call back an explanation.");
        disk.host.puppets.says("service", (subject, now, callbacks) -> {
            throw new IllegalStateException("bug");
        });
        assertThat(statuses(explain(admin, "asking", "{'runChecks':true}"))).containsExactly("WAIT", "PASS");
    }

    @Test
    public void runChecks_withoutThePermissionIs403AndNobodyIsAsked() {
        api.post(alice, "environments/asking/explain", "{\"runChecks\":true}").is(403, "forbidden");
        api.post(FakeCaller.anonymous(true), "environments/asking/explain", "{\"runChecks\":true}").is(403, "forbidden");
        assertThat(disk.host.puppets.asked("service")).isZero();
    }

    @Test
    public void whatOnlyARealBuildShows_isSkipped() {
        JsonNode answer = explain("template", "{'job':'team/app','branch':'main'}");
        assertThat(statuses(answer)).containsExactly("SKIPPED");
        assertThat(answer.path("checks").path(0).path("reason").textValue()).isNotBlank();
    }

    @Test
    public void metrics_areTaken() {
        assertThat(explain("metrics", "{'metrics':{'accuracy':0.94}}").path("verdict").textValue()).isEqualTo("OPEN");
        assertThat(explain("metrics", "{'metrics':{'accuracy':'0.91'}}").path("verdict").textValue()).isEqualTo("REFUSED");
        assertThat(explain("metrics", "{'metrics':{'loss':1}}").path("verdict").textValue()).isEqualTo("REFUSED");
        assertThat(statuses(explain("metrics", "{}"))).containsExactly("SKIPPED");
    }

    @Test
    public void approvedByACheck_andOneThatBarsApprovals() {
        disk.host.puppets.says("hours", CheckResult.approve("Nothing changed."));
        assertThat(of(explain("asking", "{}"))).isEqualTo("OPEN: It would open at once, approved by a check.");
        disk.host.puppets.says("hours", CheckResult.waiting("Approvals are taken from nine.").barringApprovals());
        JsonNode answer = explain("asking", "{'user':'alice'}");
        assertThat(answer.path("verdict").textValue()).isEqualTo("WAIT");
        assertThat(answer.path("approval"))
                .hasToString("{\"mayDecide\":false,\"reason\":\"Approvals are taken from nine.\"}");
    }

    @Test
    public void unusableCheck_waits() {
        JsonNode answer = explain("unusable", "{}");
        assertThat(answer.path("verdict").textValue()).isEqualTo("WAIT");
        assertThat(answer.path("checks").path(0).path("summary").textValue()).isEqualTo("not usable now");
    }

    @Test
    public void lockThatSomebodyHolds_isNotInTheWayOfAnExplanation() throws Exception {
        String holder = disk.request("branch", 7).id();
        disk.keeper.submit(holder, Given.approve("alice"));
        assertThat(disk.stateOf(holder)).isEqualTo("APPROVED+lock");
        before = everything();
        assertThat(explain("branch", "{'branch':'main'}").path("verdict").textValue()).isEqualTo("OPEN");
    }

    @Test
    public void badInput_isTold() {
        List<String> bad = Arrays.asList(
                "[]", "{'x':1}", "{'job':1}", "{'at':'yesterday'}", "{'at':'2026-03-06'}", "{'at':'2126-03-06T14:00:00Z'}",
                "{'at':'+1000000000-12-31T23:59:59Z'}", "{'branch':'x','kind':'twig'}", "{'metrics':[]}", "{'metrics':{'a':[]}}",
                "{'runChecks':'yes'}", "{'job':'" + "x".repeat(1_001) + "'}", "{'user':'" + "x".repeat(1_001) + "'}");
        for (String body : bad) {
            api.post(admin, "environments/branch/explain", body.replace('\'', '"')).is(400, "invalid");
        }
        api.post(alice, "environments/nowhere/explain", "{}").is(404, "unknownEnvironment");
        api.get(alice, "environments/branch/explain").is(405, "methodNotAllowed").has("Allow", "POST");
        api.post(FakeCaller.anonymous(false), "environments/branch/explain", "{}").is(401, "signIn");
    }
}
