package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalFeed;
import io.jenkins.plugins.approvalgate.engine.audit.JournalPlace;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Where in the journal an index goes on. */
final class Beginning {

    private Beginning() {}

    /** The journal's lines from the position on; empty if that is in another journal. */
    static Optional<JournalFeed> of(Journal journal, Position position) throws IOException {
        if (position.seq() == 0) {
            return Optional.of(JournalFeed.fromTheStart(journal));
        }
        Optional<JournalPlace> place = JournalPlace.of(position.place());
        return place.isPresent() ? JournalFeed.from(journal, place.get()) : Optional.empty();
    }

    /** Removes this controller's rows, and gives the position at the start. Goes on with a removal that was broken off. */
    static Position anew(Position position, Connection connection) throws SQLException, IOException {
        Position clearing = position.cleared();
        position.moveTo(clearing, connection);
        connection.commit();
        Removal.upTo(position.seq(), position, connection);
        clearing.moveTo(position.start(), connection);
        connection.commit();
        return position.start();
    }
}
