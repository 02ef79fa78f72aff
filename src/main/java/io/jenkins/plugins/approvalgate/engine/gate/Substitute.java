package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.Optional;

/**
 * How the person stands to a gate whom somebody wants to have their place. Resolved before the rules are asked.
 *
 * @param standing of that person, as the policy is now
 * @param known whether the host knows a user of that id
 * @param mayRead whether that user may read the gate's job
 * @param never why nobody could open the gate afterwards; empty if somebody could
 */
public record Substitute(Standing standing, boolean known, boolean mayRead, Optional<String> never) {}
