package io.jenkins.plugins.approvalgate.engine.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.rules.ExternalResource;

/** Somebody who is told of events, as badly as a test wants. */
final class Receiver extends ExternalResource {

    /** One call that came in. */
    record Call(Map<String, String> headers, byte[] body) {
        JsonNode json() {
            try {
                return Json.read(body);
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
        }

        String id() {
            return json().path("id").asText();
        }

        String type() {
            return json().path("type").asText().replaceAll(".*approvalgate\\.|\\.v1", "");
        }
    }

    /** What it does with a call; {@link #HANG_UP} and {@link #HANG} beside statuses. */
    @FunctionalInterface
    interface Mood {
        int of(Call call);
    }

    static final int HANG_UP = -1;
    static final int HANG = -2;

    /** Every call that came, whatever was answered. */
    final List<Call> calls = new CopyOnWriteArrayList<>();

    final Map<String, String> answerHeaders = new LinkedHashMap<>();
    volatile Mood mood = call -> 204;
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0/secret-path";
    }

    /** The events, each once, in the order in which they came first. */
    List<Call> events() {
        Map<String, Call> first = new LinkedHashMap<>();
        calls.forEach(call -> first.putIfAbsent(call.id(), call));
        return new ArrayList<>(first.values());
    }

    List<String> types() {
        return events().stream().map(Call::type).toList();
    }

    @Override
    protected void before() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
            Call call = new Call(headers, exchange.getRequestBody().readAllBytes());
            int status;
            synchronized (this) {
                calls.add(call);
                status = mood.of(call);
            }
            if (status == HANG) {
                end.await();
            }
            if (status > 0) {
                answerHeaders.forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void after() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
