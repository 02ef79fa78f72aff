package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.AuditEntry;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One question to the index, put so that both databases answer it from an index of theirs: by a value that few lines have,
 * else by the most telling of the filters, in the order in which that index has its rows. For one thread.
 */
final class Search {

    private static final int MOST_SECONDS = 60;
    private static final String COLUMNS = "select e.controller, e.seq, e.at, e.gate, e.type, e.actor, e.environment, e.job,"
            + " e.build, e.branch, e.outcome, e.comment, e.data, e.hash from audit_event e where 1 = 1";
    private static final String NEWEST_FIRST = "e.at desc, e.id desc";

    private final Connection connection;
    private final StringBuilder sql = new StringBuilder(COLUMNS);
    private final List<Object> values = new ArrayList<>();

    private Search(Connection connection) {
        this.connection = connection;
    }

    /** The first {@code limit} lines that fit, newest first, of those behind {@code after}. */
    static List<AuditEvent> find(Connection connection, AuditQuery query, Optional<AuditCursor> after, int limit)
            throws SQLException {
        if (query.outcome().isPresent() && query.type().filter(type -> !type.equals(AuditEntry.ENDS)).isPresent()) {
            return List.of();
        }
        List<Condition> conditions = Condition.of(query, connection);
        Optional<RareValue.Place> place = after.isEmpty() ? Optional.empty() : Optional.of(place(after.get(), connection));
        if (conditions.size() == 1 && query.words().size() == 1) {
            Optional<List<AuditEvent>> said = said(query, place, limit, connection);
            if (said.isPresent()) {
                return said.get();
            }
        }
        // One filter alone has an index in the very order; it need not be known how many fit.
        boolean ordered = conditions.isEmpty() || conditions.size() == 1 && !conditions.get(0).order().isEmpty();
        Optional<RareValue> rare = ordered ? Optional.empty() : RareValue.among(conditions, query, connection);
        if (rare.isPresent()) {
            return rare.get().behind(place).find(limit, ids -> new Search(connection).among(ids, query, conditions));
        }
        return new Search(connection).inOrder(query, conditions, place, limit);
    }

    /** Empty if it has to be found in another way: also where somebody removed lines, but not their words. */
    private static Optional<List<AuditEvent>> said(
            AuditQuery query, Optional<RareValue.Place> after, int limit, Connection connection) throws SQLException {
        Optional<List<RareValue.Place>> places = OneWord.places(query.words().get(0), query, after, limit, connection);
        if (places.isEmpty() || places.get().isEmpty()) {
            return places.map(none -> List.of());
        }
        List<Long> ids = places.get().stream().map(RareValue.Place::id).toList();
        List<AuditEvent> found = new Search(connection).among(ids, query, List.of());
        return Optional.of(found).filter(all -> all.size() == ids.size());
    }

    private static RareValue.Place place(AuditCursor cursor, Connection connection) throws SQLException {
        return new RareValue.Place(cursor.at(), Rows.id(cursor.seq(), Position.number(cursor.controller(), connection)));
    }

    /** Those lines of one controller that are there, in their order. */
    static List<AuditEvent> lines(Connection connection, String controller, Collection<Long> numbers) throws SQLException {
        int number = Position.number(controller, connection);
        List<Long> ids = numbers.stream().map(seq -> Rows.id(seq, number)).toList();
        return new Search(connection).among(ids, AuditQuery.ALL, List.of()).stream()
                .sorted(Comparator.comparingLong(AuditEvent::seq))
                .toList();
    }

    private List<AuditEvent> inOrder(
            AuditQuery query, List<Condition> conditions, Optional<RareValue.Place> after, int limit) throws SQLException {
        filter(query, conditions);
        after.ifPresent(place -> {
            sql.append(" and e.at <= ? and (e.at < ? or e.id < ?)");
            values.addAll(List.of(place.at(), place.at(), place.id()));
        });
        String by = conditions.stream()
                .map(Condition::order)
                .filter(order -> !order.isEmpty())
                .findFirst()
                .orElse("");
        sql.append(" order by ").append(by).append(NEWEST_FIRST).append(" limit ?");
        values.add(limit);
        return run();
    }

    /** Those of some rows that fit, newest first. */
    private List<AuditEvent> among(List<Long> ids, AuditQuery query, List<Condition> conditions) throws SQLException {
        filter(query, conditions);
        sql.append(" and e.id in (?").append(", ?".repeat(ids.size() - 1)).append(") order by ").append(NEWEST_FIRST);
        values.addAll(ids);
        return run();
    }

    private void filter(AuditQuery query, List<Condition> conditions) {
        for (Condition condition : conditions) {
            sql.append(" and ").append(condition.sql());
            values.add(condition.value());
        }
        compare("e.at >= ?", query.from());
        compare("e.at < ?", query.to());
    }

    private void compare(String condition, Optional<Instant> time) {
        time.ifPresent(instant -> {
            sql.append(" and ").append(condition);
            values.add(Rows.millis(instant));
        });
    }

    private List<AuditEvent> run() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            statement.setQueryTimeout(MOST_SECONDS);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            List<AuditEvent> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(event(rows));
                }
            }
            return events;
        }
    }

    private static AuditEvent event(ResultSet row) throws SQLException {
        int build = row.getInt("build");
        return new AuditEvent(
                row.getString("controller"),
                row.getLong("seq"),
                Instant.ofEpochMilli(row.getLong("at")),
                Optional.ofNullable(row.getString("gate")),
                row.getString("type"),
                Optional.ofNullable(row.getString("actor")),
                Optional.ofNullable(row.getString("environment")),
                Optional.ofNullable(row.getString("job")),
                row.getObject("build") == null ? Optional.empty() : Optional.of(build),
                Optional.ofNullable(row.getString("branch")),
                Optional.ofNullable(row.getString("outcome")),
                Optional.ofNullable(row.getString("comment")).orElse(""),
                row.getString("data"),
                row.getString("hash"));
    }
}
