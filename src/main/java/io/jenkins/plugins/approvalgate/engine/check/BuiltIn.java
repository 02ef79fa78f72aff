package io.jenkins.plugins.approvalgate.engine.check;

import java.util.List;

/** Our own kinds of checks, in the order in which they are offered. */
final class BuiltIn {

    private BuiltIn() {}

    static List<CheckType> types(Surroundings surroundings) {
        return List.of(
                new NamedType("branchControl", BranchControl::of),
                new NamedType("allowedJobs", AllowedJobs::of),
                new NamedType("requiredTemplate", RequiredTemplate::of),
                new NamedType("waitTimer", WaitTimer::of),
                new NamedType("metricThreshold", MetricThreshold::of));
    }
}
