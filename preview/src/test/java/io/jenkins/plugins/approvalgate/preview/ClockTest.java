package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Time that passes by itself, time that is moved, and time that passes while nobody is here. */
public class ClockTest {

    @Rule
    public final PreviewRule preview = new PreviewRule();

    private Answer move(String body) throws IOException {
        return preview.as("").post("/preview/clock", body);
    }

    private void assertTimedOut(String run) throws IOException {
        preview.awaitStatus(run, "FAILURE");
        JsonNode gate = preview.as("auditor").gate(preview.as("").gateOf(run)).json();
        assertThat(gate.get("status").asText()).isEqualTo("TIMED_OUT");
        assertThat(gate.get("events").findValuesAsText("type"))
                .startsWith("requested", "checkEvaluated")
                .endsWith("closed")
                .containsOnlyOnce("closed");
    }

    @Test
    public void thirtyDays_timeTheGateOut() throws Exception {
        String run = preview.as("").start("develop");
        move("{\"advance\":\"P29DT23H\"}");
        assertThat(preview.as("auditor").gate(preview.as("").gateOf(run)).json().get("overdue").asBoolean())
                .isTrue();
        assertThat(preview.as("").statusOf(run)).isEqualTo("WAITING");

        assertThat(move("{\"advance\":\"PT2H\"}").status()).isEqualTo(200);

        assertTimedOut(run);
        Answer late = preview.as("ds-lead").decide(preview.as("").gateOf(run), "approve", "{}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().at("/error/outcome").asText()).isEqualTo("TIMED_OUT");
    }

    @Test
    public void timeWhileItWasDown_counts() throws Exception {
        String run = preview.as("").start("main");
        preview.stop();
        preview.start(Clock.offset(PreviewRule.CLOCK, Duration.ofDays(30)));

        assertTimedOut(run);
    }

    @Test
    public void movedClock_staysMovedOverARestart() throws Exception {
        Instant before = preview.now();
        move("{\"advance\":\"P2D\"}");
        preview.stop();
        preview.start(PreviewRule.CLOCK);

        assertThat(preview.now()).isAfter(before.plus(Duration.ofDays(2)));
    }

    @Test
    public void clock_canBeSetForward() throws Exception {
        Answer answer = move("{\"set\":\"2998-03-06T21:59:00Z\"}");

        assertThat(answer.json().get("now").asText()).startsWith("2998-03-06T21:59:00");
        assertThat(Instant.parse(preview.as("ds-lead")
                        .get("/approvals/rest/summary")
                        .headers()
                        .firstValue("Approval-Gate-Now")
                        .orElseThrow()))
                .as("the pages learn the time")
                .isAfter(Instant.parse("2998-03-06T21:59:00Z"));
    }

    @Test
    public void clock_neverGoesBack_norAnywhereStrange() throws Exception {
        Instant before = preview.now();
        for (String body : List.of(
                "{\"set\":\"2020-01-01T00:00:00Z\"}",
                "{\"advance\":\"-PT1S\"}",
                "{\"advance\":\"8h\"}",
                "{\"advance\":\"P99999999D\"}",
                "{\"advance\":\"PT9223372036854775807S\"}",
                "{\"set\":\"+99999-01-01T00:00:00Z\"}",
                "{\"set\":\"tomorrow\"}",
                "{\"advance\":\"PT1H\",\"set\":\"2998-03-06T21:59:00Z\"}",
                "{\"advance\":3600}",
                "{}",
                "[]",
                "x")) {
            assertThat(move(body).status()).as(body).isEqualTo(400);
        }
        assertThat(preview.now()).isBetween(before, before.plusSeconds(60));
    }
}
