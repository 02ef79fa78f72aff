package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Words;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that lines have to fit, besides their time, with an index of its own.
 *
 * @param sql of a row of {@code audit_event e}
 * @param value for it
 * @param places the statement that gives {@code at, id} of the lines that fit, by an index alone; its values are those
 *     {@code inIndex}, the earliest time, the first that is too late, and how many at most
 * @param order by which that index has the lines before it has them by time; empty if it is of another table
 */
record Condition(String sql, Object value, String places, List<Object> inIndex, String order) {

    private static final String WITHIN = " and at >= ? and at < ? limit ?";

    /** Those of a query, the most telling first. */
    static List<Condition> of(AuditQuery query, Connection connection) throws SQLException {
        List<Condition> all = new ArrayList<>();
        for (String word : query.words()) {
            all.add(word(word));
        }
        equal("job", query.job().map(Rows::name), all);
        equal("actor_folded", query.actor().map(Words::folded).map(Rows::name), all);
        equal("build", query.build(), all);
        equal("outcome", query.outcome(), all);
        equal("environment", query.environment().map(Rows::name), all);
        // Of a line with an outcome the type is known.
        equal("type", query.type().filter(type -> query.outcome().isEmpty()), all);
        if (query.controller().isPresent()) {
            equal("writer", Optional.of(Position.number(query.controller().get(), connection)), all);
        }
        return all;
    }

    private static void equal(String column, Optional<?> value, List<Condition> all) {
        value.ifPresent(wanted -> all.add(new Condition(
                "e." + column + " = ?",
                wanted,
                "select at, id from audit_event where " + column + " = ?" + WITHIN,
                List.of(wanted),
                "e." + column + " desc, ")));
    }

    private static Condition word(String word) {
        return new Condition(
                "e.words like ?",
                Rows.beginning(word),
                "select at, id from audit_word where word >= ? and word < ?" + WITHIN,
                List.of(word, Words.after(word)),
                "");
    }
}
