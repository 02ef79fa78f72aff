package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.rest.Content;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer over HTTP. */
record Reply(int status, Map<String, String> headers, Content content) {

    private static final int CHUNK = 1 << 13;

    static Reply of(int status, String type, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", "no-cache");
        headers.put("X-Content-Type-Options", "nosniff");
        return new Reply(status, headers, new Content.Whole(body));
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
        return new Reply(status, more, content);
    }

    /** @throws IOException if it could not be sent to its end; the client's connection is broken then, or will be */
    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (content instanceof Content.Whole whole) {
            boolean empty = whole.bytes().length == 0 || head;
            exchange.sendResponseHeaders(status, empty ? -1 : whole.bytes().length);
            if (!empty) {
                exchange.getResponseBody().write(whole.bytes());
            }
            return;
        }
        exchange.sendResponseHeaders(status, head ? -1 : 0);
        if (!head) {
            stream(exchange);
        }
    }

    /** In chunks. An end that does not come from the content itself must not look like one. */
    private void stream(HttpExchange exchange) throws IOException {
        boolean whole = false;
        OutputStream chunks = new BufferedOutputStream(exchange.getResponseBody(), CHUNK);
        try {
            content.writeTo(chunks);
            chunks.flush();
            whole = true;
        } finally {
            if (!whole) {
                exchange.setStreams(null, new Broken());
            }
        }
    }

    /** In a response's place, keeps the server from sending the last chunk, so that it closes the connection instead. */
    private static final class Broken extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("the answer broke off");
        }

        @Override
        public void close() throws IOException {
            throw new IOException("the answer broke off");
        }
    }
}
