package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.JournalPlace;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How far one controller's journal is in the index. Moves in the transaction that has the rows, and only from where it is
 * known to be: so no line is there twice, whatever breaks off, and a second writer is noticed.
 *
 * @param number the controller's, in this index
 * @param seq the last line that is in the index
 * @param place as the journal's reader wrote it; empty before the first line
 * @param clearing whether the rows of another journal, up to {@code seq}, are being removed
 */
record Position(String controller, int number, long seq, String hash, String place, boolean clearing) {

    /** Where the controller's journal is; at its start if the index does not know it. */
    static Position read(Connection connection, String controller) throws SQLException {
        Optional<Position> known = find(connection, controller);
        if (known.isPresent()) {
            return known.get();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into audit_position (controller, number, seq, hash, place, clearing)"
                        + " select ?, coalesce(max(number), 0) + 1, 0, ?, '', false from audit_position")) {
            insert.setString(1, controller);
            insert.setString(2, JournalLine.NO_HASH);
            insert.executeUpdate();
        }
        connection.commit();
        return find(connection, controller)
                .orElseThrow(() -> new SQLException("the row that was just written is not there"));
    }

    /** The number of a controller in this index; 0 if it has none, which is nobody's. */
    static int number(String controller, Connection connection) throws SQLException {
        return find(connection, controller).map(Position::number).orElse(0);
    }

    private static Optional<Position> find(Connection connection, String controller) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select number, seq, hash, place, clearing from audit_position where controller = ?")) {
            select.setString(1, controller);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Position(
                                controller,
                                row.getInt(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getString(4),
                                row.getBoolean(5)))
                        : Optional.empty();
            }
        }
    }

    /** Behind the last line of a batch, which begins here. */
    Position at(JournalPlace next) {
        return new Position(controller, number, next.seq(), next.hash(), next.text(), false);
    }

    /** The same, with the rows up to here to be removed. */
    Position cleared() {
        return new Position(controller, number, seq, hash, place, true);
    }

    Position start() {
        return new Position(controller, number, 0, JournalLine.NO_HASH, "", false);
    }

    /**
     * Puts {@code next} in the place of this; the caller commits.
     *
     * @throws IOException if another moved it meanwhile
     */
    void moveTo(Position next, Connection connection) throws SQLException, IOException {
        try (PreparedStatement update = connection.prepareStatement("update audit_position set seq = ?, hash = ?, place = ?,"
                + " clearing = ? where controller = ? and seq = ? and hash = ? and clearing = ?")) {
            update.setLong(1, next.seq);
            update.setString(2, next.hash);
            update.setString(3, next.place);
            update.setBoolean(4, next.clearing);
            update.setString(5, controller);
            update.setLong(6, seq);
            update.setString(7, hash);
            update.setBoolean(8, clearing);
            if (update.executeUpdate() != 1) {
                throw new IOException("Another controller with the id " + controller + " writes to this index.");
            }
        }
    }
}
