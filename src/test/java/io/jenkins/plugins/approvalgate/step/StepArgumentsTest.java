package io.jenkins.plugins.approvalgate.step;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Result;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What a script may pass to the step, and what becomes of what it may not. */
public class StepArgumentsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("staging", "any", user("alice")));
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static WorkflowRun begin(String script) throws Exception {
        return start(pipeline(jenkins.jenkins, "deploy", script), "developer");
    }

    private static void finish(WorkflowRun build, Gate gate) throws Exception {
        approve(gate, "alice");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    public void message_htmlIsKeptAsTheTextThatItIs() throws Exception {
        String html = "<b>Release</b> <script>alert(1)</script> & \"1.4\"";
        WorkflowRun build = begin("approvalGate(environment: 'staging', message: '" + html + "')");
        Gate gate = openGate();
        assertThat(gate.request().message()).isEqualTo(html);
        finish(build, gate);
    }

    @Test
    public void metrics_numbersBecomeTheirDecimalTextAndKeepTheirOrder() throws Exception {
        WorkflowRun build = begin("""
                approvalGate(environment: 'staging', metrics: [accuracy: 0.94, loss: 0.000021d, circuits: 128,
                    ratio: 1.5f, big: 12345678901234567890, verdict: 'better', beaten: true])
                """);
        Gate gate = openGate();
        assertThat(gate.request().metrics())
                .containsExactly(
                        Map.entry("accuracy", "0.94"),
                        Map.entry("loss", "0.000021"),
                        Map.entry("circuits", "128"),
                        Map.entry("ratio", "1.5"),
                        Map.entry("big", "12345678901234567890"),
                        Map.entry("verdict", "better"),
                        Map.entry("beaten", "true"));
        finish(build, gate);
    }

    @Test
    public void links_absoluteAndRelativeOnes() throws Exception {
        WorkflowRun build = begin("""
                approvalGate(environment: 'staging', links: [MLflow: 'https://mlflow.example.org/#/7', Job: 'job/deploy/'])
                """);
        Gate gate = openGate();
        assertThat(gate.request().links())
                .containsExactly(new Link("MLflow", "https://mlflow.example.org/#/7"), new Link("Job", "job/deploy/"));
        finish(build, gate);
    }

    private static final String ASKING = """
            def gate = approvalGate(environment: 'staging', parameters: [
                string(name: 'TICKET', defaultValue: 'none', description: 'Change ticket'),
                text(name: 'NOTES', defaultValue: 'a\\nb'),
                choice(name: 'REGION', choices: ['eu', 'us']),
                booleanParam(name: 'DRY', defaultValue: true)])
            def i = gate.inputs
            echo "ticket=${i.TICKET} notes=${i.NOTES.split('\\n').length} region=${i.REGION} names=${i.keySet()}"
            echo i.DRY instanceof Boolean ? "dry is the boolean ${i.DRY}" : 'dry is none'
            """;

    @Test
    public void parameters_theAnswersComeBackTyped() throws Exception {
        WorkflowRun build = begin(ASKING);
        Gate gate = openGate();
        assertThat(gate.request().inputs())
                .extracting(InputField::kind)
                .containsExactly(
                        InputField.Kind.STRING, InputField.Kind.TEXT, InputField.Kind.CHOICE, InputField.Kind.BOOLEAN);
        assertThat(gate.request().inputs().get(0).description()).isEqualTo("Change ticket");
        keeper().submit(gate.id(), new Command.Approve("alice", "", List.of(),
                Map.of("TICKET", "OPS-7", "NOTES", "1\n2\n3", "REGION", "us", "DRY", "false")));
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains("ticket=OPS-7 notes=3 region=us names=[TICKET, NOTES, REGION, DRY]", build);
        jenkins.assertLogContains("dry is the boolean false", build);
    }

    @Test
    public void parameters_answeredOverRest() throws Exception {
        WorkflowRun build = begin(ASKING);
        Gate gate = openGate();
        Calls alice = Calls.by(jenkins, "alice");
        String address = "approvals/rest/gates/" + gate.id();
        assertThat(Calls.json(alice.get(address)).path("inputs").findValuesAsText("kind"))
                .containsExactly("string", "text", "choice", "boolean");
        assertThat(alice.post(address + "/approve", "{\"inputs\": {\"REGION\": \"mars\"}}").statusCode()).isEqualTo(400);
        String answers = "{\"inputs\": {\"TICKET\": \"${7*7} 'x'\", \"NOTES\": \"one\\ntwo\", \"REGION\": \"us\", \"DRY\": false}}";
        assertThat(alice.post(address + "/approve", answers).statusCode()).isEqualTo(200);
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains("ticket=${7*7} 'x' notes=2 region=us", build);
        jenkins.assertLogContains("dry is the boolean false", build);
    }

    @Test
    public void parameters_whatIsNotAnsweredHasItsDefault() throws Exception {
        WorkflowRun build = begin(ASKING);
        finish(build, openGate());
        jenkins.assertLogContains("ticket=none notes=2 region=eu", build);
        jenkins.assertLogContains("dry is the boolean true", build);
    }

    @Test
    public void parameters_anAnswerThatIsNoneOfTheChoicesIsRefused() throws Exception {
        WorkflowRun build = begin(ASKING);
        Gate gate = openGate();
        for (Map.Entry<String, String> answer : Map.of(
                        "REGION", "mars", "DRY", "maybe", "TICKET", "two\nlines", "UNASKED", "x")
                .entrySet()) {
            assertThatThrownBy(() -> keeper().submit(
                            gate.id(), new Command.Approve("alice", "", List.of(), Map.ofEntries(answer))))
                    .hasMessageContaining("input \"" + answer.getKey() + "\"");
        }
        finish(build, gate);
    }

    /** From what stands in the script to what the log has to say. */
    private static Map<String, String> refused() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("message: 'x' * 10001", "message is longer than 10000 characters");
        table.put("metrics: [loss: 0.0d / 0.0d]", "metric loss is not a finite number");
        table.put("metrics: [loss: 1.0d / 0.0d]", "metric loss is not a finite number");
        table.put("metrics: ['': 1]", "the name of a metric is empty");
        table.put("metrics: [loss: null]", "metric loss is empty");
        table.put("metrics: [loss: 'x' * 1001]", "metric loss is longer than 1000 characters");
        table.put("metrics: (1..201).collectEntries { [\"m${it}\".toString(), it] }", "metrics has more than 200 entries");
        table.put("metrics: [loss: [1]]", "metric loss is neither a text nor a number");
        table.put("metrics: [loss: { 1 }]", "metric loss is neither a text nor a number");
        table.put("metrics: [loss: new Date()]", "metric loss is neither a text nor a number");
        table.put("metrics: [(new Date()): 1]", "the name of a metric is neither a text nor a number");
        table.put("links: [Run: ['https://example.org']]", "link Run is neither a text nor a number");
        table.put("links: [Run: 'javascript:alert(1)']", "link \"Run\" has the scheme javascript");
        table.put("links: [Run: 'file:///etc/passwd']", "link \"Run\" has the scheme file");
        table.put("links: [Run: 'not an address']", "link \"Run\" is not an address");
        table.put("links: [Run: '']", "link Run is empty");
        table.put("parameters: [password(name: 'SECRET')]", "parameter SECRET is of a kind that cannot be asked");
        table.put("parameters: [file(name: 'FILE')]", "parameter FILE is of a kind that cannot be asked");
        table.put("parameters: [run(name: 'RUN', projectName: 'deploy', filter: 'ALL')]", "parameter RUN is of a kind that cannot be asked");
        table.put(
                "parameters: [credentials(name: 'KEY', description: '', defaultValue: '', credentialType: 'any', required: false)]",
                "parameter KEY is of a kind that cannot be asked at a gate, because the answer is kept for good: use string");
        table.put("parameters: [choice(name: 'NONE', choices: [])]", "parameter \"NONE\" offers no choices");
        table.put("parameters: [string(name: '')]", "the name of a parameter is empty");
        table.put("parameters: [string(name: 'A'), text(name: 'A')]", "parameters has the same name twice");
        return table;
    }

    @Test
    public void whatCannotBeMeantFailsTheStepInOneSentence() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "");
        for (Map.Entry<String, String> row : refused().entrySet()) {
            job.setDefinition(new CpsFlowDefinition("approvalGate(environment: 'staging', " + row.getKey() + ")", true));
            WorkflowRun build = start(job, "developer");
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatus(Result.FAILURE, build);
            assertThat(build.getLog(1_000))
                    .as(row.getKey())
                    .anyMatch(line -> line.startsWith("ERROR: approvalGate: ") && line.contains(row.getValue()));
        }
        assertThat(keeper().open()).isEmpty();
    }
}
