package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.export.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The approval matrix as a table: what {@code GET environments} tells, a line for each environment. */
final class MatrixCsv {

    private record Column(String title, Function<JsonNode, String> cell) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("Gate", row -> text(row, "name")),
            new Column("Description", row -> text(row, "description")),
            new Column("Stages", row -> texts(row.path("stages"))),
            new Column("Branches", MatrixCsv::branches),
            new Column("Order", row -> text(row, "order")),
            new Column("Approvals needed", MatrixCsv::needed),
            new Column("Approvers", row -> list(row.path("approvers"), MatrixCsv::approver)),
            new Column("Requester may approve", row -> yesOrNo(row, "requesterMayApprove")),
            new Column("Comment required", row -> yesOrNo(row, "commentRequired")),
            new Column("Reassign to", row -> text(row, "reassignTo")),
            new Column("Instructions", row -> text(row, "instructions")),
            new Column("Checklist", row -> texts(row.path("checklist"))),
            new Column("Checks", row -> list(row.path("checks"), check -> text(check, "kind") + ": " + text(check, "summary"))),
            new Column("Lock", row -> text(row, "lock")),
            new Column("SLA", row -> text(row, "sla")),
            new Column("Timeout", row -> text(row, "timeout")));

    private MatrixCsv() {}

    /** @param environments as {@code GET environments} has them */
    static byte[] of(JsonNode environments) {
        List<List<String>> rows = new ArrayList<>();
        environments.forEach(environment -> rows.add(
                COLUMNS.stream().map(column -> column.cell().apply(environment)).toList()));
        return Csv.of(COLUMNS.stream().map(Column::title).toList(), rows);
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asText("").strip();
    }

    private static String yesOrNo(JsonNode row, String field) {
        return row.path(field).asBoolean() ? "yes" : "no";
    }

    private static String texts(JsonNode array) {
        return list(array, item -> item.asText(""));
    }

    private static String list(JsonNode array, Function<JsonNode, String> words) {
        return StreamSupport.stream(array.spliterator(), false).map(words).collect(Collectors.joining("; "));
    }

    private static String branches(JsonNode row) {
        return list(row.path("branches"), check -> {
            String allowed = texts(check.path("allowed"));
            return check.path("excluded").isEmpty() ? allowed : allowed + ", not: " + texts(check.path("excluded"));
        });
    }

    private static String needed(JsonNode row) {
        if (text(row, "order").equals("any")) {
            return text(row, "minimum");
        }
        int all = 0;
        for (JsonNode approver : row.path("approvers")) {
            all += approver.path("required").asInt(1);
        }
        return Integer.toString(all);
    }

    private static String approver(JsonNode approver) {
        if (approver.has("user")) {
            return text(approver, "user");
        }
        int required = approver.path("required").asInt(1);
        return (required > 1 ? required + " of " : "") + text(approver, "group") + " (group)";
    }
}
