package io.jenkins.plugins.approvalgate.pages;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.config.FunctionCheck;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A function that was asked answers later, and has no account here. */
public class CallbackTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private static final String PASS = "{\"decision\":\"pass\",\"reason\":\"Ticket 12 is approved.\"}";

    private HttpServer function;
    private final AtomicReference<URI> address = new AtomicReference<>();
    private WorkflowRun build;
    private Gate gate;

    /** The function has been asked, and alice has approved: the gate waits for nothing but the function's answer. */
    @Before
    public void asked() throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        function.createContext("/", exchange -> {
            String callback = new ObjectMapper()
                    .readTree(exchange.getRequestBody())
                    .path("callbackUrl")
                    .asText();
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
            address.set(URI.create(callback));
        });
        function.start();
        FunctionCheck check = new FunctionCheck();
        check.setUrl("http://127.0.0.1:" + function.getAddress().getPort() + "/decide");
        check.setCallback(true);
        EnvironmentItem production = environment("production", "any", user("alice"));
        production.setChecks(List.of(check));
        configure(production);
        build = start(pipeline(jenkins.jenkins, "deploy", "approvalGate('production')"), "developer");
        await().atMost(PATIENCE).until(address::get, Objects::nonNull);
        gate = approve(openGate(), "alice");
    }

    @After
    public void clear() throws Exception {
        function.stop(0);
        Jenkinses.clear(jenkins.jenkins);
    }

    private HttpResponse<String> answer(URI where, String method, String type, String body) throws Exception {
        // Nobody's: neither a login nor a crumb, and nobody may see anything here without a login.
        return Calls.by(jenkins, "anonymous").send(method, where.toString(), type, body);
    }

    @Test
    public void answerWithoutLoginAndCrumb_opensTheGateOnce() throws Exception {
        HttpResponse<String> accepted = answer(address.get(), "POST", "application/json", PASS);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
        assertThat(accepted.headers().map()).doesNotContainKey("set-cookie");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        HttpResponse<String> again = answer(address.get(), "POST", "application/json", PASS);
        assertThat(again.statusCode()).isEqualTo(404);
    }

    @Test
    public void anythingElse_changesNothing() throws Exception {
        URI mine = address.get();
        URI another = mine.resolve("A".repeat(43));
        assertThat(answer(another, "POST", "application/json", PASS).statusCode()).isEqualTo(404);
        assertThat(answer(mine, "GET", "", "").statusCode()).isEqualTo(405);
        assertThat(answer(mine, "POST", "text/plain", PASS).statusCode()).isEqualTo(415);
        assertThat(answer(mine, "POST", "application/x-www-form-urlencoded", "decision=pass").statusCode())
                .isEqualTo(415);
        assertThat(answer(mine, "POST", "application/json", "{\"decision\":\"perhaps\"}").statusCode())
                .isEqualTo(400);
        assertThat(answer(mine, "POST", "application/json", " ".repeat(2 << 20)).statusCode())
                .isEqualTo(413);
        assertThat(Jenkinses.now(gate).isOpen()).isTrue();
    }

    /** What is let through without a crumb is that one address; all else is refused by the filter, before any page. */
    @Test
    public void otherAddressesStillAskForACrumb() throws Exception {
        for (String path : new String[] {
            "approval-gate-callback/", "approval-gate-callback/a/b", "approval-gate-callback/a.b", "approval-gate-callbacks/a"
        }) {
            HttpResponse<String> refused = answer(jenkins.getURL().toURI().resolve(path), "POST", "application/json", PASS);
            assertThat(refused.statusCode()).as(path).isEqualTo(403);
        }
        URI below = URI.create(address.get() + "/more");
        assertThat(answer(below, "POST", "application/json", PASS).statusCode()).isEqualTo(403);
        assertThat(Jenkinses.now(gate).isOpen()).isTrue();
    }
}
