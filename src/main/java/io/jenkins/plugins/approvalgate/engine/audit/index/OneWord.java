package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A beginning of words that is all that is looked for, but for a time. The index of words has the lines of each in the order
 * in which they are found, so where few words begin so, the page is put together from theirs, however many lines there are.
 */
final class OneWord {

    private static final int MOST = 16;
    /** Stands in no word. With no upper bound, since H2 would go through all lines of the word that is one. */
    private static final char BEHIND = '\u0001';
    private static final String NEXT =
            "select word from audit_word where word >= ? order by word, at desc, id desc limit 1";
    private static final String PLACES = "select at, id from audit_word where word = ? and at >= ? and at <= ?"
            + " and (at < ? or id < ?) order by word, at desc, id desc limit ?";

    private OneWord() {}

    /**
     * The first {@code limit} places of such lines, the newest first, of those behind {@code after}.
     *
     * @return empty if many words begin so
     */
    static Optional<List<RareValue.Place>> places(
            String beginning, AuditQuery query, Optional<RareValue.Place> after, int limit, Connection connection)
            throws SQLException {
        List<String> words = words(beginning, connection);
        if (words.size() > MOST) {
            return Optional.empty();
        }
        RareValue.Place end = new RareValue.Place(
                query.to().map(Rows::millis).orElse(Long.MAX_VALUE), Long.MIN_VALUE);
        RareValue.Place behind = after.filter(place -> place.compareTo(end) > 0).orElse(end);
        TreeSet<RareValue.Place> places = new TreeSet<>();
        for (String word : words) {
            try (PreparedStatement select = connection.prepareStatement(PLACES)) {
                Values values = new Values(select).text(word);
                values.number(query.from().map(Rows::millis).orElse(Long.MIN_VALUE));
                values.number(behind.at()).number(behind.at()).number(behind.id()).number(limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        places.add(new RareValue.Place(row.getLong(1), row.getLong(2)));
                    }
                }
            }
        }
        return Optional.of(places.stream().limit(limit).toList());
    }

    /** The words that begin so; one more than {@link #MOST} if there are more. */
    private static List<String> words(String beginning, Connection connection) throws SQLException {
        List<String> words = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(NEXT)) {
            Optional<String> next = Optional.of(beginning);
            while (next.isPresent() && words.size() <= MOST) {
                new Values(select).text(next.get());
                try (ResultSet row = select.executeQuery()) {
                    Optional<String> word = row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                    next = word.filter(one -> one.startsWith(beginning));
                }
                next.ifPresent(words::add);
                next = next.map(word -> word + BEHIND);
            }
        }
        return words;
    }
}
