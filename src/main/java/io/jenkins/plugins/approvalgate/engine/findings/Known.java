package io.jenkins.plugins.approvalgate.engine.findings;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is on record already, as far as it matters for what comes. For one thread. */
final class Known {

    private final Set<String> keys = new HashSet<>();
    private final Map<String, Long> counted = new HashMap<>();

    void add(Finding finding) {
        keys.add(finding.key());
        count(finding);
    }

    /** Only what it has counted; that it does not come again is known. */
    void count(Finding finding) {
        counted.merge(finding.series(), finding.completedBy(), Math::max);
    }

    boolean has(Finding finding) {
        return keys.contains(finding.key());
    }

    /** The last line that a finding of this series has counted; 0 if there is none. */
    long counted(String series) {
        return counted.getOrDefault(series, 0L);
    }
}
