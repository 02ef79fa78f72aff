package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is searched for: lines that fit everything that is given. Names fit if they are the same; that of an actor in any
 * case.
 *
 * @param type as in the journal
 * @param outcome finds the line that closed a gate so
 * @param controller finds the lines of one of those that share the index
 * @param from at this time or later
 * @param to earlier than this time
 * @param words what a comment's words have to begin with, each at least one; empty for any
 */
public record AuditQuery(
        Optional<String> environment,
        Optional<String> job,
        Optional<Integer> build,
        Optional<String> actor,
        Optional<String> type,
        Optional<Outcome> outcome,
        Optional<String> controller,
        Optional<Instant> from,
        Optional<Instant> to,
        Set<String> words) {

    /** Everything. */
    public static final AuditQuery ALL = new AuditQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    public static final int MOST_WORDS = 10;

    public AuditQuery {
        words = Set.copyOf(words);
    }

    /**
     * The words to search for of what somebody typed.
     *
     * @throws IllegalArgumentException if there is no word in it, or too many; the message says so
     */
    public static Set<String> words(String typed) {
        Set<String> words = Words.of(typed);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("has to have a letter or digit");
        }
        if (words.size() > MOST_WORDS) {
            throw new IllegalArgumentException("cannot have more than " + MOST_WORDS + " words");
        }
        return words;
    }
}
