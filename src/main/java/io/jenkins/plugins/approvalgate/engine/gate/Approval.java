package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An approval that stands.
 *
 * @param approver the id it was given under
 * @param entries the indices of the policy's entries that it can fill
 * @param from when it takes effect, if its giver deferred it
 */
public record Approval(String approver, Set<Integer> entries, Optional<Instant> from) {

    /** One that is in effect at once. */
    public Approval(String approver, Set<Integer> entries) {
        this(approver, entries, Optional.empty());
    }

    /** Whether it counts at {@code now}. */
    public boolean isInEffect(Instant now) {
        return from.isEmpty() || !now.isBefore(from.get());
    }

    /** Those of {@code approvals} that count at {@code now}. */
    static List<Approval> inEffect(List<Approval> approvals, Instant now) {
        return approvals.stream().filter(approval -> approval.isInEffect(now)).toList();
    }
}
