package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A word or another value that few lines have: then its lines are looked at one after the other, whatever else they have to
 * fit. Of a value that many have the next page is soon found among the newest lines, which {@link Search} goes through.
 */
final class RareValue {

    /** From when on a value is no longer rare. */
    static final int MANY = 5_000;
    private static final int AT_ONCE = 200;

    /** A line's row, the newest first. */
    record Place(long at, long id) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::at).thenComparingLong(Place::id).reversed();

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** Looks at the lines with these ids. */
    @FunctionalInterface
    interface Look {
        /** Those that fit, newest first. */
        List<AuditEvent> at(List<Long> ids) throws SQLException;
    }

    private final TreeSet<Place> places;

    private RareValue(TreeSet<Place> places) {
        this.places = places;
    }

    /** The rarest of some conditions; empty if none is rare, or there are none. */
    static Optional<RareValue> among(List<Condition> conditions, AuditQuery query, Connection connection)
            throws SQLException {
        Optional<RareValue> rarest = Optional.empty();
        int limit = MANY;
        for (Condition condition : conditions) {
            TreeSet<Place> places = new TreeSet<>();
            if (limit > 0 && find(condition, query, limit, places, connection)) {
                rarest = Optional.of(new RareValue(places));
                limit = places.size() - 1;
            }
        }
        return rarest;
    }

    /** @return whether there are no more than {@code limit} */
    private static boolean find(
            Condition condition, AuditQuery query, int limit, TreeSet<Place> places, Connection connection)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(condition.places())) {
            Values values = new Values(select);
            for (Object value : condition.inIndex()) {
                values.any(value);
            }
            values.number(query.from().map(Rows::millis).orElse(Long.MIN_VALUE));
            values.number(query.to().map(Rows::millis).orElse(Long.MAX_VALUE));
            values.number(limit + 1);
            int rows = 0;
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows++;
                    places.add(new Place(found.getLong(1), found.getLong(2)));
                }
            }
            return rows <= limit;
        }
    }

    /** Those behind {@code after} alone. */
    RareValue behind(Optional<Place> after) {
        return after.map(place -> new RareValue(new TreeSet<>(places.tailSet(place, false)))).orElse(this);
    }

    /** The first {@code limit} lines that {@code look} gives, newest first. */
    List<AuditEvent> find(int limit, Look look) throws SQLException {
        List<AuditEvent> found = new ArrayList<>();
        List<Long> left = places.stream().map(Place::id).toList();
        for (int at = 0; at < left.size() && found.size() < limit; at += AT_ONCE) {
            found.addAll(look.at(left.subList(at, Math.min(at + AT_ONCE, left.size()))));
        }
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }
}
