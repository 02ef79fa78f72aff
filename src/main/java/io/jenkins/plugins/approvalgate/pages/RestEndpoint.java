package io.jenkins.plugins.approvalgate.pages;

import io.jenkins.plugins.approvalgate.engine.rest.Content;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import io.jenkins.plugins.approvalgate.engine.rest.RestRequest;
import io.jenkins.plugins.approvalgate.engine.rest.RestResponse;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.JenkinsCaller;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Carries requests from Stapler to the API and answers back. */
final class RestEndpoint {

    private RestEndpoint() {}

    static void serve(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Optional<RestApi> api = ApprovalGates.get().api();
        if (api.isEmpty()) {
            send(RestResponse.shut(), response);
            return;
        }
        send(api.get().handle(translate(request), new JenkinsCaller()), response);
    }

    static void send(RestResponse answer, StaplerResponse2 response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.content() instanceof Content.Whole whole) {
            response.getOutputStream().write(whole.bytes());
        } else {
            stream(answer.content(), response);
        }
    }

    /**
     * In chunks, as the container makes them of what has no length. Jenkins keeps to itself what is thrown once an answer
     * has begun, and the container would end it as if it were all; so the connection is broken: Jetty does so when told an
     * error -1.
     */
    private static void stream(Content content, StaplerResponse2 response) throws IOException {
        try {
            content.writeTo(response.getOutputStream());
        } catch (IOException | RuntimeException failed) {
            if (response.isCommitted()) {
                response.sendError(-1, "the answer broke off");
            }
            throw failed;
        }
    }

    private static RestRequest translate(StaplerRequest2 request) throws IOException {
        // Stapler has decoded this path already.
        List<String> path = Arrays.stream(request.getRestOfPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        Map<String, String> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
        return new RestRequest(
                request.getMethod(),
                path,
                query,
                RestRequest.mediaType(request.getContentType()),
                Optional.ofNullable(request.getHeader("If-None-Match")),
                request.getInputStream());
    }
}
