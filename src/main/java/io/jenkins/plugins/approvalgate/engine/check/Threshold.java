package io.jenkins.plugins.approvalgate.engine.check;

import java.util.Optional;
import java.util.Set;

/**
 * What a check asks of the metrics that a build passes, for those who show them side by side.
 *
 * @param condition as it was written, or what follows from it where that is not just "or else it fails"
 * @param metrics the names that it speaks of, in the order of the text
 */
public record Threshold(String condition, Set<String> metrics) {

    /** What {@code check} asks of metrics; empty if it looks at none. */
    public static Optional<Threshold> of(Check check) {
        return check instanceof MetricThreshold metrics
                ? Optional.of(new Threshold(metrics.words(), metrics.condition().names()))
                : Optional.empty();
    }
}
