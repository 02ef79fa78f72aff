package io.jenkins.plugins.approvalgate.engine.findings;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the search index. */
public final class IndexEvidence implements Evidence {

    private static final String DEEDS = "select e.seq, e.at, e.type, e.actor, e.gate, e.data, g.environment, g.job, g.build,"
            + " g.requested_by from audit_event e join audit_gate g on g.gate = e.gate and g.controller = e.controller"
            + " where e.controller = ? and e.seq <= ?";
    private static final String LATELY = " and e.at >= ? and e.seq > ?";
    private static final String IN_ORDER = " order by e.seq";
    private static final String OPENED_FOR = " and e.type in ('approved', 'deferred', 'withdrawn', 'closed')"
            + " and g.outcome = 'APPROVED' and g.closed_at >= ? and lower(g.requested_by) = ?"
            + " and exists (select 1 from audit_event a where a.controller = e.controller and a.gate = e.gate"
            + " and a.type in ('approved', 'deferred') and a.actor_folded = ?)";
    private static final String FINDINGS = "select e.gate, e.data from audit_event e where e.controller = ? and e.type = '"
            + Notes.FINDING + "' and e.at >= ? order by e.seq";

    private final AuditIndex index;
    private final String controller;

    /** @param controller whose lines are the past */
    public IndexEvidence(AuditIndex index, String controller) {
        this.index = index;
        this.controller = controller;
    }

    @Override
    public long reached() {
        return index.state().seq();
    }

    @Override
    public List<Deed> refusedTo(String person, Instant from, long after, long upTo) throws IOException {
        return deeds(
                LATELY + " and e.type = 'refused' and e.actor_folded = ?", upTo, from.toEpochMilli(), after, Deed.fold(person));
    }

    @Override
    public List<Deed> refusedAt(String gate, String person, long upTo) throws IOException {
        return deeds(" and e.gate = ? and e.type = 'refused' and e.actor_folded = ?", upTo, gate, Deed.fold(person));
    }

    @Override
    public List<Deed> bypassesBy(String person, Instant from, long after, long upTo) throws IOException {
        return deeds(
                LATELY + " and e.type = 'bypassed' and e.actor_folded = ?", upTo, from.toEpochMilli(), after, Deed.fold(person));
    }

    @Override
    public List<Deed> bypassesOf(String environment, Instant from, long after, long upTo) throws IOException {
        return deeds(
                LATELY + " and e.type = 'bypassed' and e.environment = ?", upTo, from.toEpochMilli(), after, environment);
    }

    private List<Deed> deeds(String conditions, long upTo, Object... values) throws IOException {
        return rows(DEEDS + conditions + IN_ORDER, upTo, values).stream().map(Row::deed).toList();
    }

    @Override
    public List<Deed> approvalsFor(String approver, String requester, Instant from, long after, long upTo)
            throws IOException {
        List<Row> rows = rows(
                DEEDS + OPENED_FOR + IN_ORDER, upTo, from.toEpochMilli(), Deed.fold(requester), Deed.fold(approver));
        Map<String, List<Row>> byGate = new LinkedHashMap<>();
        rows.forEach(row -> byGate.computeIfAbsent(row.place().gate(), gate -> new ArrayList<>()).add(row));
        return byGate.values().stream()
                .flatMap(ofGate -> opened(ofGate, Deed.fold(approver)).stream())
                .filter(deed -> deed.seq() > after && !deed.at().isBefore(from))
                .sorted(Comparator.comparingLong(Deed::seq))
                .toList();
    }

    /** With which approval of this person the gate opened; empty if with none, or not yet. */
    private static Optional<Deed> opened(List<Row> lines, String approver) {
        Optional<Row> standing = Optional.empty();
        for (Row line : lines) {
            boolean own = Deed.fold(line.who()).equals(approver);
            switch (line.type()) {
                case "approved", "deferred" -> standing = own ? Optional.of(line) : standing;
                case "withdrawn" -> standing = standing.filter(approval -> !own && !line.takesBack(approval.who()));
                default -> {
                    return standing.filter(approval -> approval.isInEffect(line.at()))
                            .map(approval -> new Deed(
                                    line.seq(), approval.seq(), line.at(), approval.who(), line.place(), 1, false));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Finding> findings(Instant from) throws IOException {
        return ask(FINDINGS, List.of(controller, from.toEpochMilli()), rows -> {
            List<Finding> findings = new ArrayList<>();
            while (rows.next()) {
                Finding.of(Optional.ofNullable(rows.getString("gate")), json(rows.getString("data")))
                        .ifPresent(findings::add);
            }
            return findings;
        });
    }

    /** A line, as the index has it. */
    private record Row(long seq, Instant at, String type, String who, Deed.Place place, JsonNode data) {

        Deed deed() {
            return new Deed(
                    seq,
                    seq,
                    at,
                    who,
                    place,
                    data.path(Notes.ATTEMPTS).asInt(1),
                    data.path(Notes.SELF_APPROVAL).asBoolean());
        }

        boolean takesBack(String approver) {
            for (JsonNode lapsed : data.path("lapsed")) {
                if (lapsed.asText().equals(approver)) {
                    return true;
                }
            }
            return false;
        }

        /** An approval may have been deferred. */
        boolean isInEffect(Instant when) {
            String until = data.path("until").asText("");
            return until.isEmpty() || !when.isBefore(Instant.parse(until));
        }
    }

    private List<Row> rows(String sql, long upTo, Object... more) throws IOException {
        List<Object> values = new ArrayList<>(List.of(controller, upTo));
        values.addAll(List.of(more));
        return ask(sql, values, found -> {
            List<Row> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(new Row(
                        found.getLong("seq"),
                        Instant.ofEpochMilli(found.getLong("at")),
                        found.getString("type"),
                        Optional.ofNullable(found.getString("actor")).orElse(""),
                        new Deed.Place(
                                found.getString("gate"),
                                found.getString("environment"),
                                found.getString("job"),
                                found.getInt("build"),
                                found.getString("requested_by")),
                        json(found.getString("data"))));
            }
            return rows;
        });
    }

    /** Reads what was found. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> T ask(String sql, List<Object> values, Reader<T> reader) throws IOException {
        try {
            return index.ask(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    for (int i = 0; i < values.size(); i++) {
                        statement.setObject(i + 1, values.get(i));
                    }
                    try (ResultSet rows = statement.executeQuery()) {
                        return reader.read(rows);
                    }
                }
            });
        } catch (IndexUnavailableException down) {
            throw new IOException("the search index cannot be asked now: " + down.getMessage(), down);
        }
    }

    private static JsonNode json(String data) throws SQLException {
        try {
            return Json.read(data.getBytes(StandardCharsets.UTF_8));
        } catch (IOException malformed) {
            throw new SQLException("the data of a line is no JSON", malformed);
        }
    }
}
