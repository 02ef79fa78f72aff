package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.Answered;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of gates that have ended, and how long people took. Counted from the gates alone, so whoever gets them may
 * read every gate that they are counted from.
 *
 * @param since the end of the first gate that is counted; empty if none is
 * @param sla of the gates that have one
 * @param months by the month, in UTC, in which a gate ended; only those with a gate, first to last
 */
public record Figures(Optional<Instant> since, Part all, Kept sla, SortedMap<YearMonth, Part> months) {

    /**
     * Some of the gates.
     *
     * @param outcomes how many ended how; without those that never occurred
     * @param times of those that people decided
     */
    public record Part(Map<Outcome, Integer> outcomes, Times times) {}

    /**
     * How long people took, from the request to the decision that ended the gate: a rejection, a bypass, or the last approval
     * that was needed.
     *
     * @param decided how many gates people decided
     * @param median a time that was really taken, by the nearest-rank method; empty if nothing was decided
     * @param p90 the 90th percentile, likewise
     */
    public record Times(int decided, Optional<Duration> median, Optional<Duration> p90) {}

    /**
     * How many answers came by the time that the SLA names.
     *
     * @param of how many gates people answered, or left without an answer past that time
     */
    public record Kept(int kept, int of) {}

    /**
     * A gate that has ended, as far as it is counted.
     *
     * @param answered when people had said all that was asked of them; see {@link Answered#at}
     * @param decided whether it was people who ended it
     */
    public record Ended(
            Instant requested,
            Instant end,
            Outcome outcome,
            Optional<Instant> answered,
            boolean decided,
            Optional<Instant> slaDue) {

        private static Ended of(Gate gate) {
            return new Ended(
                    gate.requested().at(),
                    gate.closed().orElseThrow().at(),
                    gate.closed().orElseThrow().outcome(),
                    Answered.at(gate),
                    Answered.decided(gate),
                    gate.requested().slaDue());
        }

        private YearMonth month() {
            return YearMonth.from(end.atZone(ZoneOffset.UTC));
        }
    }

    /** The figures of {@code gates}; those that are still open are passed over. */
    public static Figures of(Collection<Gate> gates) {
        return ofEnded(gates.stream().filter(gate -> !gate.isOpen()).map(Ended::of).toList());
    }

    /** The same of gates of which no more is known. */
    public static Figures ofEnded(Collection<Ended> ended) {
        SortedMap<YearMonth, Part> months = new TreeMap<>();
        ended.stream()
                .collect(Collectors.groupingBy(Ended::month))
                .forEach((month, ofMonth) -> months.put(month, part(ofMonth)));
        return new Figures(
                ended.stream().map(Ended::end).min(Instant::compareTo), part(ended), kept(ended), months);
    }

    private static Part part(Collection<Ended> gates) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        gates.forEach(gate -> outcomes.merge(gate.outcome(), 1, Integer::sum));
        List<Duration> taken = gates.stream()
                .filter(Ended::decided)
                .map(gate -> Duration.between(gate.requested(), gate.answered().orElseThrow()))
                .sorted()
                .toList();
        return new Part(outcomes, new Times(taken.size(), percentile(taken, 50), percentile(taken, 90)));
    }

    /** The smallest of {@code sorted} that at least {@code percent} of them do not exceed. */
    private static Optional<Duration> percentile(List<Duration> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return rank == 0 ? Optional.empty() : Optional.of(sorted.get(rank - 1));
    }

    private static Kept kept(Collection<Ended> gates) {
        int kept = 0;
        int of = 0;
        for (Ended gate : gates) {
            Optional<Instant> due = gate.slaDue();
            if (due.isEmpty()) {
                continue;
            }
            Optional<Instant> answered = gate.answered();
            if (answered.isPresent() || gate.end().isAfter(due.get())) {
                of++;
            }
            if (answered.isPresent() && !answered.get().isAfter(due.get())) {
                kept++;
            }
        }
        return new Kept(kept, of);
    }
}
