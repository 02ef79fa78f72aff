package io.jenkins.plugins.approvalgate.preview;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request over HTTP.
 *
 * @param path the decoded segments, without empty ones
 * @param folder whether the path ends in a slash
 */
record Call(HttpExchange exchange, List<String> path, boolean folder) {

    /** Somebody who sends more than this after the answer is known will find the connection closed. */
    private static final int MOST_TO_PASS_OVER = 16 << 20;

    static Call of(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawPath();
        List<String> path = Arrays.stream(raw.split("/"))
                .filter(segment -> !segment.isEmpty())
                // A plus is itself in a path, unlike in a query.
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
        return new Call(exchange, path, raw.endsWith("/"));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    boolean isRead() {
        return method().equals("GET") || method().equals("HEAD");
    }

    /** The segments after the first {@code count}. */
    List<String> below(int count) {
        return path.subList(Math.min(count, path.size()), path.size());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** The decoded parameters; of several with one name, the first. */
    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.putIfAbsent(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
        }
        return query;
    }

    InputStream body() {
        return exchange.getRequestBody();
    }

    /** Reads what nobody wanted, so that the answer reaches a client that is still sending. */
    void passOverBody() throws IOException {
        byte[] buffer = new byte[8192];
        int left = MOST_TO_PASS_OVER;
        for (int read = body().read(buffer); read > 0 && left > 0; read = body().read(buffer)) {
            left -= read;
        }
    }
}
