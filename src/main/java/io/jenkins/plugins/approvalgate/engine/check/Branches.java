package io.jenkins.plugins.approvalgate.engine.check;

import java.util.List;
import java.util.Optional;

/** The patterns by which a check lets branches, pull requests and tags through, as they were written. */
public record Branches(List<String> allowed, List<String> excluded) {

    public Branches {
        allowed = List.copyOf(allowed);
        excluded = List.copyOf(excluded);
    }

    /** The patterns of {@code check}; empty if it does not look at what a build is of. */
    public static Optional<Branches> of(Check check) {
        return check instanceof BranchControl control
                ? Optional.of(new Branches(written(control.allowed()), written(control.excluded())))
                : Optional.empty();
    }

    private static List<String> written(List<RefPattern> patterns) {
        return patterns.stream().map(RefPattern::toString).toList();
    }
}
