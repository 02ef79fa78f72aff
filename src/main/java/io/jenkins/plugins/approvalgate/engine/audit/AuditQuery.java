package io.jenkins.plugins.approvalgate.engine.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody looks for in the audit: what is empty does not matter, all else has to fit. Search and export mean the same
 * by it, which {@link #matches} says.
 *
 * @param controller whose lines
 * @param job the full name
 * @param actor the id, in any case
 * @param outcome an {@code Outcome}'s name: the lines that ended a gate so
 * @param from the earliest time
 * @param to the first time that is too late
 * @param words with each of which a word of the line's comment has to begin, as {@link Words} makes them; none if any comment
 *     will do
 */
public record AuditQuery(
        Optional<String> controller,
        Optional<String> environment,
        Optional<String> job,
        Optional<Integer> build,
        Optional<String> actor,
        Optional<String> type,
        Optional<String> outcome,
        Optional<Instant> from,
        Optional<Instant> to,
        List<String> words) {

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
            List.of());

    public AuditQuery {
        words = List.copyOf(words);
    }

    /** The words of a text that somebody typed. */
    public static List<String> words(String text) {
        return List.copyOf(Words.of(text));
    }

    /** Whether a line that {@code controller} wrote is looked for. */
    public boolean matches(String writer, AuditEntry entry) {
        JournalLine line = entry.line();
        AuditEntry.Subject subject = entry.subject();
        return fits(controller, Optional.of(writer))
                && fits(environment, subject.environment())
                && fits(job, subject.job())
                && fits(build, subject.build())
                && fits(actor.map(Words::folded), line.actor().map(Words::folded))
                && fits(type, Optional.of(line.type()))
                && fits(outcome, entry.outcome())
                && from.filter(line.at()::isBefore).isEmpty()
                && to.filter(end -> !line.at().isBefore(end)).isEmpty()
                && hasWords(entry.comment());
    }

    private static <T> boolean fits(Optional<T> wanted, Optional<T> is) {
        return wanted.isEmpty() || wanted.equals(is);
    }

    private boolean hasWords(String comment) {
        if (words.isEmpty()) {
            return true;
        }
        Set<String> there = Words.of(comment);
        return words.stream().allMatch(word -> there.stream().anyMatch(one -> one.startsWith(word)));
    }
}
