package io.jenkins.plugins.approvalgate.engine.check.calendar;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server with a calendar, which says what it is told to. */
final class CalendarServer implements AutoCloseable {

    /** What it says next, with these headers. */
    record Saying(int status, Map<String, String> headers, byte[] body) {

        static Saying of(int status, String body) {
            return new Saying(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }

        Saying with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Saying(status, more, body);
        }
    }

    final List<Headers> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private volatile Saying saying = Saying.of(404, "");

    CalendarServer() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    void says(Saying next) {
        saying = next;
    }

    String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Headers copy = new Headers();
        copy.putAll(exchange.getRequestHeaders());
        asked.add(copy);
        Saying now = exchange.getRequestURI().getPath().equals("/moved.ics") ? Saying.of(302, "").with("Location", "/x.ics") : saying;
        now.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        boolean empty = now.status() == 304 || now.body().length == 0;
        exchange.sendResponseHeaders(now.status(), empty ? -1 : now.body().length);
        if (!empty) {
            exchange.getResponseBody().write(now.body());
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
