package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The process is killed in the middle of many people's decisions: what was acknowledged is there afterwards. */
public class CrashTest {

    private static final long SEED = 20_260_306;
    private static final int ROUNDS = 3;
    private static final int GATES = 6;
    private static final List<String> PEOPLE =
            List.of("engineering-manager", "product-owner", "security-1", "engineering-manager", "product-owner");

    @Rule
    public final TemporaryFolder home = new TemporaryFolder();

    /** Something that the preview said it had recorded. */
    private record Acknowledged(String gate, String comment) {}

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> startedRuns = new ConcurrentLinkedQueue<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

    @Test
    public void killedInTheMiddle_losesNothingAcknowledged() throws Exception {
        Random random = new Random(SEED);
        for (int round = 1; round <= ROUNDS; round++) {
            decideUntilKilled(round, random);
            assertEverythingIsThere(round);
        }
    }

    private void decideUntilKilled(int round, Random random) throws Exception {
        int enough = acknowledged.size() + 40 + random.nextInt(160);
        try (PreviewProcess process = PreviewProcess.in(home.getRoot().toPath())) {
            Client anybody = process.anybody();
            if (round == 1) {
                anybody.post("/preview/clock", "{\"set\":\"" + PreviewRule.CLOCK.instant() + "\"}");
            }
            List<String> gates = new CopyOnWriteArrayList<>();
            for (int i = 0; i < GATES; i++) {
                gates.add(newGate(anybody));
            }
            List<Thread> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE.size(); i++) {
                Client person = anybody.as(PEOPLE.get(i));
                String name = "round " + round + " thread " + i;
                Random own = new Random(random.nextLong());
                Thread thread = new Thread(() -> decide(person, name, gates, own), name);
                thread.start();
                people.add(thread);
            }
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> acknowledged.size() >= enough || people.stream().noneMatch(Thread::isAlive));
            process.kill();
            for (Thread thread : people) {
                thread.join();
            }
        }
        assertThat(surprises).isEmpty();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough);
    }

    private String newGate(Client client) throws IOException {
        String run = client.start("main");
        startedRuns.add(run);
        return client.gateOf(run);
    }

    /** Approves and withdraws, each with words of its own, until nobody answers any more. */
    private void decide(Client person, String name, List<String> gates, Random random) {
        try {
            for (int i = 0; ; i++) {
                int at = random.nextInt(gates.size());
                String gate = gates.get(at);
                if (say(person, gate, "approve", name + " approves " + i) == 409) {
                    // Three of them met there: the gate is open for good, and the next run begins.
                    gates.set(at, newGate(person));
                } else {
                    say(person, gate, "withdraw", name + " withdraws " + i);
                }
            }
        } catch (IOException | UncheckedIOException killed) {
            // as it has to be
        }
    }

    private int say(Client person, String gate, String action, String comment) throws IOException {
        Answer answer = person.decide(gate, action, "{\"comment\":\"" + comment + "\"}");
        switch (answer.status()) {
            case 200 -> acknowledged.add(new Acknowledged(gate, comment));
            // The same person decides in two threads, and a gate may have closed.
            case 403, 409 -> {}
            default -> surprises.add(answer.toString());
        }
        return answer.status();
    }

    private void assertEverythingIsThere(int round) throws Exception {
        try (PreviewProcess process = PreviewProcess.in(home.getRoot().toPath())) {
            Client auditor = process.anybody().as("auditor");
            Map<String, List<String>> comments = new HashMap<>();
            for (Acknowledged one : acknowledged) {
                if (!comments.containsKey(one.gate())) {
                    comments.put(one.gate(), auditor.gate(one.gate()).json().findValuesAsText("comment"));
                }
                assertThat(comments.get(one.gate())).as("round " + round + ", " + one).containsOnlyOnce(one.comment());
            }
            JsonNode verified = auditor.post("/approvals/rest/audit/verify", "{}").json();
            assertThat(verified.get("ok").asBoolean()).as(verified.toString()).isTrue();
            for (String run : startedRuns) {
                String gate = auditor.gateOf(run);
                String expected = auditor.gate(gate).json().get("status").asText().equals("WAITING") ? "WAITING" : "SUCCESS";
                await().until(() -> auditor.statusOf(run).equals(expected));
                assertThat(auditor.run(run).get("gates")).hasSize(1);
            }
            int runs = auditor.get("/preview/runs").json().at("/runs/0/number").asInt();
            assertThat(count(auditor, "open") + count(auditor, "closed"))
                    .as("each run got one gate, those included whose start nobody was told of")
                    .isEqualTo(runs);
        }
    }

    private static int count(Client client, String scope) throws IOException {
        int count = 0;
        String cursor = "";
        while (true) {
            JsonNode page = client.get("/approvals/rest/gates?limit=100&scope=" + scope + "&cursor=" + cursor).json();
            count += page.get("gates").size();
            if (page.get("next").isNull()) {
                return count;
            }
            cursor = page.get("next").asText();
        }
    }
}
