package io.jenkins.plugins.approvalgate.engine.check.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that says what no honest web server would. */
final class RawServer implements AutoCloseable {

    /** Talks to one who has sent a request's head. */
    @FunctionalInterface
    interface Talk {
        void with(OutputStream out, RawServer server) throws IOException, InterruptedException;
    }

    /** Says nothing, and does not hang up. */
    static final Talk SILENCE = (out, server) -> new CountDownLatch(1).await();

    final AtomicInteger connections = new AtomicInteger();
    /** Counted down when the first who came has gone. */
    final CountDownLatch gone = new CountDownLatch(1);
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Talk talk;

    RawServer(Talk talk) throws IOException {
        this.talk = talk;
        threads.execute(this::accept);
    }

    /** Says {@code text}, and hangs up. */
    static RawServer saying(String text) throws IOException {
        return new RawServer((out, server) -> say(out, text));
    }

    static void say(OutputStream out, String text) throws IOException {
        out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    String at(String path) {
        return "http://127.0.0.1:" + socket.getLocalPort() + path;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            threads.shutdownNow();
        }
    }

    private void serve(Socket client) {
        try (client) {
            readHead(client.getInputStream());
            threads.execute(() -> watch(client));
            talk.with(client.getOutputStream(), this);
        } catch (IOException | InterruptedException over) {
            gone.countDown();
        }
    }

    private void watch(Socket client) {
        try {
            client.getInputStream().read();
        } catch (IOException closed) {
            // as below
        }
        gone.countDown();
    }

    private static void readHead(InputStream in) throws IOException {
        int newlines = 0;
        while (newlines < 4) {
            int c = in.read();
            newlines = c == '\r' || c == '\n' ? newlines + 1 : 0;
            if (c < 0) {
                throw new IOException("hung up");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
