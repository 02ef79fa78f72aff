package io.jenkins.plugins.approvalgate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jvnet.hudson.test.JenkinsRule;

/** What a user's own scripts send: plain HTTP with the user's API token. */
public final class Calls {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI root;
    private final Optional<String> authorization;

    private Calls(URI root, Optional<String> authorization) {
        this.root = root;
        this.authorization = authorization;
    }

    /** Requests by {@code user}; by nobody, where it is {@code "anonymous"}. */
    public static Calls by(JenkinsRule jenkins, String user) throws Exception {
        URI root = jenkins.getURL().toURI();
        if (user.equals("anonymous")) {
            return new Calls(root, Optional.empty());
        }
        String credentials = user + ":" + jenkins.createApiToken(User.getById(user, true));
        return new Calls(
                root,
                Optional.of("Basic "
                        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))));
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "");
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, "application/json", json);
    }

    /** @param contentType is not sent where it is empty */
    public HttpResponse<String> send(String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path))
                .method(method, body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }
}
