package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.Set;

/**
 * An approval that stands.
 *
 * @param approver the id it was given under
 * @param entries the indices of the policy's entries that it can fill
 */
public record Approval(String approver, Set<Integer> entries) {}
