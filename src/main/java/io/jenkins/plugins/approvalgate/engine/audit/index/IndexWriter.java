package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.AuditEntry;
import io.jenkins.plugins.approvalgate.engine.audit.GateSubjects;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.JournalPlace;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts one controller's lines into the index. For one thread; of no more use once a call has failed. */
final class IndexWriter {

    /** What a journal says when its first months were removed: {@code data.seq} is the last line that went. */
    private static final String PRUNED = "pruned";
    private static final String EVENT = "insert into audit_event (id, controller, writer, seq, at, gate, type, actor,"
            + " actor_folded, environment, job, build, branch, outcome, comment, words, data, hash) values (?"
            + ", ?".repeat(17) + ")";
    private static final String WORD = "insert into audit_word (word, at, id) values (?, ?, ?)";

    private final String controller;
    private final GateRows gates;
    private Position position;

    IndexWriter(String controller, Position position) {
        this.controller = controller;
        this.position = position;
        gates = new GateRows(controller);
    }

    /**
     * Puts lines into the index, all or none.
     *
     * @param lines those behind the position, without a gap
     * @param end where the last of them ends
     */
    void write(List<JournalLine> lines, JournalPlace end, Connection connection) throws SQLException, IOException {
        long removed = lines.stream()
                .filter(line -> line.type().equals(PRUNED))
                .mapToLong(line -> line.data().path("seq").asLong())
                .max()
                .orElse(0);
        Removal.upTo(Math.min(removed, position.seq()), position, connection);
        insert(lines.stream().filter(line -> line.seq() > removed).toList(), connection);
        Position next = position.at(end);
        position.moveTo(next, connection);
        connection.commit();
        position = next;
    }

    private void insert(List<JournalLine> lines, Connection connection) throws SQLException {
        try (PreparedStatement events = connection.prepareStatement(EVENT);
                PreparedStatement words = connection.prepareStatement(WORD)) {
            for (JournalLine line : lines) {
                AuditEntry entry = new AuditEntry(line, subject(line, connection));
                long id = Rows.id(line.seq(), position.number());
                String comment = Rows.text(entry.comment());
                Set<String> said = Words.of(comment);
                event(new Values(events).number(id), entry, comment, said);
                events.addBatch();
                for (String word : said) {
                    new Values(words).text(word).number(Rows.millis(line.at())).number(id);
                    words.addBatch();
                }
            }
            events.executeBatch();
            words.executeBatch();
        }
        gates.write(connection);
    }

    private AuditEntry.Subject subject(JournalLine line, Connection connection) throws SQLException {
        Optional<KnownGate> gate =
                line.gate().isPresent() ? gates.take(line.gate().get(), line, connection) : Optional.empty();
        return gate.map(known -> known.request.subject()).orElseGet(() -> GateSubjects.named(line));
    }

    private void event(Values row, AuditEntry entry, String comment, Set<String> words) throws SQLException {
        JournalLine line = entry.line();
        AuditEntry.Subject subject = entry.subject();
        Optional<String> actor = line.actor().map(Rows::name);
        row.text(controller).number(position.number()).number(line.seq()).number(Rows.millis(line.at()));
        row.text(line.gate().map(Rows::code)).text(Rows.code(line.type()));
        row.text(actor).text(actor.map(Words::folded).map(Rows::name));
        row.text(subject.environment().map(Rows::name)).text(subject.job().map(Rows::name));
        row.number(subject.build()).text(subject.branch().map(Rows::name));
        row.text(entry.outcome().map(Rows::code)).text(comment).text(Rows.words(words));
        row.text(new String(Json.write(line.data()), StandardCharsets.UTF_8)).text(line.hash());
    }
}
