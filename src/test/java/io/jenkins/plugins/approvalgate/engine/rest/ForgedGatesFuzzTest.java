package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.JsonDice;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A journal by somebody who has the disk and knows how its lines are hashed: each line holds, and says what no writer would
 * say. It opens all the same, shows the gates, and takes decisions.
 */
public class ForgedGatesFuzzTest {

    private static final FakeCaller ALICE = FakeCaller.of("alice");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder(Fuzz.memory());

    private final Logger log = Logger.getLogger("io.jenkins.plugins.approvalgate.engine");
    private final Level level = log.getLevel();

    @Before
    public void quiet() {
        log.setLevel(Level.OFF);
    }

    @After
    public void loud() {
        log.setLevel(level);
    }

    /** A journal with much in it, closed. */
    private List<ObjectNode> sound() throws Exception {
        Path home = folder.newFolder().toPath();
        try (World world = new World(home)) {
            world.fill();
            List<String> gates = world.gates;
            world.keeper.submit(gates.get(3), Given.approve("alice"));
            world.keeper.submit(gates.get(3), Given.withdraw("alice"));
            world.keeper.submit(gates.get(3), Given.defer("carol", Given.START.plusSeconds(3_600)));
            world.keeper.reassign(gates.get(3), Given.reassign("alice", "erin"));
            world.keeper.submit(gates.get(0), new Command.Reject("carol", "no"));
            world.keeper.bypass(gates.get(4), Given.bypass("gate-admin"), true);
            world.keeper.submit(gates.get(1), Given.approve("alice"));
            world.keeper.cancel(gates.get(5), Given.cancel());
        }
        List<ObjectNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(home.resolve("journal/2026-03.jsonl"))) {
            lines.add((ObjectNode) Json.read(line.getBytes(StandardCharsets.UTF_8)));
        }
        return lines;
    }

    private static List<ObjectNode> forged(Dice dice, List<ObjectNode> sound) {
        List<ObjectNode> lines = new ArrayList<>(sound.stream().map(ObjectNode::deepCopy).toList());
        do {
            int at = dice.below(lines.size());
            ObjectNode line = lines.get(at);
            switch (dice.below(6)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(dice.below(lines.size()), line.deepCopy());
                case 2 -> line.set("at", new JsonDice(dice).value(0));
                case 3 -> line.set(dice.of("type", "actor", "gate"), dice.of(sound).get(dice.of("type", "actor", "gate")));
                default -> line.set("data", new JsonDice(dice).mutated(line.get("data")));
            }
        } while (!dice.oneIn(3) && !lines.isEmpty());
        return lines;
    }

    /** As the documentation says that lines are made, without the code that makes them. */
    private static String sealed(List<ObjectNode> lines) {
        StringBuilder text = new StringBuilder();
        String prev = "0".repeat(64);
        for (int i = 0; i < lines.size(); i++) {
            ObjectNode line = lines.get(i).deepCopy();
            line.remove("hash");
            line.put("seq", i + 1).put("prev", prev);
            text.append(sealed(line)).append('\n');
            prev = line.get("hash").asText();
        }
        return text.toString();
    }

    private static String sealed(ObjectNode line) {
        try {
            line.put("hash", Json.hash(Json.canonical(line)));
            return new String(Json.canonical(line), StandardCharsets.UTF_8);
        } catch (UncheckedIOException notCanonical) {
            // Nobody can hash it, so nobody can forge it.
            return line.put("hash", "0".repeat(64)).toString();
        }
    }

    @Test
    public void anyHistory_isOpened_shown_andDecided() throws Exception {
        List<ObjectNode> sound = sound();
        int[] shown = {0};
        Fuzz.of("forged journal", dice -> sealed(forged(dice, sound))).oneIn(20).run(text -> {
            Path home = folder.newFolder().toPath();
            // Half a character becomes a question mark: no file can have it.
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Files.write(Files.createDirectories(home.resolve("journal")).resolve("2026-03.jsonl"), bytes);
            try (World world = new World(home)) {
                Api api = new Api(world.keeper, world.host);
                api.get(ALICE, "summary").is(200);
                api.get(ALICE, "environments").is(200);
                for (String scope : List.of("open", "mine", "closed")) {
                    for (var row : api.get(ALICE, "gates?scope=" + scope).is(200).json().get("gates")) {
                        shown[0] += api.get(ALICE, "gates/" + row.get("id").asText()).is(200).status() / 200;
                        decide(api, row.get("id").asText());
                    }
                }
                world.keeper.journal().verify();
            }
        });
        assertThat(shown[0]).isGreaterThan(Fuzz.inputs() / 20);
    }

    private static void decide(Api api, String gate) {
        for (Map.Entry<String, String> command : Map.of("approve", "{}", "reject", "{\"comment\":\"no\"}").entrySet()) {
            assertThat(api.post(ALICE, "gates/" + gate + "/" + command.getKey(), command.getValue()).status())
                    .isIn(200, 400, 403, 409);
        }
    }
}
