package io.jenkins.plugins.approvalgate.engine.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;

/** Random pairs of settings: what is told of them is all, is true, and gives nothing away. */
public class HistoryLinesTest {

    private static final long SEED = 20260302;
    private static final int PAIRS = 3_000;

    private final SecretMask mask = new SecretMask("key".getBytes());

    private static List<JournalLine.Draft> lines(ObjectNode before, ObjectNode after) {
        return new HistoryLines(before, after)
                .drafts(new HistoryLines.Occasion(Given.START, Optional.of("gate-admin"), Source.PAGE, "id"));
    }

    @Test
    public void pairs_differencesLeadFromOneToTheOtherAndNoSecretIsTold() throws Exception {
        Random random = new Random(SEED);
        SettingsDice dice = new SettingsDice(random);
        int told = 0;
        int anotherValue = 0;
        for (int i = 0; i < PAIRS; i++) {
            Settings one = dice.settings();
            Settings other = random.nextInt(10) == 0 ? one : random.nextInt(3) == 0 ? dice.settings() : dice.like(one);
            ObjectNode before = SettingsDescription.of(one, mask);
            ObjectNode after = SettingsDescription.of(other, mask);
            assertThat(before.toString() + after).as("pair %s", i).doesNotContain(SettingsDice.CANARY);
            List<JournalLine.Draft> lines = lines(before, after);
            assertThat(lines.isEmpty()).as("pair %s", i).isEqualTo(one.equals(other));
            for (JournalLine.Draft line : lines) {
                told += line.data().get("differences").size();
                assertThat(line.data().toString()).as("pair %s", i).doesNotContain(SettingsDice.CANARY);
                for (JsonNode difference : line.data().get("differences")) {
                    assertThat(difference.get("before")).as("pair %s: %s", i, difference).isNotEqualTo(difference.get("after"));
                    anotherValue += difference.get("after").asText().endsWith("(another value)") ? 1 : 0;
                }
            }
            assertThat(applied(before, Differences.between(before, after))).as("pair %s", i).isEqualTo(after);
            assertThat(lines(before, before)).isEmpty();
        }
        assertThat(told).isGreaterThan(PAIRS);
        assertThat(anotherValue).isGreaterThan(PAIRS / 20);
    }

    /** What somebody would have who was told of {@code before} and the differences. */
    private static ObjectNode applied(ObjectNode before, List<Difference> differences) {
        ObjectNode result = before.deepCopy();
        List<Difference> removals = new ArrayList<>(differences.stream().filter(HistoryLinesTest::removesItem).toList());
        Collections.reverse(removals);
        removals.forEach(removal -> ((ArrayNode) parent(result, removal)).remove(index(removal)));
        for (Difference difference : differences) {
            if (removesItem(difference)) {
                continue;
            }
            JsonNode parent = parent(result, difference);
            if (parent instanceof ArrayNode list) {
                if (difference.before().isPresent()) {
                    list.set(index(difference), difference.after().orElseThrow());
                } else {
                    list.insert(index(difference), difference.after().orElseThrow());
                }
            } else if (difference.after().isPresent()) {
                ((ObjectNode) parent).set(last(difference), difference.after().get());
            } else {
                ((ObjectNode) parent).remove(last(difference));
            }
        }
        return result;
    }

    private static boolean removesItem(Difference difference) {
        return difference.after().isEmpty() && difference.path().matches(".*(webhooks|checks|windows)\\[\\d+]");
    }

    private static List<String> steps(Difference difference) {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        String path = difference.path();
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c == '.') {
                add(steps, step);
            } else if (c == '[') {
                add(steps, step);
                int end = path.startsWith("[x[0]]", at) ? at + 5 : path.indexOf(']', at);
                steps.add(path.substring(at + 1, end));
                at = end;
            } else {
                step.append(c);
            }
        }
        add(steps, step);
        return steps;
    }

    private static void add(List<String> steps, StringBuilder step) {
        if (!step.isEmpty()) {
            steps.add(step.toString());
            step.setLength(0);
        }
    }

    private static JsonNode parent(ObjectNode root, Difference difference) {
        JsonNode node = root;
        List<String> steps = steps(difference);
        for (String step : steps.subList(0, steps.size() - 1)) {
            node = node.isArray() ? node.get(Integer.parseInt(step)) : node.get(step);
        }
        return node;
    }

    private static String last(Difference difference) {
        List<String> steps = steps(difference);
        return steps.get(steps.size() - 1);
    }

    private static int index(Difference difference) {
        return Integer.parseInt(last(difference));
    }

    private String told(String before, String after) throws Exception {
        StringBuilder told = new StringBuilder();
        for (JournalLine.Draft line : lines((ObjectNode) Json.read(before.getBytes()), (ObjectNode) Json.read(after.getBytes()))) {
            told.append(line.type()).append(' ').append(line.data().path("environment").asText("-"));
            told.append(' ').append(line.data().path("change").asText("-")).append('\n');
            line.data().get("differences").forEach(difference -> told.append("  ")
                    .append(difference.get("path").asText()).append(": ")
                    .append(difference.get("before").asText("nothing")).append(" -> ")
                    .append(difference.get("after").asText("nothing")).append('\n'));
        }
        return told.toString();
    }

    @Test
    public void differences_readAsOneWouldTellThem() throws Exception {
        assertThat(told(
                        """
                        {"environments": {"prod": {"approvers": ["user alice", "group ops (2)"], "timeout": "30d",
                            "checks": [{"branchControl": {"allowed": ["main"]}}, {"waitTimer": {"duration": "10m"}}]},
                          "old": {"order": "any"}},
                         "environmentOrder": ["prod", "old", "qa"], "approverGroups": {"on call": {"members": ["bob"]}},
                         "webhooks": [{"events": ["closed"]}, {"credentials": "key"}]}""",
                        """
                        {"environments": {"prod": {"approvers": ["group ops (2)", "user alice"], "timeout": "30d", "sla": "4h",
                            "checks": [{"waitTimer": {"duration": "20m"}}]},
                          "new": {"order": "unanimous", "requesterMayApprove": false}},
                         "environmentOrder": ["qa", "new", "prod"], "approverGroups": {"on call": {"members": ["bob", "carol, d"]}},
                         "webhooks": [{"credentials": "key"}]}"""))
                .isEqualTo(
                        """
                        environmentChanged prod changed
                          approvers: [user alice, group ops (2)] -> [group ops (2), user alice]
                          checks[0]: {branchControl: {allowed: [main]}} -> nothing
                          checks[1]: {waitTimer: {duration: 10m}} -> nothing
                          checks[0]: nothing -> {waitTimer: {duration: 20m}}
                          sla: nothing -> 4h
                        environmentChanged old removed
                          order: any -> nothing
                        environmentChanged new added
                          order: nothing -> unanimous
                          requesterMayApprove: nothing -> false
                        settingsChanged - -
                          environmentOrder: [prod, qa] -> [qa, prod]
                          approverGroups[on call].members: [bob] -> [bob, "carol, d"]
                          webhooks[0]: {events: [closed]} -> nothing
                        """);
    }

    @Test
    public void longTexts_areShownWhereTheyDiffer() throws Exception {
        String text = "x".repeat(50_000);
        Difference difference = Differences.between(
                        Json.object().put("a", text + "🎲 one" + text), Json.object().put("a", text + "🎲 other" + text))
                .get(0);
        assertThat(difference.json().get("before").asText()).contains("🎲 one").hasSizeLessThan(2_100);
        assertThat(difference.json().get("after").asText()).contains("🎲 other").hasSizeLessThan(2_100);
        assertThat(Json.isUnicode(difference.json())).isTrue();
    }
}
