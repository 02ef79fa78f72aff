package io.jenkins.plugins.approvalgate.pages;

import static io.jenkins.plugins.approvalgate.Calls.json;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.net.URL;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Deciding over HTTP, as the pages and scripts do it. */
public class RestDecisionsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private WorkflowRun build;
    private Gate gate;

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        EnvironmentItem staging = environment("staging", "any", user("alice"), user("bob"));
        staging.setChecklist(List.of("Backups are there"));
        configure(staging);
    }

    @Before
    public void oneGateWaits() throws Exception {
        build = start(pipeline(jenkins.jenkins, "deploy", """
                def gate = approvalGate(environment: 'staging', parameters: [booleanParam(name: 'DRY')])
                echo "said=${gate.comment} dry=${gate.inputs.DRY}"
                """), "developer");
        gate = openGate();
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private String address(String command) {
        return "approvals/rest/gates/" + gate.id() + "/" + command;
    }

    @Test
    public void approve_thePipelineGoesOn() throws Exception {
        HttpResponse<String> answer = Calls.by(jenkins, "alice").post(address("approve"), """
                {"comment": "Go.", "checklist": ["Backups are there"], "inputs": {"DRY": true}}""");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("status").asText()).isEqualTo("APPROVED");
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains("said=Go. dry=true", build);
    }

    @Test
    public void reject_thePipelineFails() throws Exception {
        HttpResponse<String> answer =
                Calls.by(jenkins, "bob").post(address("reject"), "{\"comment\": \"The plan is missing.\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("Rejected by bob: The plan is missing.", build);
    }

    @Test
    public void severalAtOnce_eachBuildGoesItsOwnWay() throws Exception {
        Gate first = gate;
        WorkflowRun other = start(pipeline(jenkins.jenkins, "other", "approvalGate 'staging'"), "alice");
        Gate own = Jenkinses.openGates(2).stream().filter(open -> !open.id().equals(first.id())).findFirst().orElseThrow();
        HttpResponse<String> answer = Calls.by(jenkins, "alice")
                .post("approvals/rest/gates/approve", """
                        {"ids": ["%s", "%s", "no-such-gate"], "comment": "Both are fine."}""".formatted(first.id(), own.id()));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode results = json(answer).get("results");
        assertThat(results.get(0).get("gate").get("status").asText()).isEqualTo("APPROVED");
        assertThat(results.get(1).get("error").get("message").asText()).startsWith("You started this build");
        assertThat(results.get(2).get("error").get("code").asText()).isEqualTo("unknownGate");
        jenkins.waitForCompletion(build);
        jenkins.assertLogContains("said=Both are fine.", build);
        assertThat(other.isBuilding()).isTrue();
        Calls.by(jenkins, "bob").post("approvals/rest/gates/reject", """
                {"ids": ["%s"], "comment": "Not this one."}""".formatted(own.id()));
        jenkins.waitForCompletion(other);
        jenkins.assertBuildStatus(Result.FAILURE, other);
    }

    @Test
    public void secondDecision_isToldWhoWasFirst() throws Exception {
        Calls.by(jenkins, "alice").post(address("approve"), "{}");
        for (String command : List.of("approve", "reject", "withdraw")) {
            HttpResponse<String> answer = Calls.by(jenkins, "bob").post(address(command), "{\"comment\": \"No.\"}");
            assertThat(answer.statusCode()).as(command).isEqualTo(409);
            JsonNode error = json(answer).get("error");
            assertThat(error.get("outcome").asText()).isEqualTo("APPROVED");
            assertThat(error.get("message").asText()).contains("Approved by alice");
        }
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    public void notYours_saysWhy() throws Exception {
        JsonNode error = json(Calls.by(jenkins, "admin").post(address("approve"), "{}")).get("error");
        assertThat(error.get("code").asText()).isEqualTo("notYours");
        assertThat(error.get("message").asText()).isEqualTo("You are not among the approvers of staging.");
    }

    /** From the body to the status. */
    private static Map<String, Integer> refusedBodies() {
        Map<String, Integer> table = new LinkedHashMap<>();
        table.put("{", 400);
        table.put("[]", 400);
        table.put("\"text\"", 400);
        table.put("{\"comment\": 1}", 400);
        table.put("{\"comment\": \"" + "x".repeat(10_001) + "\"}", 400);
        table.put("{\"checklist\": \"Backups are there\"}", 400);
        table.put("{\"checklist\": [\"Something else\"]}", 400);
        table.put("{\"inputs\": {\"DRY\": \"maybe\"}}", 400);
        table.put("{\"inputs\": {\"WET\": true}}", 400);
        table.put("{\"approver\": \"bob\"}", 400);
        table.put("{\"comment\": \"" + "x".repeat(1 << 20) + "\"}", 413);
        return table;
    }

    @Test
    public void badBodies_areRefusedAndChangeNothing() throws Exception {
        Calls alice = Calls.by(jenkins, "alice");
        for (Map.Entry<String, Integer> row : refusedBodies().entrySet()) {
            HttpResponse<String> answer = alice.post(address("approve"), row.getKey());
            String body = row.getKey().substring(0, Math.min(80, row.getKey().length()));
            assertThat(answer.statusCode()).as(body).isEqualTo(row.getValue());
            assertThat(json(answer).get("error").get("message").asText()).as(body).isNotBlank();
        }
        assertThat(now(gate).history()).hasSize(1);
    }

    @Test
    public void contentType_nothingButJsonIsTaken() throws Exception {
        Calls alice = Calls.by(jenkins, "alice");
        for (String type : List.of("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            assertThat(alice.send("POST", address("approve"), type, "{}").statusCode()).as(type).isEqualTo(415);
        }
        assertThat(now(gate).history()).hasSize(1);
        assertThat(alice.send("POST", address("approve"), "Application/JSON; charset=utf-8", "{}").statusCode())
                .isEqualTo(200);
    }

    @Test
    public void crumb_aBrowsersPostWithoutOneIsRefused() throws Exception {
        JenkinsRule.WebClient browser =
                jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).login("alice");
        URL url = new URL(jenkins.getURL(), address("approve"));
        WebRequest request = new WebRequest(url, HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/json");
        request.setRequestBody("{}");
        assertThat(browser.getPage(request).getWebResponse().getStatusCode()).isEqualTo(403);
        assertThat(now(gate).history()).hasSize(1);

        request.setAdditionalHeader(
                jenkins.jenkins.getCrumbIssuer().getCrumbRequestField(),
                browser.executeOnServer(() -> jenkins.jenkins.getCrumbIssuer().getCrumb()));
        assertThat(browser.getPage(request).getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(now(gate).isOpen()).isFalse();
    }

    @Test
    public void get_decidesNothing() throws Exception {
        assertThat(Calls.by(jenkins, "alice").get(address("approve")).statusCode()).isEqualTo(405);
        assertThat(now(gate).history()).hasSize(1);
    }

    @Test
    public void unchanged_isAnsweredWithoutABody() throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        browser.withBasicApiToken("alice");
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), "approvals/rest/gates/" + gate.id()));
        String tag = browser.getPage(request).getWebResponse().getResponseHeaderValue("ETag");
        request.setAdditionalHeader("If-None-Match", tag);
        assertThat(browser.getPage(request).getWebResponse().getStatusCode()).isEqualTo(304);
    }
}
