package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Servers that are slow, broken, or lie. */
public class HttpCallsTest {

    @Rule
    public final Timeout timeout = Timeout.seconds(60);

    @Rule
    public final Web web = new Web();

    private final Asks asks = new Asks();

    private void assertNoAnswer(ThrowingCallable ask, String message) {
        assertThatThrownBy(ask).isInstanceOf(IOException.class).hasMessage(message).hasNoCause();
    }

    @Test
    public void status500Then200_isAskedAgain() throws Exception {
        web.answers((exchange, request, number) -> Web.reply(exchange, number < 3 ? 500 : 200, "ok"));
        assertThat(asks.rest("url", web.at("/")).verdict()).isEqualTo(Verdict.PASS);
        assertThat(web.requests).hasSize(3);
    }

    @Test
    public void trouble_isAskedAgainAsOftenAsConfigured() {
        for (int status : new int[] {429, 500, 502, 503, 504}) {
            web.requests.clear();
            web.answers(status, "no");
            assertNoAnswer(
                    () -> asks.rest("url", web.at("/a/b?secret=1"), "retries", 2),
                    web.at("/a/b") + " did not answer: it says " + status);
            assertThat(web.requests).as("for %s", status).hasSize(3);
        }
    }

    @Test
    public void trouble_thatIsWanted_isAnAnswer() throws Exception {
        web.answers(503, "closed");
        assertThat(asks.rest("url", web.at("/"), "statuses", "503").verdict()).isEqualTo(Verdict.PASS);
        assertThat(web.requests).hasSize(1);
    }

    @Test
    public void otherStatuses_areNotAskedAgain() throws Exception {
        for (int status : new int[] {204, 400, 401, 404, 501}) {
            web.requests.clear();
            web.answers(status, "");
            asks.rest("url", web.at("/"));
            assertThat(web.requests).as("for %s", status).hasSize(1);
        }
    }

    @Test
    public void post_isAskedAgainWithTheSameKey() throws Exception {
        web.answers((exchange, request, number) -> Web.reply(exchange, number < 2 ? 503 : 200, "ok"));
        asks.rest("url", web.at("/"), "method", "POST");
        assertThat(web.requests)
                .extracting(request -> request.header("Idempotency-Key"))
                .containsExactly(
                        "\"01kjq0000000000000000000ab-2-1772442000000\"", "\"01kjq0000000000000000000ab-2-1772442000000\"");
        asks.rest("url", web.at("/"));
        assertThat(web.last().header("Idempotency-Key")).isNull();
    }

    @Test
    public void retryAfter_isWaitedFor() throws Exception {
        web.answers((exchange, request, number) -> Web.reply(exchange, number < 2 ? 429 : 200, "ok", "Retry-After", "1"));
        long begun = System.nanoTime();
        asks.rest("url", web.at("/"));
        assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(950).toNanos());
    }

    @Test
    public void retryAfter_asDateThatHasPassed_isNoPause() throws Exception {
        web.answers((exchange, request, number) ->
                Web.reply(exchange, number < 2 ? 503 : 200, "ok", "Retry-After", "Mon, 02 Mar 2026 08:59:00 GMT"));
        assertThat(asks.rest("url", web.at("/")).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    public void retryAfter_longerThanWeMayWait_endsAtOnce() {
        for (String later : List.of("3600", "Mon, 02 Mar 2026 12:00:00 GMT")) {
            web.requests.clear();
            web.answers(503, "", "Retry-After", later);
            assertNoAnswer(() -> asks.rest("url", web.at("/")), web.at("/") + " did not answer: it says 503");
            assertThat(web.requests).hasSize(1);
        }
    }

    @Test
    public void retryAfter_thatIsNonsense_isAsIfNotThere() throws Exception {
        web.answers((exchange, request, number) ->
                Web.reply(exchange, number < 2 ? 503 : 200, "ok", "Retry-After", "soon"));
        assertThat(asks.rest("url", web.at("/")).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    public void connectionRefused() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertNoAnswer(
                () -> asks.rest("url", "http://127.0.0.1:" + port + "/x"),
                "http://127.0.0.1:" + port + "/x did not answer: connection refused");
    }

    @Test
    public void unknownHost() {
        assertNoAnswer(
                () -> asks.rest("url", "https://nobody.invalid/x"),
                "https://nobody.invalid/x did not answer: its host is not known");
    }

    @Test
    public void silentServer_isLeft() throws Exception {
        try (RawServer silent = new RawServer(RawServer.SILENCE)) {
            assertNoAnswer(
                    () -> asks.rest("url", silent.at("/"), "timeout", "1s", "retries", 1),
                    silent.at("/") + " did not answer: its reply was not there in time");
            assertThat(silent.gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(silent.connections.get()).isBetween(1, 2);
        }
    }

    @Test
    public void tricklingServer_isLeft() throws Exception {
        RawServer.Talk trickle = (out, server) -> {
            RawServer.say(out, "HTTP/1.1 200 OK\n\n");
            while (!server.gone.await(20, TimeUnit.MILLISECONDS)) {
                RawServer.say(out, "x");
            }
        };
        try (RawServer trickling = new RawServer(trickle)) {
            assertNoAnswer(
                    () -> asks.rest("url", trickling.at("/"), "timeout", "1s", "retries", 0),
                    trickling.at("/") + " did not answer: its reply was not there in time");
            assertThat(trickling.gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    public void brokenReplies_areNoAnswer() throws Exception {
        List<String> broken = List.of(
                "", "HTTP/1.1 200", "HTTP/1.1 200 OK\nContent-Length: 100\n\n{\"state\":", "no HTTP at all\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\nno number\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n");
        for (String text : broken) {
            try (RawServer server = RawServer.saying(text)) {
                assertNoAnswer(
                        () -> asks.rest("url", server.at("/"), "retries", 1),
                        server.at("/") + " did not answer: the connection was cut off");
                assertThat(server.connections.get()).as(text).isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    public void reply10MiB_isNotTakenIn() {
        byte[] kib = new byte[1024];
        for (long length : new long[] {10 << 20, 0}) {
            AtomicReference<Integer> sent = new AtomicReference<>(0);
            web.answers((exchange, request, number) -> {
                exchange.sendResponseHeaders(200, length);
                for (int i = 0; i < 10 << 10; i++) {
                    exchange.getResponseBody().write(kib);
                    sent.set(i);
                }
            });
            web.requests.clear();
            assertNoAnswer(
                    () -> asks.rest("url", web.at("/")), web.at("/") + " did not answer: its reply is larger than 1 MiB");
            assertThat(web.requests).hasSize(1);
        }
    }

    @Test
    public void reply1MiB_isTakenIn() throws Exception {
        web.answers(200, "x".repeat(1 << 20));
        assertThat(asks.rest("url", web.at("/")).detail()).hasSize("HTTP 200\n".length() + 4096 + "\n…".length());
    }

    @Test
    public void compression_isNotAskedFor() throws Exception {
        asks.rest("url", web.at("/"));
        assertThat(web.last().headers()).doesNotContainKeys("Accept-encoding", "Upgrade");
    }

    @Test
    public void interrupt_whileTheReplyIsSlow_endsAtOnce() throws Exception {
        try (RawServer silent = new RawServer(RawServer.SILENCE)) {
            assertInterruptible(
                    () -> asks.rest("url", silent.at("/")), () -> silent.connections.get() > 0);
            assertThat(silent.gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    public void interrupt_betweenAttempts_endsAtOnce() throws Exception {
        web.answers(429, "", "Retry-After", "60");
        assertInterruptible(() -> asks.rest("url", web.at("/")), () -> !web.requests.isEmpty());
    }

    private interface Ask {
        CheckResult make() throws Exception;
    }

    private static void assertInterruptible(Ask ask, BooleanSupplier begun) throws Exception {
        AtomicReference<Throwable> end = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread asking = new Thread(() -> {
            try {
                ask.make();
            } catch (Throwable thrown) {
                end.set(thrown);
            }
            ended.countDown();
        });
        asking.start();
        await().until(begun::getAsBoolean);
        asking.interrupt();
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    public void timeLimit_isBounded() {
        assertThat(asks.check(RestCheck::of, "url", "http://h/").timeLimit()).isEqualTo(Duration.ofSeconds(4 * 30 + 7 + 5));
        assertThat(asks.check(RestCheck::of, "url", "http://h/", "timeout", "4m", "retries", 10).timeLimit())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    public void credential_isAskedForEachTime() throws Exception {
        Object[] settings = {"url", web.at("/"), "credentials", "token"};
        RestCheck check = asks.check(RestCheck::of, settings);
        assertNoAnswer(() -> asks.ask(check), "there is no credential \"token\"");
        asks.surroundings.secrets.put("token", new Secret.Text("one\n"));
        asks.ask(check);
        assertThat(web.last().header("Authorization")).isEqualTo("Bearer one");
        asks.surroundings.secrets.put("token", new Secret.UserPassword("jane", "pä"));
        asks.ask(check);
        assertThat(web.last().header("Authorization")).isEqualTo("Basic amFuZTpww6Q=");
    }

    @Test
    public void credential_inAHeaderOfItsOwn() throws Exception {
        RestCheck check =
                asks.check(RestCheck::of, "url", web.at("/"), "credentials", "key", "credentialsHeader", "X-Api-Key");
        asks.surroundings.secrets.put("key", new Secret.Text("k3y"));
        asks.ask(check);
        assertThat(web.last().header("X-Api-Key")).isEqualTo("k3y");
        assertThat(web.last().header("Authorization")).isNull();
        asks.surroundings.secrets.put("key", new Secret.UserPassword("jane", "secret"));
        assertNoAnswer(
                () -> asks.ask(check),
                "the credential \"key\" is a user name and password; the header X-Api-Key takes a secret text");
    }

    @Test
    public void credential_thatFitsInNoHeader_isNotToldToAnybody() {
        asks.surroundings.secrets.put("key", new Secret.Text("top\r\nX-Evil: secret"));
        assertNoAnswer(
                () -> asks.rest("url", web.at("/"), "credentials", "key"),
                "the credential \"key\" has a character that cannot stand in a header, as a line end");
        assertThat(web.requests).isEmpty();
    }
}
