package io.jenkins.plugins.approvalgate.engine.audit.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Takes rows of one controller out of the index, some at a time, so that nobody waits long. May be broken off and begun anew. */
final class Removal {

    private static final long AT_ONCE = 2_000;
    private static final List<String> BY_LINE = List.of(
            "delete from audit_word where seq > ? and seq <= ? and controller = ?",
            "delete from audit_event where seq > ? and seq <= ? and controller = ?",
            "delete from audit_gate where last_seq > ? and last_seq <= ? and controller = ?");

    private Removal() {}

    /** Removes what is about the lines up to {@code last}; a gate goes with its last line. */
    static void upTo(long last, String controller, Connection connection) throws SQLException {
        for (long from = 0; from < last; from += AT_ONCE) {
            for (String sql : BY_LINE) {
                try (PreparedStatement delete = connection.prepareStatement(sql)) {
                    delete.setLong(1, from);
                    delete.setLong(2, Math.min(last, from + AT_ONCE));
                    delete.setString(3, controller);
                    delete.executeUpdate();
                }
            }
            connection.commit();
        }
    }
}
