package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A page of the list of gates that one caller may see. Open gates come oldest first, ended ones last ended first; the
 * cursor is the place of the last one shown, so what comes or goes meanwhile neither hides nor repeats another.
 */
final class GateList {

    private static final int MOST = 200;

    private final GateKeeper keeper;
    private final Caller caller;
    private final GateJson json;

    GateList(GateKeeper keeper, Caller caller, GateJson json) {
        this.keeper = keeper;
        this.caller = caller;
        this.json = json;
    }

    ObjectNode page(Map<String, String> query) throws ApiError {
        String scope = query.getOrDefault("scope", "open");
        return switch (scope) {
            case "open" -> page(cursor -> readable(keeper.openGates().after(cursor)), Gate::id, query);
            case "mine" -> page(cursor -> mine(cursor, gate -> isOf(query.get("environment"), gate)), Gate::id, query);
            case "closed" -> page(cursor -> ended(), GateList::placeOfEnded, query);
            default -> throw ApiError.invalid("scope has to be mine, open or closed.");
        };
    }

    /** The open gates of an environment that the caller may see, oldest first. */
    Stream<Gate> open(String environment) {
        return readable(keeper.openGates().after("", gate -> isOf(environment, gate)));
    }

    /** How many open gates there are of each environment that the caller may see; no entry where there are none. */
    Map<String, Long> openByEnvironment() {
        return keeper.openGates().byEnvironment(caller::mayRead);
    }

    /** How many gates ask the caller now. */
    long mine() {
        return mine("", gate -> true).count();
    }

    /** The gates after {@code cursor} that ask the caller, oldest first. Those that cannot are not looked at one by one. */
    private Stream<Gate> mine(String cursor, Predicate<Gate> wanted) {
        return readable(keeper.openGates().after(cursor, wanted.and(json::mayAsk))).filter(json::isAsked);
    }

    private Stream<Gate> readable(Stream<Gate> gates) {
        return gates.filter(gate -> caller.mayRead(gate.request()));
    }

    private Stream<Gate> ended() {
        return keeper.ended().stream()
                .filter(gate -> caller.mayRead(gate.request()))
                .sorted(Comparator.comparing(GateList::placeOfEnded));
    }

    /** Grows with age, so that sorting by it puts the last ended first. */
    private static String placeOfEnded(Gate gate) {
        long closed = gate.history().stream()
                .filter(recorded -> recorded.event() instanceof GateEvent.Closed)
                .mapToLong(Recorded::seq)
                .findFirst()
                .orElse(0);
        return String.format("%019d", Long.MAX_VALUE - closed);
    }

    /** @param gates those that there are after a place, in the order of their places; more than these do no harm */
    private ObjectNode page(
            Function<String, Stream<Gate>> gates, Function<Gate, String> place, Map<String, String> query)
            throws ApiError {
        int limit = PageSize.read(query, MOST);
        String cursor = query.getOrDefault("cursor", "");
        if (!cursor.matches("[0-9a-z]*")) {
            throw ApiError.invalid("cursor has to be one that an earlier answer gave as next.");
        }
        boolean overdue = "true".equals(query.get("overdue"));
        List<Gate> found = gates.apply(cursor)
                .filter(gate -> place.apply(gate).compareTo(cursor) > 0)
                .filter(gate -> isOf(query.get("environment"), gate))
                .filter(gate -> query.get("job") == null || contains(json.job(gate), query.get("job")))
                .filter(gate -> contains(gate.request().stage().orElse(""), query.get("stage")))
                .filter(gate -> contains(gate.request().requestedBy(), query.get("requestedBy")))
                .filter(gate -> !overdue || json.isOverdue(gate))
                .limit(limit + 1L)
                .toList();
        ObjectNode node = Json.object();
        ArrayNode rows = node.putArray("gates");
        found.stream().limit(limit).forEach(gate -> rows.add(json.row(gate)));
        node.put("next", found.size() > limit ? place.apply(found.get(limit - 1)) : null);
        return node;
    }

    private static boolean isOf(String environment, Gate gate) {
        return environment == null
                || environment.isEmpty()
                || environment.equals(gate.request().environment());
    }

    private static boolean contains(String actual, String part) {
        return part == null || actual.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
