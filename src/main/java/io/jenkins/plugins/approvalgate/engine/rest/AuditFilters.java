package io.jenkins.plugins.approvalgate.engine.rest;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What somebody looks for in the audit, read from the address: the same for the search and for the export. */
final class AuditFilters {

    /** The parameters that are read here. */
    static final Set<String> NAMES = Set.of(
            "controller", "environment", "job", "build", "actor", "type", "outcome", "from", "to", "q");

    private static final int LONGEST = 1_000;
    private static final int MOST_WORDS = 10;

    private final Map<String, String> query;

    private AuditFilters(Map<String, String> query) {
        this.query = query;
    }

    /** @param query the address's parameters; an empty one counts as none, one of another name is passed over */
    static AuditQuery read(Map<String, String> query) throws ApiError {
        return new AuditFilters(query).read();
    }

    private AuditQuery read() throws ApiError {
        return new AuditQuery(
                text("controller"),
                text("environment"),
                text("job"),
                build(),
                text("actor"),
                text("type"),
                outcome(),
                time("from"),
                time("to"),
                words());
    }

    private Optional<String> text(String name) throws ApiError {
        Optional<String> text = Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
        if (text.filter(value -> value.length() > LONGEST || value.indexOf('\0') >= 0).isPresent()) {
            throw ApiError.invalid(name + " has to be a text of " + LONGEST + " characters at most.");
        }
        return text;
    }

    private List<String> words() throws ApiError {
        Optional<String> typed = text("q").filter(text -> !text.isBlank());
        List<String> words = typed.map(AuditQuery::words).orElse(List.of());
        if (typed.isPresent() && words.isEmpty()) {
            throw ApiError.invalid("q has to have a letter or a digit.");
        }
        if (words.size() > MOST_WORDS) {
            throw ApiError.invalid("q cannot have more than " + MOST_WORDS + " words.");
        }
        return words;
    }

    private Optional<Integer> build() throws ApiError {
        Optional<String> build = text("build");
        try {
            return build.map(Integer::valueOf);
        } catch (NumberFormatException notANumber) {
            throw ApiError.invalid("build has to be a build's number.");
        }
    }

    private Optional<String> outcome() throws ApiError {
        Optional<String> outcome = text("outcome");
        if (outcome.isPresent() && Arrays.stream(Outcome.values()).noneMatch(o -> o.name().equals(outcome.get()))) {
            throw ApiError.invalid("outcome has to be one of " + Arrays.toString(Outcome.values()) + ".");
        }
        return outcome;
    }

    /** A time, or a day, which begins at midnight UTC. */
    private Optional<Instant> time(String name) throws ApiError {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.get().indexOf('T') < 0
                            ? LocalDate.parse(text.get()).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text.get()));
        } catch (DateTimeException unreadable) {
            throw ApiError.invalid(
                    name + " has to be a time like 2026-03-02T09:00:00Z, or a day like 2026-03-02.");
        }
    }
}
