package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.Words;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Takes rows of one controller out of the index, some at a time, so that nobody waits long. May be broken off and begun anew. */
final class Removal {

    private static final long AT_ONCE = 2_000;
    private static final String WORDS = "select id, at, comment from audit_event where id > ? and id <= ? and controller = ?";
    private static final String WORD = "delete from audit_word where word = ? and at = ? and id = ?";
    private static final String EVENTS = "delete from audit_event where id > ? and id <= ? and controller = ?";
    private static final String GATES = "delete from audit_gate where last_seq > ? and last_seq <= ? and controller = ?";

    private Removal() {}

    /** Removes what is about the lines up to {@code last}; a gate goes with its last line. */
    static void upTo(long last, Position of, Connection connection) throws SQLException {
        for (long from = 0; from < last; from += AT_ONCE) {
            long to = Math.min(last, from + AT_ONCE);
            long first = Rows.id(from, of.number());
            long end = Rows.id(to, of.number());
            removeWords(first, end, of, connection);
            remove(EVENTS, first, end, of, connection);
            remove(GATES, from, to, of, connection);
            connection.commit();
        }
    }

    /** By what the lines say, so that the words of a line need not be found by its number. */
    private static void removeWords(long from, long to, Position of, Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WORDS);
                PreparedStatement delete = connection.prepareStatement(WORD)) {
            select.setLong(1, from);
            select.setLong(2, to);
            select.setString(3, of.controller());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    for (String word : Words.of(row.getString("comment"))) {
                        new Values(delete).text(word).number(row.getLong("at")).number(row.getLong("id"));
                        delete.addBatch();
                    }
                }
            }
            delete.executeBatch();
        }
    }

    private static void remove(String sql, long from, long to, Position of, Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, from);
            delete.setLong(2, to);
            delete.setString(3, of.controller());
            delete.executeUpdate();
        }
    }
}
