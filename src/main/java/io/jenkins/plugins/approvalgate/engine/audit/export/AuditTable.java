package io.jenkins.plugins.approvalgate.engine.audit.export;

import io.jenkins.plugins.approvalgate.engine.audit.AuditEntry;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The audit as a table: a line of the journal in each line, first to last. */
final class AuditTable {

    private record Column(String title, Function<AuditEntry, String> cell) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("seq", entry -> String.valueOf(entry.line().seq())),
            new Column("at", entry -> entry.line().at().toString()),
            new Column("type", entry -> entry.line().type()),
            new Column("actor", entry -> text(entry.line().actor())),
            new Column("environment", entry -> text(entry.subject().environment())),
            new Column("job", entry -> text(entry.subject().job())),
            new Column("build", entry -> text(entry.subject().build())),
            new Column("branch", entry -> text(entry.subject().branch())),
            new Column("outcome", entry -> text(entry.outcome())),
            new Column("comment", AuditEntry::comment),
            new Column("gate", entry -> text(entry.line().gate())),
            new Column("data", entry -> new String(Json.write(entry.line().data()), StandardCharsets.UTF_8)),
            new Column("hash", entry -> entry.line().hash()));

    private final Csv csv;

    AuditTable(Appendable to) throws IOException {
        csv = new Csv(to, COLUMNS.stream().map(Column::title).toList());
    }

    void add(AuditEntry entry) throws IOException {
        csv.row(COLUMNS.stream().map(column -> column.cell().apply(entry)).toList());
    }

    private static String text(Optional<?> value) {
        return value.map(String::valueOf).orElse("");
    }
}
