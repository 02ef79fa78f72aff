package io.jenkins.plugins.approvalgate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gates as lines of columns, as wide as what stands in them. */
final class GateTable {

    private GateTable() {}

    /** @param gates rows as the JSON API gives them */
    static void print(JsonNode gates, PrintStream out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                Messages.GateTable_id(),
                Messages.GateTable_environment(),
                Messages.GateTable_build(),
                Messages.GateTable_requestedBy(),
                Messages.GateTable_due(),
                Messages.GateTable_approvals(),
                Messages.GateTable_state()));
        gates.forEach(gate -> lines.add(line(gate)));
        List<Integer> widths = IntStream.range(0, lines.get(0).size())
                .mapToObj(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        lines.forEach(line -> out.println(IntStream.range(0, line.size())
                .mapToObj(column -> padded(line.get(column), widths.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static List<String> line(JsonNode gate) {
        return List.of(
                text(gate, "id"),
                text(gate, "environment"),
                text(gate, "job") + " #" + gate.path("build").asInt(),
                text(gate, "requestedBy"),
                due(gate),
                gate.path("approvals").path("given").asInt() + "/"
                        + gate.path("approvals").path("required").asInt(),
                state(gate));
    }

    private static String due(JsonNode gate) {
        String due = gate.path("slaDue").isTextual() ? gate.path("slaDue").asText() : "-";
        return gate.path("overdue").asBoolean() ? Messages.GateTable_overdue(due) : due;
    }

    /** What the gate waits for, or how it ended. */
    static String state(JsonNode gate) {
        if (!gate.path("status").asText().equals("WAITING")) {
            return gate.path("status").asText() + ": " + text(gate, "closedReason");
        }
        List<String> waitsFor = new ArrayList<>();
        for (JsonNode obstacle : gate.path("waitingFor")) {
            waitsFor.add(text(obstacle, "reason") + (obstacle.path("until").isTextual()
                    ? " " + Messages.GateTable_until(obstacle.path("until").asText())
                    : ""));
        }
        return Messages.GateTable_waitsFor(String.join("; ", waitsFor));
    }

    private static String text(JsonNode node, String field) {
        return Plain.text(node.path(field).asText());
    }
}
