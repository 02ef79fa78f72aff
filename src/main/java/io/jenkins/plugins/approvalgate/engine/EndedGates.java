package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexUnavailableException;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All gates that have ever ended, from the search index; of all controllers that share it. */
public final class EndedGates {

    private static final String ENDED = "select environment, requested_at, closed_at, outcome, answered_at, decided, sla_due"
            + " from audit_gate where closed_at is not null and outcome is not null";

    private EndedGates() {}

    /**
     * By environment, in the order of their names.
     *
     * @param from the earliest time at which they ended
     * @param to the first that is too late
     * @throws IndexUnavailableException if the index cannot be asked now
     */
    public static Map<String, List<Figures.Ended>> find(
            AuditIndex index, Optional<String> environment, Optional<Instant> from, Optional<Instant> to)
            throws IndexUnavailableException {
        StringBuilder sql = new StringBuilder(ENDED);
        List<Object> values = new ArrayList<>();
        environment.ifPresent(name -> {
            sql.append(" and environment = ?");
            values.add(name);
        });
        from.ifPresent(time -> {
            sql.append(" and closed_at >= ?");
            values.add(time.toEpochMilli());
        });
        to.ifPresent(time -> {
            sql.append(" and closed_at < ?");
            values.add(time.toEpochMilli());
        });
        return index.ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    return read(rows);
                }
            }
        });
    }

    private static Map<String, List<Figures.Ended>> read(ResultSet rows) throws SQLException {
        Map<String, List<Figures.Ended>> gates = new TreeMap<>();
        while (rows.next()) {
            Optional<Instant> answered = time(rows, "answered_at");
            gates.computeIfAbsent(rows.getString("environment"), name -> new ArrayList<>())
                    .add(new Figures.Ended(
                            Instant.ofEpochMilli(rows.getLong("requested_at")),
                            Instant.ofEpochMilli(rows.getLong("closed_at")),
                            Outcome.valueOf(rows.getString("outcome")),
                            answered,
                            rows.getBoolean("decided") && answered.isPresent(),
                            time(rows, "sla_due")));
        }
        return gates;
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
