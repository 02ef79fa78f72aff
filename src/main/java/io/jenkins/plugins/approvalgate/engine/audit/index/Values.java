package io.jenkins.plugins.approvalgate.engine.audit.index;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Gives a statement its values, one after the other. */
final class Values {

    private final PreparedStatement statement;
    private int given;

    Values(PreparedStatement statement) {
        this.statement = statement;
    }

    Values text(String text) throws SQLException {
        statement.setString(++given, text);
        return this;
    }

    Values text(Optional<String> text) throws SQLException {
        return text(text.orElse(null));
    }

    Values number(long number) throws SQLException {
        statement.setLong(++given, number);
        return this;
    }

    Values number(int number) throws SQLException {
        statement.setInt(++given, number);
        return this;
    }

    Values number(Optional<Integer> number) throws SQLException {
        if (number.isPresent()) {
            return number(number.get().intValue());
        }
        statement.setNull(++given, Types.INTEGER);
        return this;
    }

    Values time(Optional<Instant> time) throws SQLException {
        if (time.isPresent()) {
            return number(Rows.millis(time.get()));
        }
        statement.setNull(++given, Types.BIGINT);
        return this;
    }

    /** Whatever it is. */
    Values any(Object value) throws SQLException {
        statement.setObject(++given, value);
        return this;
    }

    /** The month of a time, in UTC: 202603. */
    Values month(Optional<Instant> time) throws SQLException {
        return number(time.map(instant -> {
            ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
            return utc.getYear() * 100 + utc.getMonthValue();
        }));
    }

    Values flag(boolean flag) throws SQLException {
        statement.setBoolean(++given, flag);
        return this;
    }
}
