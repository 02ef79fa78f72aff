package io.jenkins.plugins.approvalgate.engine.gate;

/**
 * A member of a group gave their place in its entry to somebody else, for one gate.
 *
 * @param entry the index of the group's entry
 * @param from the id of who stands there no more
 * @param to the id of who does instead
 */
public record StandIn(int entry, String from, String to) {}
