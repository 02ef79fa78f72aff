package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexUnavailableException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody looks for in a journal of {@link JournalFactory}, and the SQL that they would write for it.
 *
 * @param tables behind {@code from}, with the conditions and the order; both databases find it by an index
 */
record Sought(String name, AuditQuery query, String tables) {

    private static final String COLUMNS = "select e.controller, e.seq, e.at, e.gate, e.type, e.actor, e.environment, e.job, e.build,"
            + " e.branch, e.outcome, e.comment, e.data, e.hash from ";
    private static final int WIDTH = COLUMNS.split(",").length;
    private static final String NEWEST = "e.at desc, e.id desc";
    private static final Instant MONTH = JournalFactory.BEGIN.plus(Duration.ofDays(100));

    /** By each filter of the page, and by words that few and that many have. */
    static List<Sought> all() {
        String job = "team-42/service-42/main";
        Instant end = MONTH.plus(Duration.ofDays(30));
        return List.of(
                new Sought("no filter", AuditQuery.ALL, "audit_event e order by " + NEWEST),
                by("environment", "environment-7", environment("environment-7")),
                by("job", job, of(Optional.of(job), Optional.empty(), Optional.empty(), Optional.empty(), List.of())),
                new Sought("build", build(4_242), "audit_event e where e.build = 4242 order by e.build desc, " + NEWEST),
                by("actor_folded", "person-111", actor("Person-111")),
                by("type", "approved", of(Optional.empty(), Optional.of("approved"), Optional.empty(), Optional.empty(), List.of())),
                by("outcome", "REJECTED", of(Optional.empty(), Optional.empty(), Optional.of("REJECTED"), Optional.empty(), List.of())),
                new Sought(
                        "controller",
                        of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Searched.CONTROLLER), List.of()),
                        "audit_event e where e.writer = 1 order by e.writer desc, " + NEWEST),
                new Sought(
                        "a month",
                        new AuditQuery(
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                                Optional.empty(), Optional.empty(), Optional.of(MONTH), Optional.of(end), List.of()),
                        "audit_event e where e.at >= " + MONTH.toEpochMilli() + " and e.at < " + end.toEpochMilli()
                                + " order by " + NEWEST),
                new Sought("a rare word", words("1234"), word("1234")),
                new Sought("a word of a third of all lines", words("looked"), word("looked")),
                new Sought(
                        "a frequent word in a job",
                        of(Optional.of(job), Optional.empty(), Optional.empty(), Optional.empty(), List.of("looked")),
                        "audit_event e where e.job = '" + job + "' and e.words like '% looked%' order by e.job desc, " + NEWEST),
                new Sought(
                        "a frequent word and a rare one",
                        words("service", "1234"),
                        "audit_word w join audit_event e on e.id = w.id where w.word = '1234' and e.words like '% service%'"
                                + " order by w.word, w.at desc, w.id desc"));
    }

    private static Sought by(String column, String value, AuditQuery query) {
        return new Sought(
                column.replace("_folded", ""),
                query,
                "audit_event e where e." + column + " = '" + value + "' order by e." + column + " desc, " + NEWEST);
    }

    private static String word(String word) {
        return "audit_word w join audit_event e on e.id = w.id where w.word = '" + word + "'"
                + " order by w.word, w.at desc, w.id desc";
    }

    private static AuditQuery words(String... words) {
        return of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(words));
    }

    private static AuditQuery of(
            Optional<String> job, Optional<String> type, Optional<String> outcome, Optional<String> controller, List<String> words) {
        return new AuditQuery(
                controller, Optional.empty(), job, Optional.empty(), Optional.empty(), type, outcome, Optional.empty(),
                Optional.empty(), words);
    }

    private static AuditQuery environment(String name) {
        return new AuditQuery(
                Optional.empty(), Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    private static AuditQuery actor(String name) {
        return new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(name), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    private static AuditQuery build(int number) {
        return new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(number), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** Asks by hand, and reads all that it gives. */
    int byHand(AuditIndex index, int limit) throws IndexUnavailableException {
        return index.ask(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(COLUMNS + tables + " limit " + limit)) {
                int rows = 0;
                while (row.next()) {
                    rows++;
                    for (int column = 1; column <= WIDTH; column++) {
                        row.getString(column);
                    }
                }
                return rows;
            }
        });
    }
}
