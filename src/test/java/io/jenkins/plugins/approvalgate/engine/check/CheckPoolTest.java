package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.QuietLog;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/** A bounded number of threads, and whoever hangs keeps nobody else. */
public class CheckPoolTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    @Rule
    public final QuietLog bugs = new QuietLog(CheckPool.class);

    private final CheckPool pool = new CheckPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();

    @After
    public void end() {
        over.countDown();
        pool.close();
    }

    private CompletableFuture<CheckPool.Answer<String>> ask(Object key, Duration limit, CheckPool.Question<String> question) {
        CompletableFuture<CheckPool.Answer<String>> answer = new CompletableFuture<>();
        pool.ask(key, limit, question, told -> assertThat(answer.complete(told)).as("told once").isTrue());
        return answer;
    }

    private static CheckPool.Answer<String> soon(CompletableFuture<CheckPool.Answer<String>> answer) throws Exception {
        return answer.get(60, TimeUnit.SECONDS);
    }

    private String hangIgnoringInterrupts() {
        hanging.incrementAndGet();
        while (true) {
            try {
                over.await();
                return "late";
            } catch (InterruptedException ignored) {
                // that is the point
            }
        }
    }

    @Test
    public void answer_isTold() throws Exception {
        assertThat(soon(ask("a", LONG, () -> "yes"))).isEqualTo(new CheckPool.Answer<>("yes", null));
    }

    @Test
    public void failures_areToldInWords() throws Exception {
        assertThat(soon(ask("a", LONG, () -> {
                    throw new IOException("connection refused");
                })).failure())
                .isEqualTo("connection refused");
        assertThat(soon(ask("a", LONG, () -> {
                    throw new EOFException();
                })).failure())
                .isEqualTo("EOFException");
        assertThat(soon(ask("a", LONG, () -> {
                    throw new IllegalStateException("secret");
                })).failure())
                .isEqualTo("the check itself failed: IllegalStateException");
        assertThat(soon(ask("a", LONG, () -> {
                    throw new NoClassDefFoundError("x");
                })).failure())
                .isEqualTo("the check itself failed: NoClassDefFoundError");
        assertThat(soon(ask("a", LONG, () -> null)).failure()).isNotBlank();
        assertThat(soon(ask("a", LONG, () -> "still works")).value()).isEqualTo("still works");
    }

    @Test
    public void oneThatHangs_keepsNoOtherCheckAndTakesFourThreadsAtMost() throws Exception {
        for (int i = 0; i < 100; i++) {
            ask("hanging", LONG, this::hangIgnoringInterrupts);
        }
        List<CompletableFuture<CheckPool.Answer<String>>> others = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            others.add(ask("other-" + i % 20, LONG, () -> "yes"));
        }
        for (CompletableFuture<CheckPool.Answer<String>> other : others) {
            assertThat(soon(other).value()).isEqualTo("yes");
        }
        assertThat(hanging.get()).isEqualTo(4);
    }

    @Test
    public void allThreadsHangAndIgnoreTheirInterrupt_othersAreFoundAndWhoAskedIsTold() throws Exception {
        List<CompletableFuture<CheckPool.Answer<String>>> stuck = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            stuck.add(ask("hanging-" + i / 4, SHORT, this::hangIgnoringInterrupts));
        }
        await().until(() -> hanging.get() == 16);
        CompletableFuture<CheckPool.Answer<String>> other = ask("other", LONG, () -> "yes");
        for (CompletableFuture<CheckPool.Answer<String>> one : stuck) {
            assertThat(soon(one).failure()).isEqualTo("there was no answer within 0 seconds");
        }
        assertThat(soon(other).value()).isEqualTo("yes");
        // When they come back after all, the pool is as it was.
        over.countDown();
        List<CompletableFuture<CheckPool.Answer<String>>> again = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            again.add(ask("hanging-" + i % 4, LONG, () -> "again"));
        }
        for (CompletableFuture<CheckPool.Answer<String>> one : again) {
            assertThat(soon(one).value()).isEqualTo("again");
        }
    }

    @Test
    public void limit_interruptsAndTheThreadComesBackClean() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            assertThat(soon(ask("a", Duration.ofMillis(20), () -> {
                        try {
                            over.await();
                        } catch (InterruptedException stop) {
                            seen.add("interrupted");
                            throw stop;
                        }
                        return "never";
                    })).failure())
                    .isNotBlank();
            assertThat(soon(ask("a", LONG, () -> Thread.currentThread().isInterrupted() ? "interrupted" : "clean")).value())
                    .isEqualTo("clean");
        }
        await().until(() -> seen.size() == 20);
    }

    @Test
    public void neverMoreThanSixteenAtOnceNorFourOfOneCheck() throws Exception {
        AtomicInteger all = new AtomicInteger();
        AtomicInteger[] ofOne = new AtomicInteger[50];
        AtomicInteger mostOfAll = new AtomicInteger();
        AtomicInteger mostOfOne = new AtomicInteger();
        List<CompletableFuture<CheckPool.Answer<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int key = i % 7 == 0 ? 0 : i % 50;
            ofOne[key] = ofOne[key] == null ? new AtomicInteger() : ofOne[key];
            answers.add(ask(key, LONG, () -> {
                mostOfAll.accumulateAndGet(all.incrementAndGet(), Math::max);
                mostOfOne.accumulateAndGet(ofOne[key].incrementAndGet(), Math::max);
                Thread.yield();
                ofOne[key].decrementAndGet();
                all.decrementAndGet();
                return "yes";
            }));
        }
        for (CompletableFuture<CheckPool.Answer<String>> one : answers) {
            soon(one);
        }
        assertThat(mostOfAll.get()).isBetween(2, 16);
        assertThat(mostOfOne.get()).isBetween(1, 4);
    }

    @Test
    public void close_interruptsWhatIsUnderWay() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> came = new CompletableFuture<>();
        ask("a", LONG, () -> {
            begun.countDown();
            try {
                over.await();
            } catch (InterruptedException stop) {
                came.complete("interrupted");
                throw stop;
            }
            return "never";
        });
        begun.await();
        pool.close();
        assertThat(came.get(60, TimeUnit.SECONDS)).isEqualTo("interrupted");
        pool.ask("a", LONG, () -> "never", told -> {});
    }
}
