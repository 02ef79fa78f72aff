package io.jenkins.plugins.approvalgate.preview;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The JDK's HTTP server, on the loopback address only. */
final class PreviewServer implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(PreviewServer.class.getName());
    private static final int AT_ONCE = 32;
    private static final int SECONDS_TO_FINISH = 10;

    private final HttpServer server;
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);

    private PreviewServer(HttpServer server) {
        this.server = server;
        server.setExecutor(pool);
    }

    /**
     * Takes the port; nothing is answered yet.
     *
     * @throws StartFailure if the port cannot be had
     */
    static PreviewServer bind(int port) throws StartFailure {
        try {
            return new PreviewServer(HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port), 0));
        } catch (BindException taken) {
            throw new StartFailure(
                    "port " + port + " is in use or not allowed (" + taken.getMessage() + "): choose another with --port",
                    taken);
        } catch (IOException failed) {
            throw new StartFailure("cannot listen on port " + port + ": " + failed.getMessage(), failed);
        }
    }

    void start(ApiRoute api, PreviewRoute preview, AssetRoute assets, PageRoute pages) {
        server.createContext("/", exchange -> answer(exchange, call -> {
            List<String> path = call.path();
            if (path.size() >= 2 && path.get(0).equals("approvals") && path.get(1).equals("rest")) {
                return api.answer(call);
            }
            if (path.size() == 2 && path.get(0).equals("approval-gate-callback")) {
                return api.callback(call);
            }
            return switch (path.isEmpty() ? "" : path.get(0)) {
                case "preview" -> preview.answer(call);
                case "assets" -> assets.answer(call);
                default -> pages.answer(call);
            };
        }));
        server.start();
    }

    private static void answer(HttpExchange exchange, Route route) throws IOException {
        try (exchange) {
            Call call = Call.of(exchange);
            Reply reply;
            try {
                Optional<String> foreign = Access.whyForeign(call);
                reply = foreign.isPresent() ? Reply.error(403, "foreign", foreign.get()) : route.answer(call);
            } catch (IOException notNow) {
                LOGGER.log(Level.WARNING, notNow, () -> call.method() + " " + exchange.getRequestURI());
                reply = Reply.error(503, "unavailable", "This cannot be done now: " + notNow.getMessage());
            } catch (RuntimeException bug) {
                LOGGER.log(Level.SEVERE, bug, () -> call.method() + " " + exchange.getRequestURI());
                reply = Reply.error(500, "failed", "The preview failed; its log says why.");
            }
            call.passOverBody();
            reply.send(exchange);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Answers what is being asked, and takes nothing more. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                LOGGER.warning("Some requests did not finish in time");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
    }
}
