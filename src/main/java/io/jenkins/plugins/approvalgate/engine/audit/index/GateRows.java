package io.jenkins.plugins.approvalgate.engine.audit.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of one controller's gates: the last ones in memory, since most lines are about those. For one thread; to be thrown
 * away with a transaction that failed.
 */
final class GateRows {

    private static final int IN_MEMORY = 1_000;
    private static final String COLUMNS = "environment, job, build, stage, branch, requested_by, requested_at, deadline,"
            + " sla_due, first_decision_at, answered_at, decided, closed_at, closed_month, outcome, last_seq, gate, controller";

    private final String controller;
    private final Map<String, KnownGate> gates = new LinkedHashMap<>(16, 0.75f, true);

    GateRows(String controller) {
        this.controller = controller;
    }

    /** Takes a line about a gate; gives the gate, if its request is known. */
    Optional<KnownGate> take(String id, JournalLine line, Connection connection) throws SQLException {
        Optional<KnownGate> known = find(id, line, connection);
        Optional<KnownGate> begun = KnownGate.begunBy(line);
        if (begun.isPresent()) {
            begun.get().fresh = known.isEmpty() || known.get().fresh;
            gates.put(id, begun.get());
            known = begun;
        }
        known.ifPresent(gate -> gate.take(line));
        return known;
    }

    private Optional<KnownGate> find(String id, JournalLine before, Connection connection) throws SQLException {
        KnownGate inMemory = gates.get(id);
        if (inMemory != null) {
            return Optional.of(inMemory);
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from audit_gate where gate = ? and controller = ?")) {
            select.setString(1, id);
            select.setString(2, controller);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                KnownGate gate = gate(row);
                if (gate.closedAt.isEmpty()) {
                    gate.lines.addAll(lines(id, before, connection));
                }
                gates.put(id, gate);
                return Optional.of(gate);
            }
        }
    }

    private static KnownGate gate(ResultSet row) throws SQLException {
        KnownGate gate = new KnownGate(new KnownGate.Request(
                row.getString("environment"),
                row.getString("job"),
                row.getInt("build"),
                Optional.ofNullable(row.getString("stage")),
                Optional.ofNullable(row.getString("branch")),
                row.getString("requested_by"),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                Instant.ofEpochMilli(row.getLong("deadline")),
                time(row, "sla_due")));
        gate.firstDecisionAt = time(row, "first_decision_at");
        gate.answeredAt = time(row, "answered_at");
        gate.decided = row.getBoolean("decided");
        gate.closedAt = time(row, "closed_at");
        gate.outcome = Optional.ofNullable(row.getString("outcome"));
        gate.lastSeq = row.getLong("last_seq");
        return gate;
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private List<JournalLine> lines(String id, JournalLine before, Connection connection) throws SQLException {
        List<JournalLine> all = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select seq, at, type, actor, data, hash from audit_event"
                + " where gate = ? and controller = ? and seq < ? order by seq")) {
            select.setString(1, id);
            select.setString(2, controller);
            select.setLong(3, before.seq());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(new JournalLine(
                            row.getLong("seq"),
                            Instant.ofEpochMilli(row.getLong("at")),
                            Optional.of(id),
                            row.getString("type"),
                            Optional.ofNullable(row.getString("actor")),
                            data(row.getString("data")),
                            JournalLine.NO_HASH,
                            row.getString("hash")));
                }
            }
        }
        return all;
    }

    private static ObjectNode data(String json) throws SQLException {
        try {
            return (ObjectNode) Json.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException spoilt) {
            throw new SQLException("a row's data are no JSON", spoilt);
        }
    }

    /** Puts what has changed into the index; the caller commits. */
    void write(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into audit_gate (" + COLUMNS + ") values (?"
                        + ", ?".repeat(17) + ")");
                PreparedStatement update = connection.prepareStatement("update audit_gate set "
                        + COLUMNS.replace(", gate, controller", "").replace(",", " = ?,")
                        + " = ? where gate = ? and controller = ?")) {
            for (Map.Entry<String, KnownGate> entry : gates.entrySet()) {
                KnownGate gate = entry.getValue();
                if (gate.changed) {
                    PreparedStatement statement = gate.fresh ? insert : update;
                    fill(statement, entry.getKey(), gate);
                    statement.addBatch();
                    gate.changed = false;
                    gate.fresh = false;
                }
            }
            insert.executeBatch();
            update.executeBatch();
        }
        while (gates.size() > IN_MEMORY) {
            gates.remove(gates.keySet().iterator().next());
        }
    }

    private void fill(PreparedStatement row, String id, KnownGate gate) throws SQLException {
        KnownGate.Request request = gate.request;
        Values values = new Values(row);
        values.text(request.environment()).text(request.job()).number(request.build());
        values.text(request.stage()).text(request.branch()).text(request.requestedBy());
        values.number(Rows.millis(request.requestedAt())).number(Rows.millis(request.deadline()));
        values.time(request.slaDue()).time(gate.firstDecisionAt).time(gate.answeredAt).flag(gate.decided);
        values.time(gate.closedAt).month(gate.closedAt).text(gate.outcome);
        values.number(gate.lastSeq).text(id).text(controller);
    }
}
