package io.jenkins.plugins.approvalgate.engine.check.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.rules.ExternalResource;

/** A web server on this machine that keeps what it was asked. */
final class Web extends ExternalResource {

    /** One request that came in. */
    record Request(String method, String address, Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** What it does with the request of this number, counted from 1. */
    @FunctionalInterface
    interface Handler {
        void handle(HttpExchange exchange, Request request, int number) throws IOException;
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Handler handler = (exchange, request, number) -> reply(exchange, 200, "");
    private HttpServer server;

    void answers(Handler given) {
        handler = given;
    }

    /** The same to everybody. */
    void answers(int status, String body, String... headers) {
        handler = (exchange, request, number) -> reply(exchange, status, body, headers);
    }

    static void reply(HttpExchange exchange, int status, String body, String... headers) throws IOException {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
        if (!none) {
            exchange.getResponseBody().write(bytes);
        }
    }

    String at(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
        return server.getAddress().getPort();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    Request last() {
        return requests.get(requests.size() - 1);
    }

    @Override
    protected void before() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Request request = new Request(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body);
            int number;
            synchronized (requests) {
                requests.add(request);
                number = requests.size();
            }
            handler.handle(exchange, request, number);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    protected void after() {
        server.stop(0);
        threads.shutdownNow();
    }
}
