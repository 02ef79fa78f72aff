package io.jenkins.plugins.approvalgate.engine.rest;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request to the API.
 *
 * @param path the decoded segments below {@code approvals/rest/}, without empty ones
 * @param query the decoded parameters; of several with one name, the first
 * @param contentType the media type without its parameters, in lower case
 * @param ifNoneMatch the header of that name
 * @param body read at most once, and not beyond what the API allows
 */
public record RestRequest(
        String method,
        List<String> path,
        Map<String, String> query,
        Optional<String> contentType,
        Optional<String> ifNoneMatch,
        InputStream body) {
    public RestRequest {
        path = List.copyOf(path);
        query = Map.copyOf(query);
    }

    /** The media type of a {@code Content-Type} header's value, as {@link #contentType} wants it. */
    public static Optional<String> mediaType(String header) {
        return Optional.ofNullable(header)
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }
}
