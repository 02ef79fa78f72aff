package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Words;
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
 * One question to the index, put so that both databases answer it from an index of theirs: by the most telling of the
 * filters, in the order in which that index has its rows. For one thread.
 */
final class Search {

    private static final int MOST_SECONDS = 60;
    private static final String COLUMNS = "select e.controller, e.seq, e.at, e.gate, e.type, e.actor, e.environment, e.job,"
            + " e.build, e.branch, e.outcome, e.comment, e.data, e.hash from audit_event e where 1 = 1";
    /** With the offset, PostgreSQL asks it line by line, by the key, whatever it believes of how many words there are. */
    private static final String HAS_WORD = " and exists (select 1 from audit_word w where w.seq = e.seq"
            + " and w.controller = e.controller and w.word >= ? and w.word < ? limit 1 offset 0)";

    private final Connection connection;
    private final AuditQuery query;
    private final StringBuilder sql = new StringBuilder(COLUMNS);
    private final List<Object> values = new ArrayList<>();
    /** The filter by whose index the rows are found. */
    private String by = "";

    private Search(Connection connection, AuditQuery query) {
        this.connection = connection;
        this.query = query;
    }

    /** The first {@code limit} lines that fit, newest first, of those behind {@code after}. */
    static List<AuditEvent> find(Connection connection, AuditQuery query, Optional<AuditCursor> after, int limit)
            throws SQLException {
        Optional<RareWord> rare = RareWord.among(query.words(), query, connection);
        if (rare.isPresent()) {
            return rare.get().places(after).find(limit, places -> new Search(connection, query).among(places));
        }
        return new Search(connection, query).inOrder(after, limit);
    }

    /** Those lines of one controller that are there, in their order. */
    static List<AuditEvent> lines(Connection connection, String controller, Collection<Long> numbers) throws SQLException {
        List<AuditCursor> places = numbers.stream().map(number -> new AuditCursor(0, controller, number)).toList();
        return new Search(connection, AuditQuery.ALL).among(places).stream()
                .sorted(Comparator.comparingLong(AuditEvent::seq))
                .toList();
    }

    private List<AuditEvent> inOrder(Optional<AuditCursor> after, int limit) throws SQLException {
        filter(true);
        after.ifPresent(this::behind);
        sql.append(" order by ").append(by).append("e.at desc, e.controller desc, e.seq desc limit ?");
        values.add(limit);
        return run();
    }

    /** Those of {@code places}, all of one controller, that fit; in no order. */
    private List<AuditEvent> among(List<AuditCursor> places) throws SQLException {
        filter(false);
        sql.append(" and e.controller = ? and e.seq in (?").append(", ?".repeat(places.size() - 1)).append(")");
        values.add(places.get(0).controller());
        places.forEach(place -> values.add(place.seq()));
        return run();
    }

    private void filter(boolean inOrder) {
        equal("e.job", query.job().map(Rows::name), inOrder);
        equal("e.actor_folded", query.actor().map(Words::folded).map(Rows::name), inOrder);
        equal("e.build", query.build(), inOrder);
        equal("e.outcome", query.outcome(), inOrder);
        equal("e.environment", query.environment().map(Rows::name), inOrder);
        equal("e.type", query.type(), inOrder);
        equal("e.controller", query.controller(), inOrder);
        compare("e.at >= ?", query.from());
        compare("e.at < ?", query.to());
        for (String word : query.words()) {
            sql.append(HAS_WORD);
            values.add(word);
            values.add(Words.after(word));
        }
    }

    private void equal(String column, Optional<?> value, boolean inOrder) {
        value.ifPresent(wanted -> {
            sql.append(" and ").append(column).append(" = ?");
            values.add(wanted);
            if (inOrder && by.isEmpty()) {
                by = column + " desc, ";
            }
        });
    }

    private void compare(String condition, Optional<Instant> time) {
        time.ifPresent(instant -> {
            sql.append(" and ").append(condition);
            values.add(Rows.millis(instant));
        });
    }

    private void behind(AuditCursor place) {
        sql.append(" and e.at <= ? and (e.at < ? or e.controller < ? or (e.controller = ? and e.seq < ?))");
        values.addAll(List.of(place.at(), place.at(), place.controller(), place.controller(), place.seq()));
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
