package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.JsonDice;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Requests that no page sends, to every address, from everybody. */
public class RestFuzzTest {

    /** A world grows with what is done in it, and each answer with the world. */
    private static final int A_WORLD = 400;
    private static final Set<Integer> STATUSES = Set.of(200, 304, 400, 401, 403, 404, 405, 409, 413, 415, 429);
    private static final FakeCaller SHUT_OUT = new FakeCaller(Optional.of("mallory"), false, Set.of("team"), true);
    private static final List<FakeCaller> CALLERS = List.of(
            FakeCaller.of("alice"), FakeCaller.of("ALICE"), FakeCaller.of("bob"), FakeCaller.of("carol"), FakeCaller.of("olga"),
            FakeCaller.of("starter"), FakeCaller.of("gate-admin"), FakeCaller.of("__proto__"), FakeCaller.of("a\r\nb\u202E"),
            FakeCaller.auditor(), FakeCaller.outsider("mallory"), FakeCaller.anonymous(true), FakeCaller.anonymous(false), SHUT_OUT);

    private static final List<String> OPERATIONS = List.copyOf(new TreeSet<>(RestApi.operations()));
    private static final List<String> PARAMETERS = List.of(
            "scope", "limit", "cursor", "environment", "job", "stage", "requestedBy", "overdue", "format", "from", "to", "q", "type",
            "actor", "outcome", "controller", "build", "kind", "manifest");
    private static final List<String> VALUES = List.of(
            "mine", "open", "closed", "csv", "json", "jsonl", "true", "1", "200", "201", "production", "team/app", "starter",
            "2026-03-02T09:00:00Z", "approved", "APPROVED", "0000000000000000000", "zzzz", "\" OR 1=1 --", "%", "_", "=cmd()");
    private static final List<String> BODIES = List.of(
            "{\"comment\":\"fine\",\"checklist\":[\"Tests passed\"],\"inputs\":{\"region\":\"eu\",\"dryRun\":true}}",
            "{\"comment\":\"not like this\"}",
            "{\"until\":\"2026-03-03T09:00:00+01:00\",\"comment\":\"later\"}",
            "{\"from\":\"alice\",\"to\":\"dave\",\"comment\":\"away\"}",
            "{\"reason\":\"It burns.\"}",
            "{\"ids\":[\"{0}\",\"{1}\",\"{2}\"],\"comment\":\"all\"}",
            "{\"job\":\"team/app\",\"branch\":\"main\",\"user\":\"alice\",\"at\":\"2026-03-06T14:00:00Z\",\"metrics\":{\"accuracy\":0.9},\"runChecks\":false}",
            "{}");
    private static final List<String> WORDS =
            List.of("{", "}", "[", "]", ":", ",", "\"", "null", "true", "\"comment\"", "\"ids\"", "\\u0000", "\\ud800", "1e999");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder(Fuzz.memory());

    private World world;
    private int asked;

    /**
     * @param callback whether it comes on an address that a check gives out, where nobody signs in
     * @param path a number in braces stands for a gate
     */
    private record Call(
            boolean callback, FakeCaller caller, String method, List<String> path, Map<String, String> query, String type, String tag, byte[] body) {
        @Override
        public String toString() {
            return (callback ? "callback " : caller + " ") + method + " " + path + " " + query + " " + type + " " + tag + " "
                    + new String(body, 0, Math.min(body.length, 3_000), StandardCharsets.UTF_8);
        }
    }

    private static Call call(Dice dice) {
        String[] operation = dice.of(OPERATIONS).split(" ");
        List<String> path = new ArrayList<>();
        for (String segment : operation[1].split("/")) {
            path.add(segment.equals("*") ? name(dice) : dice.oneIn(60) ? dice.text(6) : segment);
        }
        if (dice.oneIn(30)) {
            path.add(dice.below(path.size() + 1), dice.text(5));
        }
        path.removeIf(String::isEmpty);
        Map<String, String> query = new HashMap<>();
        while (dice.oneIn(2)) {
            query.put(dice.oneIn(20) ? dice.text(5) : dice.of(PARAMETERS), dice.oneIn(3) ? dice.mutated(VALUES, VALUES) : dice.of(VALUES));
        }
        String method = dice.oneIn(15) ? dice.of("GET", "POST", "PUT", "DELETE", "HEAD", "get", "", dice.text(4)) : operation[0];
        String type = dice.oneIn(15) ? dice.of("", "text/plain", "application/x-www-form-urlencoded", dice.text(9)) : "application/json";
        return new Call(dice.oneIn(25), dice.of(CALLERS), method, path, query, type, dice.oneIn(5) ? "\"" + dice.text(9) + "\"" : "", body(dice));
    }

    private static String name(Dice dice) {
        return dice.oneIn(8)
                ? dice.mutated(List.of("01kjxxxxxxxxxxxxxxxxxxxxxx", "production", "../gates"), List.of("/", "..", "%2f"))
                : dice.oneIn(4) ? dice.of(World.ENVIRONMENTS) : "{" + dice.below(40) + "}";
    }

    private static byte[] body(Dice dice) {
        return switch (dice.below(12)) {
            case 0 -> new byte[0];
            case 1 -> bytes(dice.mutated(BODIES, WORDS));
            case 2 -> dice.mutated(bytes(dice.of(BODIES)));
            case 3 -> Json.write(new JsonDice(dice).value(5));
            case 4 -> dice.oneIn(20) ? bytes(dice.of("[", "{\"a\":").repeat(20_000)) : bytes("{\"comment\":\"" + "x".repeat(30_000) + "\"}");
            case 5, 6, 7, 8 -> bytes(dice.of(BODIES));
            default -> Json.write(new JsonDice(dice).mutated(tree(dice.of(BODIES))));
        };
    }

    private static JsonNode tree(String json) {
        try {
            return Json.read(bytes(json));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    public void anyRequest_isAnswered_andNoGateEndsTwice() {
        Map<Integer, Integer> statuses = new HashMap<>();
        Fuzz.of("request", RestFuzzTest::call).run(call -> {
            RestResponse response = send(call);
            statuses.merge(response.status(), 1, Integer::sum);
            // A world has no index to search, which is told so.
            assertThat(response.status() == 503 && call.path().contains("audit") || STATUSES.contains(response.status()))
                    .as("%s", response.status())
                    .isTrue();
            assertThat(response.headers().values()).allMatch(value -> value.chars().allMatch(c -> c >= ' ' && c <= '~'));
            if (!call.callback()) {
                requireBarred(call, response);
            }
            if (response.headers().get("Content-Type").startsWith("application/json;") && response.status() != 304) {
                JsonNode json = Json.read(response.body());
                assertThat(json.path("error").path("message").asText("-")).isNotBlank();
            }
        });
        for (int status : List.of(200, 400, 401, 403, 404, 405, 409, 415)) {
            assertThat(statuses.getOrDefault(status, 0)).as("answers with %s of %s", status, statuses).isGreaterThan(Fuzz.inputs() / 1_000);
        }
    }

    /** Who may not enter learns nothing; who may not read a job, nothing of its gates. */
    private void requireBarred(Call call, RestResponse response) throws IOException {
        if (!call.caller().mayEnter()) {
            assertThat(response.status()).isEqualTo(call.caller().user().isEmpty() ? 401 : 403);
        }
        if (!call.caller().mayRead(Given.request("production", 1))) {
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("team/app");
        }
        if (call.caller().user().isEmpty() && call.method().equals("POST") && !call.path().toString().contains("explain")) {
            assertThat(response.status()).isNotEqualTo(200);
        }
    }

    private RestResponse send(Call call) throws Exception {
        if (asked++ % A_WORLD == 0) {
            renew();
        }
        world.fill();
        world.clock.advance(Duration.ofSeconds(call.body().length % 3_600));
        world.keeper.clockMoved();
        List<String> path = call.path().stream().map(this::resolved).toList();
        byte[] body = call.body().length > 10_000 ? call.body() : bytes(resolved(new String(call.body(), StandardCharsets.UTF_8)));
        byte[] sent = Arrays.equals(bytes(new String(call.body(), StandardCharsets.UTF_8)), call.body()) ? body : call.body();
        RestRequest request = new RestRequest(
                call.method(), path, call.query(), Optional.of(call.type()).filter(type -> !type.isEmpty()),
                Optional.of(call.tag()).filter(tag -> !tag.isEmpty()), new ByteArrayInputStream(sent));
        return call.callback()
                ? world.api.callback(String.join("/", path), request)
                : world.api.handle(request, call.caller());
    }

    private String resolved(String text) {
        String resolved = text;
        for (int i = 0; i < 40 && resolved.contains("{"); i++) {
            resolved = resolved.replace("{" + i + "}", world.gates.get(i % world.gates.size()));
        }
        return resolved;
    }

    private void renew() throws Exception {
        lastWorld();
        world = new World(folder.newFolder().toPath());
        world.fill();
        for (String over : world.gates.subList(0, 4)) {
            world.keeper.cancel(over, Given.cancel());
        }
    }

    @After
    public void lastWorld() throws IOException {
        if (world != null) {
            try (World last = world) {
                last.requireOrder();
            }
        }
    }
}
