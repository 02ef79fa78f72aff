package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.approvalgate.engine.rest.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Answers that are made while they are sent. */
public class ReplyTest {

    private static final byte[] PART = "x".repeat(1_000).getBytes(StandardCharsets.US_ASCII);

    private HttpServer server;
    private volatile Content content = new Content.Whole(new byte[0]);

    @Before
    public void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                new Reply(200, Map.of(), content).send(exchange);
            }
        });
        server.start();
    }

    @After
    public void end() {
        server.stop(0);
    }

    private HttpResponse<byte[]> get() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    public void stream_comesInChunks_toItsEnd() throws Exception {
        content = new Content.Streamed(out -> write(out, 100));
        HttpResponse<byte[]> response = get();
        assertThat(response.headers().firstValue("Transfer-Encoding")).contains("chunked");
        assertThat(response.body()).hasSize(100_000);
    }

    /** The client has the beginning before the rest is made. */
    @Test
    public void stream_isNotKept() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        content = new Content.Streamed(out -> {
            write(out, 50);
            try {
                seen.await();
            } catch (InterruptedException stop) {
                throw new IOException(stop);
            }
            write(out, 50);
        });
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.body().readNBytes(20_000)).hasSize(20_000);
        seen.countDown();
        assertThat(response.body().readAllBytes()).hasSize(80_000);
    }

    @Test
    public void stream_thatBreaksOff_isNoShorterFile() throws Exception {
        for (int parts : new int[] {1, 100}) {
            content = new Content.Streamed(out -> {
                write(out, parts);
                throw new IOException("the disk is gone");
            });
            assertThatThrownBy(this::get).as("%s parts", parts).isInstanceOf(IOException.class);
        }
        content = new Content.Streamed(out -> {
            write(out, 100);
            throw new IllegalStateException("a bug");
        });
        assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    }

    private static void write(OutputStream out, int parts) throws IOException {
        for (int i = 0; i < parts; i++) {
            out.write(PART);
        }
    }
}
