package io.jenkins.plugins.approvalgate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import io.jenkins.plugins.approvalgate.engine.rest.RestRequest;
import io.jenkins.plugins.approvalgate.engine.rest.RestResponse;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.JenkinsCaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.access.AccessDeniedException;

/**
 * The JSON API's answers to the user of the current command. What the API refuses is thrown as what Jenkins makes the exit
 * code of, with the API's sentence and what to do next.
 */
final class Answers {

    private final JenkinsCaller caller = new JenkinsCaller();

    /** @throws IOException if there is no engine now */
    JsonNode get(List<String> path, Map<String, String> query) throws IOException {
        return ask("GET", path, query, new byte[0]);
    }

    /** @throws IOException if there is no engine now */
    JsonNode post(List<String> path, ObjectNode body) throws IOException {
        return ask("POST", path, Map.of(), Json.write(body));
    }

    /**
     * Writes what is got into {@code out}, which stays open.
     *
     * @throws IOException if there is no engine now, or it breaks off
     */
    void stream(List<String> path, Map<String, String> query, OutputStream out) throws IOException {
        RestResponse answer = answer("GET", path, query, new byte[0]);
        if (answer.status() != 200) {
            throw refusal(answer);
        }
        answer.content().writeTo(out);
    }

    private JsonNode ask(String method, List<String> path, Map<String, String> query, byte[] body) throws IOException {
        RestResponse answer = answer(method, path, query, body);
        if (answer.status() / 100 == 2) {
            return Json.read(answer.body());
        }
        throw refusal(answer);
    }

    private RestResponse answer(String method, List<String> path, Map<String, String> query, byte[] body)
            throws IOException {
        RestApi api = ApprovalGates.get().api().orElseThrow(() -> new AbortException(Messages.Answers_shut()));
        return api.handle(
                new RestRequest(
                        method,
                        path,
                        query,
                        Optional.of("application/json"),
                        Optional.empty(),
                        new ByteArrayInputStream(body)),
                caller);
    }

    private static RuntimeException refusal(RestResponse answer) throws IOException {
        JsonNode content = Json.read(answer.body());
        return refusal(answer.status(), Plain.text(content.path("error").path("message").asText()));
    }

    private static RuntimeException refusal(int status, String message) {
        return switch (status) {
            case 401 -> new AccessDeniedException(Messages.Answers_signIn(message));
            case 403 -> new AccessDeniedException(message);
            case 404 -> new IllegalArgumentException(Messages.Answers_unknown(message));
            case 409 -> new IllegalStateException(message);
            case 429, 503 -> new IllegalStateException(Messages.Answers_again(message));
            default -> new NotAccepted(message);
        };
    }

    /** The gate is there, but does not take what was sent. */
    static final class NotAccepted extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private NotAccepted(String message) {
            super(message);
        }
    }
}
