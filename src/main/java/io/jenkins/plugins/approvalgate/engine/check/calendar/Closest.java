package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant. */
final class Closest {

    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Closest() {}

    /** The known name that is fewest keystrokes away, whatever the case, unless it takes more than half of them. */
    static Optional<String> to(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparing((String candidate) -> distance(name, candidate)).thenComparing(candidate -> candidate))
                .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 2));
    }

    private static int distance(String a, String b) {
        return DISTANCE.apply(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
    }
}
