package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A webhook of the YAML is told of the gates of a run, over a restart. */
public class WebhookRunTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private Preview preview;

    @Before
    public void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                events.add(Json.read(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        receiver.start();
        open();
    }

    @After
    public void stop() throws Exception {
        preview.close();
        receiver.stop(0);
    }

    private void open() throws Exception {
        Path config = folder.getRoot().toPath().resolve("jenkins.yaml");
        String example = Files.readString(PreviewRule.EXAMPLE);
        Files.writeString(config, example.replaceFirst(
                "(?m)^( *)environments:",
                "$1webhooks: [{url: 'http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook'}]\n$1environments:"));
        preview = Preview.start(
                new Options(0, folder.getRoot().toPath().resolve("home"), config, PreviewRule.WEBAPP), Clock.systemUTC());
    }

    @Test
    public void run_isToldOf_eachEventOnce() throws Exception {
        Client developer = new Client(preview.address(), "developer-1");
        developer.post("/preview/runs", "{\"pipeline\":\"mlops\",\"branch\":\"develop\",\"user\":\"developer-1\"}");
        await().until(() -> events.stream().anyMatch(event -> event.path("type").asText().endsWith(".requested.v1")));
        JsonNode requested = events.get(0);
        assertThat(requested.path("source").asText()).startsWith(preview.address() + "approvals/gates/");
        assertThat(requested.path("data").path("job").asText()).isEqualTo("mlops");
        preview.close();
        int told = events.size();
        open();
        developer = new Client(preview.address(), "ml-engineer-1");
        developer.post("/preview/runs", "{\"pipeline\":\"mlops\",\"branch\":\"develop\",\"user\":\"developer-1\"}");
        await().until(() -> events.size() > told);
        assertThat(events).extracting(event -> event.path("id").asText()).doesNotHaveDuplicates();
    }
}
