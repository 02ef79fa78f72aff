package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** The example pipeline on each branch, through its gates, over HTTP. */
public class PipelineRunsTest {

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private Answer approve(String user, String gate) throws IOException {
        Answer answer = preview.as(user).decide(gate, "approve", "{\"comment\":\"fine\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private String start(String branch) throws IOException {
        return preview.as("").start(branch);
    }

    private Client anybody() {
        return preview.as("");
    }

    @Test
    public void develop_promotesAfterOneApproval() throws Exception {
        String run = start("develop");
        assertThat(anybody().statusOf(run)).isEqualTo("WAITING");
        assertThat(anybody().stagesOf(run))
                .containsExactly("ValidateData SUCCESS", "TrainCircuits SUCCESS", "PromoteToRegistry WAITING");

        JsonNode gate = approve("ml-engineer-2", anybody().gateOf(run)).json();

        assertThat(gate.get("status").asText()).isEqualTo("APPROVED");
        assertThat(gate.get("environment").asText()).isEqualTo("registry-promotion");
        assertThat(gate.get("stage").asText()).isEqualTo("PromoteToRegistry");
        assertThat(gate.get("branch").asText()).isEqualTo("develop");
        assertThat(gate.get("requestedBy").asText()).isEqualTo("developer-1");
        assertThat(gate.get("metrics").toString()).isEqualTo("{\"accuracy\":0.94,\"loss\":0.21,\"circuits\":128}");
        preview.awaitStatus(run, "SUCCESS");
        assertThat(anybody().stagesOf(run)).allMatch(stage -> stage.endsWith(" SUCCESS"));
        assertThat(anybody().run(run).get("log").toString()).contains("Approved by ml-engineer-2.");
    }

    @Test
    public void release_goesThroughItsTwoGatesInOrder() throws Exception {
        String run = start("release/1.0");
        String toTest = anybody().gateOf(run);
        assertThat(anybody().stagesOf(run))
                .containsExactly(
                        "PrepareTest SUCCESS", "DeployToTest WAITING", "IntegrationTests NOT_BUILT", "QASignOff NOT_BUILT");
        approve("qa-lead", toTest);
        await().until(() -> !anybody().gateOf(run).equals(toTest));

        String signOff = anybody().gateOf(run);
        assertThat(preview.as("product-owner").decide(signOff, "approve", "{}").status())
                .as("not the product owner's turn yet")
                .isEqualTo(403);
        approve("qa-engineer-1", signOff);
        assertThat(anybody().statusOf(run)).isEqualTo("WAITING");
        JsonNode gate = approve("product-owner", signOff).json();

        assertThat(gate.get("earlierGates")).hasSize(1);
        preview.awaitStatus(run, "SUCCESS");
    }

    @Test
    public void main_needsEverybody() throws Exception {
        String run = start("main");
        String gate = anybody().gateOf(run);
        approve("security-1", gate);
        approve("engineering-manager", gate);
        assertThat(anybody().statusOf(run)).isEqualTo("WAITING");
        approve("product-owner", gate);

        preview.awaitStatus(run, "SUCCESS");
        assertThat(anybody().stagesOf(run)).containsExactly("PlanProduction SUCCESS", "DeployToProduction SUCCESS");
    }

    @Test
    public void main_approvedOnSunday_opensOnMondayAtNine() throws Exception {
        preview.moveClock(preview.next(DayOfWeek.SUNDAY, 12));
        String run = start("main");
        String gate = anybody().gateOf(run);
        for (String user : List.of("security-1", "engineering-manager", "product-owner")) {
            approve(user, gate);
        }
        JsonNode waiting = preview.as("auditor").gate(gate).json();
        assertThat(waiting.get("status").asText()).isEqualTo("WAITING");
        assertThat(waiting.get("waitingFor")).hasSize(1);
        assertThat(waiting.at("/waitingFor/0/kind").asText()).isEqualTo("businessHours");
        Instant nine = preview.next(DayOfWeek.MONDAY, 9);
        assertThat(waiting.at("/waitingFor/0/until").asText()).isEqualTo(nine.toString());

        preview.moveClock(nine);

        preview.awaitStatus(run, "SUCCESS");
        assertThat(preview.as("auditor").gate(gate).json().get("closedAt").asText()).startsWith(nine.toString().substring(0, 16));
    }

    @Test
    public void anyOtherBranch_trainsAndIsRefusedAtTheRegistry() throws Exception {
        String run = start("feature/x");

        preview.awaitStatus(run, "FAILURE");
        assertThat(anybody().stagesOf(run))
                .containsExactly("ValidateData SUCCESS", "TrainCircuits SUCCESS", "PromoteToRegistry FAILURE");
        JsonNode gate = preview.as("auditor").gate(anybody().gateOf(run)).json();
        assertThat(gate.get("environment").asText()).isEqualTo("registry-promotion");
        assertThat(gate.get("status").asText()).isEqualTo("CHECK_FAILED");
        assertThat(gate.get("closedReason").asText()).contains("feature/x is not allowed here", "develop");
        assertThat(gate.at("/checks/0/kind").asText()).isEqualTo("branchControl");
        assertThat(gate.at("/checks/0/status").asText()).isEqualTo("FAIL");
        assertThat(anybody().run(run).get("log").toString()).contains("feature/x is not allowed here");
    }

    @Test
    public void rejection_failsTheRunAtThatStage() throws Exception {
        String run = start("main");
        assertThat(preview.as("product-owner")
                        .decide(anybody().gateOf(run), "reject", "{\"comment\":\"no way back\"}")
                        .status())
                .isEqualTo(200);

        preview.awaitStatus(run, "FAILURE");
        assertThat(anybody().stagesOf(run)).containsExactly("PlanProduction SUCCESS", "DeployToProduction FAILURE");
        assertThat(anybody().run(run).get("log").toString()).contains("Rejected by product-owner: no way back");
    }

    @Test
    public void abort_callsTheGateOff() throws Exception {
        String run = start("develop");
        String gate = anybody().gateOf(run);

        Answer answer = preview.as("developer-1").post("/preview/runs/mlops%231/abort", "{}");

        assertThat(answer.json().get("status").asText()).isEqualTo("ABORTED");
        JsonNode closed = preview.as("auditor").gate(gate).json();
        assertThat(closed.get("status").asText()).isEqualTo("CANCELLED");
        assertThat(closed.get("closedBy").asText()).isEqualTo("developer-1");
        assertThat(anybody().post("/preview/runs/mlops%231/abort", "{}").status()).isEqualTo(409);
    }

    @Test
    public void startersMetrics_areShownToTheApprover() throws Exception {
        anybody().post(
                "/preview/runs",
                "{\"pipeline\":\"mlops\",\"branch\":\"develop\",\"user\":\"DEVELOPER-1\",\"metrics\":{\"accuracy\":0.5}}");

        JsonNode gate = preview.as("ds-lead").gate(anybody().gateOf("mlops#1")).json();
        assertThat(gate.get("metrics").toString()).isEqualTo("{\"accuracy\":0.5}");
        assertThat(gate.get("requestedBy").asText()).isEqualTo("developer-1");
    }

    @Test
    public void starter_mayNotApproveTheirOwnRun() throws Exception {
        anybody().post("/preview/runs", "{\"pipeline\":\"mlops\",\"branch\":\"develop\",\"user\":\"ds-lead\"}");

        Answer answer = preview.as("DS-Lead").decide(anybody().gateOf("mlops#1"), "approve", "{}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("second pair of eyes");
    }

    @Test
    public void runAndGate_areThereAfterARestart() throws Exception {
        String run = start("release/1.0");
        JsonNode before = anybody().run(run);
        String gate = anybody().gateOf(run);
        preview.stop();
        preview.start(PreviewRule.CLOCK);

        assertThat(anybody().run(run)).isEqualTo(before);
        approve("qa-lead", gate);
        await().until(() -> anybody().run(run).get("gates").size() == 2);
    }

    @Test
    public void runWhoseFileSaysLessThanTheJournal_catchesUp() throws Exception {
        String run = start("main");
        String gate = anybody().gateOf(run);
        byte[] waiting = Files.readAllBytes(preview.home().resolve("runs/mlops-1.json"));
        approve("security-1", gate);
        approve("engineering-manager", gate);
        approve("product-owner", gate);
        preview.awaitStatus(run, "SUCCESS");
        preview.stop();
        Files.write(preview.home().resolve("runs/mlops-1.json"), waiting);
        preview.start(PreviewRule.CLOCK);

        preview.awaitStatus(run, "SUCCESS");
        assertThat(anybody().run(run).get("gates")).hasSize(1);
    }
}
