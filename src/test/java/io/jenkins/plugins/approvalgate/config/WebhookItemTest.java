package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpServer;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import io.jenkins.plugins.approvalgate.host.WebhookMonitor;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.yaml.snakeyaml.Yaml;

/** Webhooks in the form and as code; what is set counts at once. */
public class WebhookItemTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile int answer = 204;
    private HttpServer receiver;

    @Before
    public void begin() throws Exception {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configuration().setWebhooks(List.of());
        configure(environment("production", "any", user("alice")));
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                told.add(exchange.getRequestHeaders().getFirst("Approval-Gate-Signature") + " " + body);
                exchange.sendResponseHeaders(answer, -1);
            }
        });
        receiver.start();
    }

    @After
    public void end() throws Exception {
        configuration().setWebhooks(List.of());
        Jenkinses.clear(jenkins.jenkins);
        receiver.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hidden-part";
    }

    private static WebhookItem item(String url) {
        WebhookItem item = new WebhookItem();
        item.setUrl(url);
        return item;
    }

    private static WebhookItem full() {
        WebhookItem item = item("https://hooks.example.com/a?b=c");
        item.setCredentials("key");
        item.setEnvironments(List.of("production"));
        item.setEvents(List.of("requested", "closed"));
        item.setTemplate("{\"text\": \"${mrkdwn.summary}\", \"build\": ${build}}");
        item.setContentType("application/json");
        return item;
    }

    private static WebhookItem secretAddress() {
        WebhookItem item = new WebhookItem();
        item.setUrlCredentials("address");
        return item;
    }

    @Test
    public void form_savedUnchangedChangesNothing() throws Exception {
        configuration().setWebhooks(List.of(full(), secretAddress()));
        List<Webhook> before = configuration().settings().webhooks();
        assertThat(before).hasSize(2);
        HtmlPage page = jenkins.createWebClient().login("gate-admin").goTo("manage/approval-gate/");
        HtmlForm form = page.getFormByName("config");
        assertThat(jenkins.submit(form).getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(configuration().settings().webhooks()).isEqualTo(before);
        configuration().load();
        assertThat(configuration().settings().webhooks()).isEqualTo(before);
    }

    @Test
    @SuppressWarnings("unchecked")
    public void asCode_bothWays() throws Exception {
        apply("""
                unclassified:
                  approvalGate:
                    webhooks:
                      - url: "https://hooks.example.com/a?b=c"
                        credentials: "key"
                        environments: ["production"]
                        events: ["requested", "closed"]
                        template: '{"text": "^${mrkdwn.summary}", "build": ^${build}}'
                        contentType: "application/json"
                      - urlCredentials: "address"
                """);
        List<Webhook> read = configuration().settings().webhooks();
        assertThat(read).containsExactly(full().toEngine(), secretAddress().toEngine());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        Map<String, Map<String, Object>> all = new Yaml().load(out.toString(StandardCharsets.UTF_8));
        Map<String, Object> ours = (Map<String, Object>) all.get("unclassified").get("approvalGate");
        configuration().setWebhooks(List.of());
        apply(new Yaml().dump(Map.of("unclassified", Map.of("approvalGate", ours))));
        assertThat(configuration().settings().webhooks()).isEqualTo(read);
    }

    private void apply(String yaml) throws Exception {
        Path file = folder.newFile().toPath();
        Path named = file.resolveSibling(file.getFileName() + ".yaml");
        Files.writeString(named, yaml);
        ConfigurationAsCode.get().configure(named.toString());
    }

    @Test
    public void whatCannotBeMeant_isRefusedByNameAndChangesNothing() {
        configuration().setWebhooks(List.of(full()));
        WebhookItem bad = item("https://example.com/");
        bad.setTemplate("{\"a\": \"${nonsense}\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> configuration().setWebhooks(List.of(full(), bad)))
                .withMessageContaining("webhooks[1].template: there is no placeholder ${nonsense}");
        assertThat(configuration().settings().webhooks()).hasSize(1);
    }

    @Test
    public void fields_areChecked() {
        WebhookItem.DescriptorImpl descriptor =
                (WebhookItem.DescriptorImpl) jenkins.jenkins.getDescriptorOrDie(WebhookItem.class);
        assertThat(descriptor.doCheckUrl("ftp://x", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckUrl("", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckUrl("", "address").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckUrl(url(), "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckEventLines("closed\nopened").getMessage()).contains("there is no event &quot;opened&quot;");
        assertThat(descriptor.doCheckEnvironmentLines("production\nstage").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(descriptor.doCheckTemplate("{", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckTemplate("{\"a\": \"${job}\"}", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckContentType("text/plain", "").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    public void webhook_isToldWithoutARestart_andSigned() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "key", "", Secret.fromString("s3cret")));
        WebhookItem item = item(url());
        item.setCredentials("key");
        item.setEvents(List.of("requested"));
        configuration().setWebhooks(List.of(item));
        Awaitility.await().atMost(Jenkinses.PATIENCE).until(() -> jenkins.jenkins.getRootPath().child("approval-gate/webhooks").list("*.place").length == 1);
        WorkflowJob job = Jenkinses.pipeline(jenkins.jenkins, "app", "approvalGate('production')");
        Jenkinses.start(job, "developer");
        Awaitility.await().atMost(Jenkinses.PATIENCE).until(() -> !told.isEmpty());
        assertThat(told.get(0)).startsWith("v1=").contains("io.jenkins.plugins.approvalgate.requested.v1").contains("\"job\":\"app\"");
    }

    @Test
    public void goneWebhook_isToldToAdministrators_withoutItsPath() throws Exception {
        answer = 410;
        configuration().setWebhooks(List.of(item(url())));
        Awaitility.await().atMost(Jenkinses.PATIENCE).until(() -> jenkins.jenkins.getRootPath().child("approval-gate/webhooks").list("*.place").length == 1);
        Jenkinses.start(Jenkinses.pipeline(jenkins.jenkins, "app", "approvalGate('production')"), "developer");
        WebhookMonitor monitor = ExtensionList.lookupSingleton(WebhookMonitor.class);
        Awaitility.await().atMost(Jenkinses.PATIENCE).until(monitor::isActivated);
        String page = jenkins.createWebClient().login("admin").goTo("manage/").asNormalizedText();
        assertThat(page).contains("gone (410)").contains("127.0.0.1").doesNotContain("hidden-part");
        configuration().setWebhooks(List.of());
        Awaitility.await().atMost(Jenkinses.PATIENCE).until(() -> !monitor.isActivated());
    }
}
