package io.jenkins.plugins.approvalgate.engine.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Moment;
import io.jenkins.plugins.approvalgate.engine.MovableClock;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.http.Limits;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Who is told what, however badly they listen. */
public class WebhooksTest {

    private static final String KEY = "s3cret-key-of-the-receiver";

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("ops=carol"),
            Given.environment("production", "unanimous: alice, bob"),
            Given.environment("staging", "any 1: alice"));

    @Rule
    public final Receiver receiver = new Receiver();

    @Rule
    public final Receiver other = new Receiver();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MovableClock wall = new MovableClock(Instant.parse("2030-05-01T12:00:00Z"));
    private final List<Webhook> settings = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final List<LogRecord> log = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(Webhooks.class.getPackageName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            log.add(record);
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void close() {
            // nothing is open
        }
    };
    private Webhooks webhooks;

    @Before
    public void listen() {
        logger.addHandler(handler);
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        disk.host.surroundings.secrets.put("key", new Secret.Text(KEY));
        disk.host.surroundings.rootUrl("https://ci.example.com/");
    }

    @After
    public void end() {
        logger.removeHandler(handler);
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
        if (webhooks != null) {
            webhooks.close();
        }
    }

    private void start(Webhook... given) {
        settings.clear();
        settings.addAll(List.of(given));
        open();
    }

    private void open() {
        Limits limits = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(2), 0, Limits.SIZE);
        webhooks = Webhooks.start(
                home(),
                () -> List.copyOf(settings),
                new Follower.Office(
                        disk.keeper,
                        new Caller(disk.host.surroundings, wall, limits),
                        new BackOff(new Random(1)),
                        pause -> {
                            pauses.add(pause);
                            return Duration.ofMillis(1);
                        },
                        wall));
    }

    private Path home() {
        return folder.getRoot().toPath();
    }

    private void change(Webhook... given) {
        settings.clear();
        settings.addAll(List.of(given));
        webhooks.settingsChanged();
    }

    private static Webhook hook(String url) {
        return hook(url, List.of(), List.of());
    }

    private static Webhook hook(String url, List<String> environments, List<String> events) {
        return new Webhook(
                Optional.of(url), Optional.empty(), Optional.of("key"), environments, events, Optional.empty(), Optional.empty());
    }

    /** Opens a gate, has it approved by these, and gives it. */
    private Gate gate(String environment, int build, String... approvers) throws Exception {
        Gate gate = disk.request(environment, build);
        for (String approver : approvers) {
            disk.keeper.submit(gate.id(), Given.approve(approver));
        }
        webhooks.changed();
        return gate;
    }

    private static void awaitTypes(Receiver of, String... types) {
        await().untilAsserted(() -> assertThat(of.types()).containsExactly(types));
    }

    @Test
    public void event_isACloudEventThatSaysWhatThereIsToSay() throws Exception {
        start(hook(receiver.url()));
        Gate gate = gate("production", 12, "alice");
        awaitTypes(receiver, "requested", "approved");
        Receiver.Call call = receiver.events().get(1);
        assertThat(call.headers()).containsEntry("content-type", "application/cloudevents+json");
        JsonNode event = call.json();
        JournalLine line = disk.keeper.journal().linesOf(gate.id()).get(1);
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo("2-" + line.hash().substring(0, 16));
        assertThat(event.path("source").asText()).isEqualTo("https://ci.example.com/approvals/gates/" + gate.id());
        assertThat(event.path("type").asText()).isEqualTo("io.jenkins.plugins.approvalgate.approved.v1");
        assertThat(event.path("subject").asText()).isEqualTo("production");
        assertThat(event.path("time").asText()).isEqualTo("2026-03-02T09:00:00Z");
        assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
        JsonNode data = event.path("data");
        assertThat(data.path("gate").asText()).isEqualTo(gate.id());
        assertThat(data.path("job").asText()).isEqualTo("team/app");
        assertThat(data.path("build").intValue()).isEqualTo(12);
        assertThat(data.path("buildUrl").asText()).isEqualTo("https://ci.example.com/job/team/job/app/12/");
        assertThat(data.path("reviewUrl").asText()).isEqualTo("https://ci.example.com/approvals/gates/" + gate.id() + "/");
        assertThat(data.path("actor").asText()).isEqualTo("alice");
        assertThat(data.path("comment").asText()).isEqualTo("fine");
        assertThat(data.path("approvals").toString()).isEqualTo("{\"given\":1,\"required\":2}");
        assertThat(data.path("missing").toString()).isEqualTo("[\"1 approval by bob\"]");
        assertThat(data.path("status").asText()).isEqualTo("WAITING");
        assertThat(data.path("summary").asText()).isEqualTo("production, team/app #12: alice approved (1 of 2).");
    }

    @Test
    public void event_tellsTheGateAsItWasThen_howeverLateItIsSent() throws Exception {
        receiver.mood = call -> 500;
        start(hook(receiver.url()));
        gate("production", 1, "alice", "bob");
        receiver.mood = call -> 200;
        awaitTypes(receiver, "requested", "approved", "approved", "closed");
        List<String> given = receiver.events().stream()
                .map(call -> call.json().path("data").path("approvals").path("given").asText()
                        + call.json().path("data").path("status").asText())
                .toList();
        assertThat(given).containsExactly("0WAITING", "1WAITING", "2WAITING", "2APPROVED");
        JsonNode closed = receiver.events().get(3).json().path("data");
        assertThat(closed.path("outcome").asText()).isEqualTo("APPROVED");
        assertThat(closed.path("reason").asText()).isNotEmpty();
        assertThat(closed.path("missing")).isEmpty();
    }

    /** Three gates at a time, a receiver that hardly ever listens, and a follower that is stopped at any place. */
    @Test
    public void failsNineTimesOutOfTen_everyEventOnceAndInOrder() throws Exception {
        long seed = 20_261_123L;
        Random random = new Random(seed);
        int[] moods = {500, 503, 429, 400, 302, Receiver.HANG_UP, Receiver.HANG_UP, 408, Receiver.HANG};
        int[] hanging = {0};
        receiver.mood = call -> {
            int mood = moods[random.nextInt(moods.length)];
            if (mood == Receiver.HANG && ++hanging[0] > 2) {
                mood = Receiver.HANG_UP;
            }
            return random.nextInt(10) == 0 ? 200 : mood;
        };
        receiver.answerHeaders.put("Location", other.url());
        receiver.answerHeaders.put("Retry-After", "3");
        start(hook(receiver.url()));
        Random moves = new Random(seed + 1);
        List<Gate> gates = new ArrayList<>();
        for (int build = 1; build <= 12; build++) {
            gates.add(disk.request("production", build));
            Gate any = gates.get(moves.nextInt(gates.size()));
            if (disk.gate(any.id()).isOpen()) {
                try {
                    disk.keeper.submit(any.id(), moves.nextBoolean() ? Given.approve("alice") : Given.withdraw("alice"));
                } catch (Refusal alreadySo) {
                    // as good as any other move
                }
            }
            webhooks.changed();
            if (moves.nextInt(4) == 0) {
                webhooks.close();
                open();
            }
        }
        List<String> expected = new ArrayList<>();
        for (String text : disk.lines()) {
            JsonNode line = Json.read(text.getBytes(StandardCharsets.UTF_8));
            if (Webhook.EVENTS.contains(line.path("type").asText())) {
                expected.add(line.path("seq").asText() + "-" + line.path("hash").asText().substring(0, 16));
            }
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(receiver.events())
                .as("seed " + seed)
                .extracting(Receiver.Call::id)
                .containsExactlyElementsOf(expected));
        assertThat(receiver.calls.size()).isGreaterThan(expected.size() * 3);
        assertThat(other.calls).as("redirects are not followed").isEmpty();
    }

    @Test
    public void deadWebhook_delaysNobody() throws Exception {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        other.mood = call -> Receiver.HANG;
        start(hook("http://127.0.0.1:" + closedPort + "/"), hook(other.url()), hook(receiver.url()));
        gate("production", 1, "alice", "bob");
        gate("staging", 2, "alice");
        awaitTypes(receiver, "requested", "approved", "approved", "closed", "requested", "approved", "closed");
        await().until(() -> webhooks.state().get(0).failingSince().isPresent() && webhooks.state().get(1).failingSince().isPresent());
        assertThat(webhooks.state().get(0).problem().orElseThrow()).contains("connection refused");
        assertThat(webhooks.state().get(0).seq()).isZero();
        assertThat(webhooks.state().get(1).problem().orElseThrow()).contains("not there in time");
        await().untilAsserted(() -> assertThat(webhooks.state().get(2).seq()).isEqualTo(7));
        assertThat(webhooks.state().get(2).failingSince()).isEmpty();
        assertThat(webhooks.state().get(0).failingSince()).contains(wall.instant());
    }

    @Test
    public void restart_goesOnWhereItWas() throws Exception {
        start(hook(receiver.url()));
        gate("staging", 1);
        awaitTypes(receiver, "requested");
        await().until(() -> webhooks.state().get(0).seq() == 1);
        webhooks.close();
        disk.keeper.submit(disk.keeper.open().iterator().next().id(), Given.approve("alice"));
        disk.restart();
        open();
        awaitTypes(receiver, "requested", "approved", "closed");
        assertThat(receiver.calls).hasSize(3);
    }

    @Test
    public void closedWhileACallIsUnderWay_sendsItAgain() throws Exception {
        receiver.mood = call -> Receiver.HANG;
        start(hook(receiver.url()));
        gate("staging", 1);
        await().until(() -> !receiver.calls.isEmpty());
        webhooks.close();
        receiver.mood = call -> 200;
        open();
        awaitTypes(receiver, "requested");
        await().until(() -> webhooks.state().get(0).seq() == 1);
        assertThat(receiver.calls.size()).isGreaterThan(1);
    }

    @Test
    public void filters_tellOnlyWhatIsAskedFor() throws Exception {
        start(hook(receiver.url(), List.of("staging"), List.of("requested", "closed")), hook(other.url(), List.of("production"), List.of()));
        gate("production", 1, "alice");
        gate("staging", 2, "alice");
        awaitTypes(receiver, "requested", "closed");
        awaitTypes(other, "requested", "approved");
        assertThat(receiver.events()).allMatch(call -> call.json().path("subject").asText().equals("staging"));
    }

    @Test
    public void edited_goesOnWithTheNewSettings() throws Exception {
        receiver.mood = call -> 500;
        start(hook(receiver.url()));
        gate("staging", 1, "alice");
        await().until(() -> receiver.calls.size() > 2);
        receiver.mood = call -> 200;
        change(hook(receiver.url(), List.of(), List.of("closed")));
        await().until(() -> webhooks.state().get(0).seq() == 3);
        assertThat(receiver.types()).startsWith("requested").endsWith("closed");
    }

    @Test
    public void newAddress_beginsWithWhatHappensFromThenOn_andTheOldOneIsForgotten() throws Exception {
        start(hook(receiver.url()));
        gate("staging", 1);
        awaitTypes(receiver, "requested");
        change(hook(other.url()));
        gate("staging", 2);
        awaitTypes(other, "requested");
        assertThat(other.events().get(0).json().path("data").path("build").intValue()).isEqualTo(2);
        assertThat(receiver.calls).hasSize(1);
        try (Stream<Path> places = Files.list(home().resolve("webhooks"))) {
            assertThat(places).hasSize(1);
        }
        // Nobody wants to be told what happened while they did not want to be told.
        change(hook(other.url()), hook(receiver.url()));
        gate("staging", 3);
        await().untilAsserted(() -> assertThat(receiver.events()).hasSize(2));
        assertThat(receiver.events().get(1).json().path("data").path("build").intValue()).isEqualTo(3);
    }

    @Test
    public void gone_isNotCalledBeforeTheConfigurationChanges() throws Exception {
        receiver.mood = call -> 410;
        start(hook(receiver.url()));
        gate("staging", 1);
        await().until(() -> webhooks.state().get(0).paused());
        gate("staging", 2);
        assertThat(receiver.calls).hasSize(1);
        assertThat(pauses).isEmpty();
        receiver.mood = call -> 200;
        webhooks.settingsChanged();
        awaitTypes(receiver, "requested", "requested");
        assertThat(webhooks.state().get(0).paused()).isFalse();
    }

    @Test
    public void missingCredential_isNotSent_andSaidOnce() throws Exception {
        disk.host.surroundings.secrets.clear();
        start(hook(receiver.url()));
        gate("staging", 1);
        await().until(() -> pauses.size() > 5);
        assertThat(receiver.calls).isEmpty();
        assertThat(log).filteredOn(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
                .singleElement()
                .satisfies(record -> assertThat(record.getMessage()).contains("there is no credential \"key\""));
        disk.host.surroundings.secrets.put("key", new Secret.Text(KEY));
        awaitTypes(receiver, "requested");
    }

    @Test
    public void secrets_areInNoLogAndNoState() throws Exception {
        disk.host.surroundings.secrets.put("address", new Secret.Text(receiver.url()));
        disk.host.surroundings.secrets.put("nonsense", new Secret.Text("no address at all " + KEY));
        receiver.mood = call -> Receiver.HANG_UP;
        start(
                hook(receiver.url()),
                new Webhook(
                        Optional.empty(), Optional.of("address"), Optional.of("key"), List.of(), List.of(), Optional.empty(),
                        Optional.empty()),
                new Webhook(
                        Optional.empty(), Optional.of("nonsense"), Optional.empty(), List.of(), List.of(), Optional.empty(),
                        Optional.empty()));
        gate("staging", 1);
        await().until(() -> pauses.size() > 10
                && webhooks.state().stream().allMatch(state -> state.problem().isPresent()));
        String seen = log.stream().map(record -> record.getMessage() + record.getThrown()).toList() + " " + webhooks.state();
        assertThat(seen).contains("nonsense").doesNotContain("secret-path").doesNotContain(KEY);
    }

    @Test
    public void addressInACredential_isCalled() throws Exception {
        disk.host.surroundings.secrets.put("address", new Secret.Text(receiver.url() + "\n"));
        start(new Webhook(
                Optional.empty(), Optional.of("address"), Optional.empty(), List.of(), List.of(), Optional.empty(),
                Optional.empty()));
        gate("staging", 1);
        awaitTypes(receiver, "requested");
        assertThat(receiver.calls.get(0).headers()).doesNotContainKey("approval-gate-signature");
    }

    @Test
    public void retryAfter_isHonoured() throws Exception {
        receiver.mood = call -> receiver.calls.size() == 1 ? 503 : 200;
        receiver.answerHeaders.put("Retry-After", "120");
        start(hook(receiver.url()));
        gate("staging", 1);
        await().until(() -> webhooks.state().get(0).seq() == 1);
        assertThat(pauses).containsExactly(Duration.ofSeconds(120));
    }

    @Test
    public void pauses_growToFiveMinutes() throws Exception {
        receiver.mood = call -> receiver.calls.size() < 14 ? 500 : 200;
        start(hook(receiver.url()));
        gate("staging", 1);
        await().until(() -> webhooks.state().get(0).seq() == 1);
        assertThat(pauses).hasSize(13);
        for (int i = 0; i < pauses.size(); i++) {
            Duration most = Duration.ofSeconds(Math.min(300, 1L << i));
            assertThat(pauses.get(i)).isBetween(most.dividedBy(2), most);
        }
    }

    @Test
    public void everyAttempt_isSignedAnew_andTheSignatureHolds() throws Exception {
        receiver.mood = call -> {
            wall.advance(Duration.ofSeconds(90));
            return receiver.calls.size() < 3 ? 500 : 200;
        };
        start(hook(receiver.url()));
        gate("staging", 1);
        await().until(() -> webhooks.state().get(0).seq() == 1);
        for (int i = 0; i < 3; i++) {
            Receiver.Call call = receiver.calls.get(i);
            long time = Instant.parse("2030-05-01T12:00:00Z").getEpochSecond() + 90L * i;
            assertThat(call.headers()).containsEntry("approval-gate-timestamp", "" + time);
            assertThat(call.headers())
                    .containsEntry("approval-gate-signature", "v1=" + PlainHmac.hex(KEY, time + ".", call.body()));
            assertThat(call.id()).isEqualTo(receiver.calls.get(0).id());
            assertThat(call.body()).isEqualTo(receiver.calls.get(0).body());
        }
    }

    @Test
    public void oldGate_isFoundOnDisk() throws Exception {
        receiver.mood = call -> 500;
        start(hook(receiver.url()));
        Gate gate = gate("staging", 1, "alice");
        JournalLine approved = disk.keeper.journal().linesOf(gate.id()).get(1);
        assertThat(Moment.of(approved, disk.keeper)).hasValueSatisfying(then -> assertThat(then.isOpen()).isTrue());
        disk.restart();
        GateRequest request = gate.request();
        assertThat(Moment.of(approved, disk.keeper)).hasValueSatisfying(then -> {
            assertThat(then.request()).isEqualTo(request);
            assertThat(then.approvals()).hasSize(1);
        });
    }

    private JournalLine.Draft finding(Optional<String> gate, String environment) {
        ObjectNode data = Json.object().put("kind", "REPEATED_BYPASS").put("sentence", "root bypassed 2 gates within 30 days.");
        data.putArray("about").add("root");
        data.put("environment", environment).putNull("job").putArray("evidence").add(1).add(2);
        return new JournalLine.Draft(disk.keeper.now(), gate, "finding", Optional.empty(), data);
    }

    @Test
    public void finding_isToldToThoseWhoWantItsEnvironment() throws Exception {
        Webhook ofProduction = new Webhook(
                Optional.of(other.url()), Optional.empty(), Optional.of("key"), List.of("production"), List.of("finding"),
                Optional.empty(), Optional.empty());
        start(hook(receiver.url()), ofProduction);
        Gate gate = gate("production", 1);
        disk.keeper.note(finding(Optional.empty(), null));
        disk.keeper.note(finding(Optional.of(gate.id()), "production"));
        webhooks.changed();
        await().untilAsserted(() -> assertThat(receiver.events()).hasSize(3));
        JsonNode wide = receiver.events().get(1).json();
        assertThat(wide.path("type").asText()).isEqualTo("io.jenkins.plugins.approvalgate.finding.v1");
        assertThat(wide.path("source").asText()).isEqualTo("https://ci.example.com/approvals/findings/");
        assertThat(wide.has("subject")).isFalse();
        JsonNode data = wide.path("data");
        assertThat(data.path("summary").asText()).isEqualTo("root bypassed 2 gates within 30 days.");
        assertThat(data.path("evidence")).hasSize(2);
        assertThat(data.path("gate").isNull() && data.path("environment").isNull() && data.path("job").isNull()).isTrue();
        await().untilAsserted(() -> assertThat(other.events()).hasSize(1));
        JsonNode ofGate = other.events().get(0).json();
        assertThat(ofGate.path("subject").asText()).isEqualTo("production");
        assertThat(ofGate.path("data").path("reviewUrl").asText())
                .isEqualTo("https://ci.example.com/approvals/gates/" + gate.id() + "/");
    }

    @Test
    public void finding_fillsATemplateSoThatNoChatRefusesIt() throws Exception {
        String template = "{\"a\": \"${environment}\", \"b\": ${build}, \"c\": \"${buildUrl}\", \"d\": \"${job}\","
                + " \"e\": ${approvalsGiven}, \"f\": \"${about}\", \"g\": \"${stage}\"}";
        start(new Webhook(
                Optional.of(receiver.url()), Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.of(template),
                Optional.empty()));
        disk.keeper.note(finding(Optional.empty(), null));
        webhooks.changed();
        await().untilAsserted(() -> assertThat(receiver.calls).hasSize(1));
        assertThat(receiver.calls.get(0).json().toString())
                .isEqualTo("{\"a\":\"several environments\",\"b\":0,\"c\":\"https://ci.example.com/approvals/findings/\","
                        + "\"d\":\"several jobs\",\"e\":0,\"f\":\"root\",\"g\":\"\"}");
    }

    @Test
    public void notes_tellNobodyASecondTimeWhatWasBefore() throws Exception {
        start(hook(receiver.url()));
        Gate gate = gate("staging", 1);
        disk.refuses(gate.id(), Given.approve("mallory"), Refusal.Kind.NOT_YOURS);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        webhooks.changed();
        await().untilAsserted(() -> assertThat(receiver.events()).hasSize(3));
        assertThat(receiver.events()).extracting(Receiver.Call::type)
                .containsExactly("requested", "approved", "closed");
    }
}
