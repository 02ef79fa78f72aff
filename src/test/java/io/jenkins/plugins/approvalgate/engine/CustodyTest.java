package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.approvalgate.engine.audit.Damage;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Sealed;
import io.jenkins.plugins.approvalgate.engine.audit.Verification;
import io.jenkins.plugins.approvalgate.engine.audit.VerifyRuns;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is done with the journal day by day: removing, telling its head, verifying. */
public class CustodyTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final QuietLog quiet = new QuietLog(Anchoring.class);

    @Rule
    public final KeeperOnDisk disk =
            new KeeperOnDisk(Town.of("team=carol"), Given.environment("production", "any 1: alice", Duration.ofDays(400)));

    private static AuditSettings kept(Duration retention) {
        return new AuditSettings(
                Optional.empty(), Optional.of(retention), Optional.empty(), AuditSettings.FindingRules.USUAL);
    }

    private static AuditSettings anchored(Optional<String> file, Optional<String> url) {
        return anchored(file, url, Optional.empty());
    }

    private static AuditSettings anchored(Optional<String> file, Optional<String> url, Optional<String> credentials) {
        return new AuditSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new AuditSettings.Anchor(file, url, credentials)),
                AuditSettings.FindingRules.USUAL);
    }

    private List<String> months() throws Exception {
        try (Stream<Path> files = Files.list(disk.journal())) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jsonl")).sorted().toList();
        }
    }

    private void rejected(int build) throws Exception {
        disk.keeper.submit(disk.request("production", build).id(), Given.reject("alice"));
    }

    @Test
    public void withoutTheSetting_nothingIsEverRemoved() throws Exception {
        disk.keeper.start();
        rejected(1);
        for (int year = 0; year < 3; year++) {
            disk.passes(Duration.ofDays(365));
            rejected(year + 2);
        }
        disk.restart();
        assertThat(months()).hasSize(4).contains("2026-03.jsonl");
        assertThat(disk.keeper.custody().verification().begin().get(30, TimeUnit.SECONDS).verification().ok()).isTrue();
        assertThat(disk.journal().resolve("checkpoint.json")).doesNotExist();
    }

    @Test
    public void oldMonths_areRemovedDaily_andGatesComeBackAfterwards() throws Exception {
        disk.host.audit = kept(Duration.ofDays(31));
        disk.keeper.start();
        rejected(1);
        disk.passes(Duration.ofDays(40));
        Gate open = disk.request("production", 2);
        disk.passes(Duration.ofDays(40));
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(months()).doesNotContain("2026-03.jsonl"));
        disk.restart();
        assertThat(disk.stateOf(open.id())).isEqualTo("OPEN");
        assertThat(disk.keeper.journal().damages()).isEmpty();
        assertThat(disk.keeper.journal().verify().ok()).isTrue();
    }

    @Test
    public void aMonthInWhichAnOpenGateBegan_stays() throws Exception {
        disk.host.audit = kept(Duration.ofDays(31));
        disk.keeper.start();
        Gate open = disk.request("production", 1);
        rejected(2);
        disk.passes(Duration.ofDays(100));
        rejected(3);
        disk.passes(Duration.ofDays(2));
        disk.restart();
        disk.request("production", 4);
        assertThat(months()).contains("2026-03.jsonl");
        disk.keeper.submit(open.id(), Given.reject("alice"));
        disk.passes(Duration.ofDays(2));
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(months()).doesNotContain("2026-03.jsonl"));
    }

    @Test
    public void anchor_isAppendedDaily_signed_andTheCutOffEndShows() throws Exception {
        Path file = folder.getRoot().toPath().resolve("anchors.jsonl");
        disk.host.audit = anchored(Optional.of(file.toString()), Optional.empty());
        rejected(1);
        disk.keeper.start();
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(disk.lines()).anyMatch(line -> line.contains("\"anchored\"")));
        byte[] anchor = Files.readAllLines(file).get(0).getBytes(StandardCharsets.UTF_8);
        assertThat(Sealed.holds(Json.read(anchor), disk.host.signer.publicKey())).isTrue();
        assertThat(Json.read(anchor).path("seq").asLong()).isEqualTo(3);
        assertThat(disk.keeper.custody().anchorState().seq()).contains(3L);

        disk.keeper.close();
        disk.openAndStart();
        disk.passes(Duration.ofDays(1));
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(Files.readAllLines(file)).hasSize(2));
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() ->
                assertThat(disk.lines().stream().filter(line -> line.contains("\"anchored\""))).hasSize(2));
        assertThat(verify().ok()).isTrue();

        disk.keeper.close();
        disk.writeLines(disk.lines().subList(0, 2));
        disk.open();
        assertThat(verify().damages()).extracting(Damage::file).containsOnly("anchors.jsonl");
        assertThat(verify().damages().get(0).what()).contains("now it ends with line 2");
    }

    @Test
    public void anchor_remembersWhatStoodThere_andWhoSigned() throws Exception {
        Path file = folder.getRoot().toPath().resolve("anchors.jsonl");
        disk.host.audit = anchored(Optional.of(file.toString()), Optional.empty());
        rejected(1);
        disk.keeper.start();
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(disk.lines()).anyMatch(line -> line.contains("\"anchored\"")));
        String sound = Files.readString(file);

        Files.writeString(file, sound + sound.replaceFirst("\"at\":\"....", "\"at\":\"2030"));
        assertThat(verify().damages()).extracting(Damage::what).containsExactly("this controller did not sign it");

        Files.writeString(file, "torn\n" + sound);
        assertThat(verify().ok()).isTrue();

        disk.keeper.close();
        Files.delete(disk.journal().resolve("2026-03.jsonl"));
        disk.open();
        rejected(7);
        rejected(8);
        assertThat(verify().damages()).extracting(Damage::what).singleElement().asString().contains("another line in this place");
    }

    @Test
    public void anchor_isPosted_andTriedAgainUntilItIsTaken() throws Exception {
        List<String> bodies = Collections.synchronizedList(new ArrayList<>());
        List<String> logins = Collections.synchronizedList(new ArrayList<>());
        disk.host.surroundings.secrets.put("anchor-token", new Secret.Text("s3cret"));
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                logins.add(exchange.getRequestHeaders().getFirst("Authorization"));
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(asked.incrementAndGet() < 3 ? 500 : 204, -1);
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/anchor";
            disk.host.audit = anchored(Optional.empty(), Optional.of(url), Optional.of("anchor-token"));
            rejected(1);
            disk.keeper.start();
            await().atMost(30, TimeUnit.SECONDS).until(() -> disk.keeper.custody().anchorState().problem().isPresent());
            assertThat(disk.lines()).noneMatch(line -> line.contains("\"anchored\""));
            await().atMost(60, TimeUnit.SECONDS).until(() -> {
                disk.passes(Duration.ofMinutes(5));
                return disk.lines().stream().anyMatch(line -> line.contains("\"anchored\""));
            });
            assertThat(disk.keeper.custody().anchorState().problem()).isEmpty();
            assertThat(bodies).hasSizeGreaterThanOrEqualTo(3);
            assertThat(logins).containsOnly("Bearer s3cret");
            assertThat(disk.lines()).noneMatch(line -> line.contains("s3cret"));
            assertThat(Sealed.holds(Json.read(bodies.get(0).getBytes(StandardCharsets.UTF_8)), disk.host.signer.publicKey())).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    public void verification_isSharedByThoseWhoAskAtOnce() throws Exception {
        for (int build = 1; build <= 100; build++) {
            disk.request("production", build);
        }
        VerifyRuns runs = disk.keeper.custody().verification();
        CompletableFuture<VerifyRuns.Result> first;
        CompletableFuture<VerifyRuns.Result> second;
        synchronized (runs) {
            first = runs.begin();
            second = runs.begin();
            assertThat(runs.progress().running()).isTrue();
        }
        assertThat(second.get(30, TimeUnit.SECONDS)).isSameAs(first.get(30, TimeUnit.SECONDS));
        assertThat(runs.progress().running()).isFalse();
        assertThat(runs.progress().done()).isEqualTo(runs.progress().total()).isPositive();
        assertThat(runs.begin().get(30, TimeUnit.SECONDS)).isNotSameAs(first.get());
    }

    private Verification verify() throws Exception {
        return disk.keeper.custody().verification().begin().get(30, TimeUnit.SECONDS).verification();
    }
}
