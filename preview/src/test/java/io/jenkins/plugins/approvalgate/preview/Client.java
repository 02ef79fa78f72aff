package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Somebody who talks to a preview over HTTP. Thread-safe. */
final class Client {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;
    private final String user;

    /** @param user whose name is sent; empty for the anonymous user */
    Client(URI address, String user) {
        this.address = address;
        this.user = user;
    }

    Client as(String other) {
        return new Client(address, other);
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30));
        return user.isEmpty()
                ? builder
                : builder.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((user + ":any").getBytes(StandardCharsets.UTF_8)));
    }

    Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body(), parse(response.body()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    Answer post(String path, String body) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer decide(String gate, String action, String body) throws IOException {
        return post("/approvals/rest/gates/" + gate + "/" + action, body);
    }

    Answer gate(String id) throws IOException {
        return get("/approvals/rest/gates/" + id);
    }

    /** Starts a run and gives its name. */
    String start(String branch) throws IOException {
        Answer answer = post(
                "/preview/runs",
                Json.object()
                        .put("pipeline", "mlops")
                        .put("branch", branch)
                        .put("user", "developer-1")
                        .toString());
        if (answer.status() != 200) {
            throw new IOException("not started: " + answer);
        }
        return answer.json().get("run").asText();
    }

    JsonNode run(String run) {
        try {
            return get("/preview/runs/" + URLEncoder.encode(run, StandardCharsets.UTF_8)).json();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String statusOf(String run) {
        return run(run).path("status").asText();
    }

    /** The gate that the run came to last. */
    String gateOf(String run) {
        JsonNode gates = run(run).get("gates");
        return gates.get(gates.size() - 1).asText();
    }

    /** The run's stages with their status: {@code ValidateData SUCCESS}. */
    List<String> stagesOf(String run) {
        List<String> stages = new ArrayList<>();
        run(run).get("stages").forEach(stage ->
                stages.add(stage.get("name").asText() + " " + stage.get("status").asText()));
        return stages;
    }
}
