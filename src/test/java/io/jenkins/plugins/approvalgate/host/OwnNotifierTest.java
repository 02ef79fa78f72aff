package io.jenkins.plugins.approvalgate.host;

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

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The notifier of another plugin that {@code docs/extending.md} shows. */
public class OwnNotifierTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private final BlockingQueue<String> paged = new LinkedBlockingQueue<>();
    private HttpServer pager;

    @Before
    public void listen() throws Exception {
        pager = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pager.createContext("/", exchange -> {
            paged.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        pager.start();
        System.setProperty("pager.url", "http://127.0.0.1:" + pager.getAddress().getPort() + "/");
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("production", "any", user("alice")));
    }

    @After
    public void stop() throws Exception {
        System.clearProperty("pager.url");
        pager.stop(0);
        Jenkinses.clear(jenkins.jenkins);
    }

    @Test
    public void bypass_isPaged_andNothingElse() throws Exception {
        WorkflowRun approved = start(pipeline(jenkins.jenkins, "usual", "approvalGate 'production'"), "developer");
        Jenkinses.approve(openGate(), "alice");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(approved));

        WorkflowRun bypassed = start(pipeline(jenkins.jenkins, "urgent", "approvalGate 'production'"), "developer");
        Gate gate = openGate();
        keeper().bypass(gate.id(), new Command.Bypass("carol", "incident 7"), true);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(bypassed));

        assertThat(paged.poll(60, TimeUnit.SECONDS)).isEqualTo("production, urgent #1: bypassed by carol, incident 7");
        assertThat(paged).isEmpty();
    }
}
