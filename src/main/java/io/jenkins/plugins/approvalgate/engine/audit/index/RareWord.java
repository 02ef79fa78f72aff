package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Words;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A word that few comments have: then its lines are looked at one after the other. Of a word that many have the next page
 * is soon found among the newest lines, which {@link Search} goes through.
 */
final class RareWord {

    /** From when on a word is no longer rare. */
    static final int MANY = 5_000;
    private static final int AT_ONCE = 200;
    /** The newest first. */
    private static final Comparator<AuditCursor> ORDER = Comparator.comparingLong(AuditCursor::at)
            .thenComparing(AuditCursor::controller)
            .thenComparingLong(AuditCursor::seq)
            .reversed();
    private static final String PLACES =
            "select at, controller, seq from audit_word where word >= ? and word < ? and at >= ? and at < ? limit ?";

    /** Looks at the lines of some places of one controller. */
    @FunctionalInterface
    interface Look {
        List<AuditEvent> at(List<AuditCursor> places) throws SQLException;
    }

    private final TreeSet<AuditCursor> places;

    private RareWord(TreeSet<AuditCursor> places) {
        this.places = places;
    }

    /** The rarest of some words; empty if none is rare, or there are none. */
    static Optional<RareWord> among(Iterable<String> words, AuditQuery query, Connection connection)
            throws SQLException {
        Optional<RareWord> rarest = Optional.empty();
        for (String word : words) {
            Optional<RareWord> rare = of(word, query, connection);
            if (rare.isPresent()
                    && rarest.filter(other -> other.places.size() <= rare.get().places.size()).isEmpty()) {
                rarest = rare;
            }
        }
        return rarest;
    }

    private static Optional<RareWord> of(String word, AuditQuery query, Connection connection) throws SQLException {
        TreeSet<AuditCursor> places = new TreeSet<>(ORDER);
        int rows = 0;
        try (PreparedStatement select = connection.prepareStatement(PLACES)) {
            select.setString(1, word);
            select.setString(2, Words.after(word));
            select.setLong(3, query.from().map(Rows::millis).orElse(Long.MIN_VALUE));
            select.setLong(4, query.to().map(Rows::millis).orElse(Long.MAX_VALUE));
            select.setInt(5, MANY + 1);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows++;
                    places.add(new AuditCursor(found.getLong(1), found.getString(2), found.getLong(3)));
                }
            }
        }
        return rows > MANY ? Optional.empty() : Optional.of(new RareWord(places));
    }

    /** Those behind {@code after} alone. */
    RareWord places(Optional<AuditCursor> after) {
        return after.map(place -> new RareWord(new TreeSet<>(places.tailSet(place, false)))).orElse(this);
    }

    /** The first {@code limit} lines that {@code look} gives, newest first. */
    List<AuditEvent> find(int limit, Look look) throws SQLException {
        List<AuditEvent> found = new ArrayList<>();
        List<AuditCursor> left = new ArrayList<>(places);
        for (int at = 0; at < left.size() && found.size() < limit; at += AT_ONCE) {
            found.addAll(lookAt(left.subList(at, Math.min(at + AT_ONCE, left.size())), look));
        }
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    private static List<AuditEvent> lookAt(List<AuditCursor> places, Look look) throws SQLException {
        Map<String, List<AuditCursor>> byController = new LinkedHashMap<>();
        places.forEach(place -> byController.computeIfAbsent(place.controller(), name -> new ArrayList<>()).add(place));
        List<AuditEvent> found = new ArrayList<>();
        for (List<AuditCursor> ofOne : byController.values()) {
            found.addAll(look.at(ofOne));
        }
        found.sort(Comparator.comparing(AuditEvent::place, ORDER));
        return found;
    }
}
