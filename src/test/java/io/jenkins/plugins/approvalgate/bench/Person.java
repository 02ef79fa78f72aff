package io.jenkins.plugins.approvalgate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** {@code alice}, who has an API token, which a restart of Jenkins does not end. */
final class Person {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** How those ask who have a list of pending inputs: each build has to tell of its own. */
    private static final String INPUTS =
            "job/inputs/api/json?tree=jobs[name,builds[number,building,actions[executions[id,input[message,submitter]]]]]";

    private final URI root;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String authorization;

    Person(URI root, String token) {
        String credentials = Base64.getEncoder().encodeToString(("alice:" + token).getBytes(StandardCharsets.UTF_8));
        this.root = root;
        authorization = "Basic " + credentials;
    }

    /** Lets a build go on; the status of the answer. */
    int click(Waiting waiting) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(waiting.click())).header("Authorization", authorization);
        if (waiting.kind() == Kind.GATE) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}"));
        } else {
            request.POST(HttpRequest.BodyPublishers.noBody());
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** All builds of a kind that wait for her. */
    List<Waiting> list(Kind kind) throws IOException, InterruptedException {
        return kind == Kind.GATE ? gates() : inputs();
    }

    private List<Waiting> gates() throws IOException, InterruptedException {
        List<Waiting> waiting = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("approvals/rest/gates?scope=mine&limit=200&cursor=" + cursor);
            page.get("gates").forEach(gate -> waiting.add(new Waiting(
                    Kind.GATE,
                    gate.get("job").asText() + "#" + gate.get("build").asInt(),
                    "approvals/rest/gates/" + gate.get("id").asText() + "/approve")));
            cursor = page.get("next").asText("");
        } while (!cursor.isEmpty());
        return waiting;
    }

    private List<Waiting> inputs() throws IOException, InterruptedException {
        List<Waiting> waiting = new ArrayList<>();
        for (JsonNode job : get(INPUTS.replace("[", "%5B").replace("]", "%5D")).get("jobs")) {
            String name = job.get("name").asText();
            for (JsonNode build : job.get("builds")) {
                int number = build.get("number").asInt();
                build.findValues("executions").forEach(executions -> executions.forEach(execution -> waiting.add(new Waiting(
                        Kind.INPUT,
                        "inputs/" + name + "#" + number,
                        "job/inputs/job/" + name + "/" + number + "/input/"
                                + URLEncoder.encode(execution.get("id").asText(), StandardCharsets.UTF_8)
                                + "/proceedEmpty"))));
            }
        }
        return waiting;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path)).header("Authorization", authorization).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
