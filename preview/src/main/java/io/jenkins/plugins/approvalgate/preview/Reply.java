package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer over HTTP. */
record Reply(int status, Map<String, String> headers, byte[] body) {

    static Reply of(int status, String type, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", "no-cache");
        headers.put("X-Content-Type-Options", "nosniff");
        return new Reply(status, headers, body);
    }

    static Reply json(JsonNode content) {
        return of(200, "application/json;charset=utf-8", Json.write(content));
    }

    /** An error object, in the API's form. */
    static Reply error(int status, String code, String message) {
        JsonNode content = Json.object().set("error", Json.object().put("code", code).put("message", message));
        return of(status, "application/json;charset=utf-8", Json.write(content));
    }

    static Reply notFound() {
        return error(404, "unknownAddress", "There is nothing at this address.");
    }

    static Reply useGet() {
        return error(405, "methodNotAllowed", "Use GET.").with("Allow", "GET, HEAD");
    }

    static Reply redirect(String location) {
        return of(302, "text/plain", new byte[0]).with("Location", location);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
    }
}
