package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The freezes around an instant, those that touch or overlap joined into one, so that its end is the true end. Immutable.
 */
final class FreezeTimeline {

    /** How far ahead the next freeze is looked for. */
    static final Duration AHEAD = Duration.ofDays(366);

    /** Back, so that a freeze is named after all of its parts from begin to end. */
    private static final Duration BEFORE = Duration.ofDays(400);

    private static final Duration AFTER = Duration.ofDays(800);

    /** How long one serves. */
    private static final Duration SERVES = Duration.ofDays(100);

    /** By their begin. */
    private final NavigableMap<Instant, Run> runs;

    private final Instant made;
    private final Instant end;

    /** One or more freezes without a gap. */
    record Run(Instant from, Instant to, Set<String> reasons) {
        private Run till(Instant end) {
            return end.isAfter(to) ? new Run(from, end, reasons) : this;
        }
    }

    private FreezeTimeline(NavigableMap<Instant, Run> runs, Instant made, Instant end) {
        this.runs = runs;
        this.made = made;
        this.end = end;
    }

    /** @throws IllegalArgumentException if {@code source} cannot tell */
    static FreezeTimeline around(Instant now, FreezeSource source) {
        Instant end = now.plus(AFTER);
        return new FreezeTimeline(join(source.between(now.minus(BEFORE), end)), now, end);
    }

    private static NavigableMap<Instant, Run> join(List<Freeze> freezes) {
        List<Freeze> sorted = freezes.stream()
                .sorted(Comparator.comparing(Freeze::from).thenComparing(Freeze::to).thenComparing(Freeze::reason))
                .toList();
        NavigableMap<Instant, Run> runs = new TreeMap<>();
        for (Freeze freeze : sorted) {
            Map.Entry<Instant, Run> last = runs.lastEntry();
            Run run = last == null || freeze.from().isAfter(last.getValue().to())
                    ? new Run(freeze.from(), freeze.to(), new LinkedHashSet<>())
                    : last.getValue().till(freeze.to());
            add(run.reasons(), freeze);
            runs.put(run.from(), run);
        }
        return runs;
    }

    private static void add(Set<String> reasons, Freeze freeze) {
        if (!freeze.reason().isEmpty()) {
            reasons.add(freeze.reason());
        }
    }

    /** Whether what it says of {@code now} is true. */
    boolean serves(Instant now) {
        return !now.isBefore(made) && now.isBefore(made.plus(SERVES));
    }

    /** The freeze in which {@code now} is. */
    Optional<Run> at(Instant now) {
        return Optional.ofNullable(runs.floorEntry(now)).map(Map.Entry::getValue).filter(run -> run.to().isAfter(now));
    }

    /** When {@code run} ends, unless that is too far away to be known. */
    Optional<Instant> end(Run run) {
        return Optional.of(run.to()).filter(end::isAfter);
    }

    /** When the next freeze begins, within a year. */
    Optional<Instant> next(Instant now) {
        return Optional.ofNullable(runs.higherKey(now)).filter(from -> !from.isAfter(now.plus(AHEAD)));
    }
}
