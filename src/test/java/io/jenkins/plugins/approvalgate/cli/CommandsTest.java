package io.jenkins.plugins.approvalgate.cli;

import static hudson.cli.CLICommandInvoker.Matcher.failedWith;
import static hudson.cli.CLICommandInvoker.Matcher.succeeded;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.ended;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGates;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The CLI's commands, as the users who call them. */
public class CommandsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        EnvironmentItem production = environment("production", "unanimous", user("alice"), user("bob"));
        production.setChecklist(List.of("Plan read", "Backup made"));
        configure(environment("staging", "any", user("alice"), user("carol")), production);
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static WorkflowRun begin(String job, String script) throws Exception {
        return start(pipeline(jenkins.jenkins, job, script), "developer");
    }

    private static CLICommandInvoker.Result by(String person, String command, String... arguments) {
        return new CLICommandInvoker(jenkins, command).asUser(person).invokeWithArgs(arguments);
    }

    /** Two gates: of the job staged at staging, and of the job produced at production. */
    private static Map<String, Gate> two() throws Exception {
        begin("staged", "approvalGate('staging')");
        begin("produced", "approvalGate(environment: 'production', message: 'Go\u001b[31m?')");
        return openGates(2).stream().collect(Collectors.toMap(gate -> gate.request().job(), Function.identity()));
    }

    @Test
    public void list_showsWhatWaitsForWhom() throws Exception {
        Map<String, Gate> gates = two();
        CLICommandInvoker.Result all = by("developer", "list-gates");
        assertThat(all, succeeded());
        List<String> lines = all.stdout().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("ID ").contains("ENVIRONMENT", "BUILD", "REQUESTED BY", "DUE", "APPROVED", "STATE");
        assertThat(lines).anySatisfy(line -> assertThat(line)
                .startsWith(gates.get("produced").id())
                .contains("production", "produced #1", "developer", "0/2", "WAITING: 1 approval by alice; 1 approval by bob"));
    }

    @Test
    public void list_scopeEnvironmentAndJobSelect() throws Exception {
        Map<String, Gate> gates = two();
        String staged = gates.get("staged").id();
        String produced = gates.get("produced").id();
        approve(gates.get("staged"), "carol");
        ended(gates.get("staged"));
        Map<List<String>, List<String>> expected = Map.of(
                List.of(), List.of(produced),
                List.of("--scope", "open"), List.of(produced),
                List.of("--scope", "mine"), List.of(produced),
                List.of("--environment", "staging"), List.of(),
                List.of("--environment", "production", "--job", "PROD"), List.of(produced));
        for (Map.Entry<List<String>, List<String>> row : expected.entrySet()) {
            String shown = by("alice", "list-gates", row.getKey().toArray(String[]::new)).stdout();
            assertThat(shown.lines().skip(1).map(line -> line.split(" ", 2)[0]))
                    .as("%s", row.getKey())
                    .containsExactlyElementsOf(row.getValue());
        }
        assertThat(by("alice", "list-gates", "--scope", "closed", "--job", "STAG").stdout().lines().skip(1).findFirst().orElseThrow())
                .startsWith(staged)
                .contains("1/1", "APPROVED: Approved by carol.");
        assertThat(by("carol", "list-gates", "--scope", "mine").stderr()).contains("No gate waits for you.");
    }

    @Test
    public void list_asJsonIsWhatTheApiSays() throws Exception {
        two();
        JsonNode told = Json.read(by("alice", "list-gates", "--json").stdout().getBytes(StandardCharsets.UTF_8));
        JsonNode api = Calls.json(Calls.by(jenkins, "alice").get("approvals/rest/gates"));
        assertThat(told.path("gates")).hasSize(2).isEqualTo(api.path("gates"));
        assertThat(by("outsider", "list-gates", "--json").stdout().strip()).isEqualTo("{\"gates\":[]}");
    }

    @Test
    public void list_morePagesThanOneAreOneList() throws Exception {
        begin("many", "approvalGate('staging')");
        GateRequest request = openGate().request();
        for (int i = 0; i < 204; i++) {
            keeper().request(new GateRequest(
                    "another " + i,
                    request.environment(),
                    request.job(),
                    request.build(),
                    request.buildUrl(),
                    request.stage(),
                    request.origin(),
                    request.requestedBy(),
                    request.requesters(),
                    "",
                    Map.of(),
                    List.of(),
                    List.of()));
        }
        assertThat(by("alice", "list-gates").stdout().lines().distinct()).hasSize(206);
    }

    @Test
    public void list_aScopeThatThereIsNotIsBadUsage() {
        CLICommandInvoker.Result result = by("alice", "list-gates", "--scope", "yours");
        assertThat(result, failedWith(2));
        assertThat(result.stderr()).contains("yours", "--scope [mine | open | closed]");
    }

    @Test
    public void approve_recordsWhoTheCallerIsAndWhatTheySay() throws Exception {
        begin("produced", """
                def gate = approvalGate(environment: 'production', parameters: [string(name: 'TICKET'),
                    text(name: 'NOTES', defaultValue: 'none'), choice(name: 'REGION', choices: ['eu', 'us']),
                    booleanParam(name: 'DRY', defaultValue: true)])
                echo "answers ${gate.inputs} ${gate.inputs.DRY instanceof Boolean}"
                """);
        Gate gate = openGate();
        CLICommandInvoker.Result first = by("alice", "approve-gate", gate.id(), "--comment", "fine by me",
                "--tick", "Plan read", "--tick", "Backup made",
                "--input", "TICKET=OPS=7", "--input", "REGION=us", "--input", "DRY=false");
        assertThat(first, succeeded());
        assertThat(first.stdout().strip()).isEqualTo(gate.id() + ": recorded. WAITING: 1 approval by bob");
        GateEvent.Approving approved = now(gate).standing().get(0);
        assertThat(approved.approver()).isEqualTo("alice");
        assertThat(approved.comment()).isEqualTo("fine by me");
        assertThat(approved.checklist()).containsExactly("Plan read", "Backup made");

        CLICommandInvoker.Result second = by("bob", "approve-gate", gate.id());
        assertThat(second, succeeded());
        assertThat(second.stdout()).contains("APPROVED: Approved by alice, bob.");
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("produced", WorkflowJob.class).getLastBuild();
        jenkins.waitForCompletion(build);
        jenkins.assertLogContains("answers [TICKET:OPS=7, NOTES:none, REGION:us, DRY:false] true", build);
    }

    @Test
    public void reject_closesTheGateWithTheReason() throws Exception {
        begin("staged", "approvalGate('staging')");
        Gate gate = openGate();
        CLICommandInvoker.Result result = by("carol", "reject-gate", gate.id(), "--comment", "not today");
        assertThat(result, succeeded());
        assertThat(result.stdout()).contains("REJECTED: Rejected by carol: not today");
        assertThat(ended(gate).outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    public void whatCannotBe_saysWhyAndChangesNothing() throws Exception {
        Map<String, Gate> gates = two();
        String staged = gates.get("staged").id();
        String produced = gates.get("produced").id();
        refuses(2, "Option \"--comment\" is required", by("alice", "reject-gate", staged));
        refuses(2, "Argument \"ID\" is required", by("alice", "approve-gate"));
        refuses(2, "--input has to be NAME=VALUE, not \"TICKET\"", by("alice", "approve-gate", staged, "--input", "TICKET"));
        refuses(2, "\"--now\" is not a valid option", by("alice", "approve-gate", staged, "--now"));
        refuses(3, "Say why you reject", by("alice", "reject-gate", staged, "--comment", " "));
        refuses(3, "There is no such gate, or you may not see it. list-gates shows", by("alice", "approve-gate", "nosuch"));
        refuses(3, "There is no such gate, or you may not see it.", by("outsider", "approve-gate", staged));
        refuses(3, "There is no such gate, or you may not see it.", by("alice", "approve-gate", "../summary"));
        refuses(3, "The checklist has no line \"Sung\".", by("alice", "approve-gate", produced, "--tick", "Sung"));
        refuses(3, "--tick \"Backup made\"", by("alice", "approve-gate", produced, "--tick", "Sung"));
        refuses(3, "The gate asks for no input \"X\".", by("alice", "approve-gate", staged, "--input", "X=1"));
        refuses(6, "You are not among the approvers of staging.", by("bob", "approve-gate", staged));
        refuses(6, "You are not among the approvers of staging.", by("admin", "approve-gate", staged));
        refuses(6, "You are not among the approvers of staging.", by("admin", "reject-gate", staged, "--comment", "x"));
        assertThat(openGates(2)).allSatisfy(gate -> assertThat(gate.history()).hasSize(1));
    }

    private static void refuses(int code, String sentence, CLICommandInvoker.Result result) {
        assertThat(result, failedWith(code));
        assertThat(result.stderr()).contains("ERROR: ").contains(sentence);
        assertThat(result.stdout()).isEmpty();
    }

    @Test
    public void anonymous_isToldToSignIn() throws Exception {
        begin("staged", "approvalGate('staging')");
        CLICommandInvoker.Result result =
                new CLICommandInvoker(jenkins, "approve-gate").invokeWithArgs(openGate().id());
        assertThat(result, failedWith(6));
    }

    @Test
    public void ended_isRefusedWithHowItEnded() throws Exception {
        begin("staged", "approvalGate('staging')");
        Gate gate = openGate();
        approve(gate, "carol");
        refuses(4, "Already approved. Approved by carol.", by("alice", "approve-gate", gate.id()));
    }

    @Test
    public void several_eachIsItsOwnDecision() throws Exception {
        Map<String, Gate> gates = two();
        Gate staged = gates.get("staged");
        Gate produced = gates.get("produced");
        CLICommandInvoker.Result result =
                by("carol", "approve-gate", "nosuch", produced.id(), staged.id(), staged.id());
        assertThat(result, failedWith(5));
        assertThat(result.stdout().lines()).containsExactly(staged.id() + ": recorded. APPROVED: Approved by carol.");
        assertThat(result.stderr())
                .contains("nosuch: There is no such gate")
                .contains(produced.id() + ": You are not among the approvers of production.")
                .contains("2 of 3 gates were not decided");
        assertThat(now(produced).approvals()).isEmpty();
        assertThat(ended(staged).actor()).contains("carol");
    }

    @Test
    public void several_allDone() throws Exception {
        Map<String, Gate> gates = two();
        CLICommandInvoker.Result result =
                by("alice", "approve-gate", gates.get("staged").id(), gates.get("produced").id());
        assertThat(result, succeeded());
        assertThat(result.stdout().lines()).hasSize(2);
        assertThat(now(gates.get("produced")).approvals()).extracting(Approval::approver).containsExactly("alice");
    }

    @Test
    public void terminal_getsNoControlCharacters() throws Exception {
        begin("staged", "approvalGate(environment: 'staging')");
        Gate gate = openGate();
        assertThat(by("alice", "reject-gate", gate.id(), "--comment", "no\u001b]0;title\u0007\nERROR: gone\u202e"), succeeded());
        String shown = by("alice", "list-gates", "--scope", "closed", "--job", "staged").stdout();
        assertThat(shown).contains("no ]0;title ERROR: gone").doesNotContain("\u001b", "\u0007", "\u202e");
        assertThat(shown.lines().filter(line -> line.startsWith(gate.id()))).hasSize(1);
    }

    @Test
    public void help_saysWhatTheCodesMean() {
        for (String command : List.of("list-gates", "approve-gate", "reject-gate")) {
            String help = by("alice", "help", command).stderr();
            assertThat(help).as(command).contains("Exit codes: 0").doesNotContain("Command.");
        }
        assertThat(by("alice", "help").stderr()).contains("Approves builds that wait at approval gates");
        assertThat(by("alice", "help", "approve-gate").stderr())
                .contains("approve-gate ID ... [--comment TEXT] [--input NAME=VALUE] [--tick LINE]")
                .contains("A line of the checklist that you have seen to");
    }
}
