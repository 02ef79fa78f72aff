package io.jenkins.plugins.approvalgate.engine.gate;

/**
 * An event with its place in the journal.
 *
 * @param seq the number of its line, counted from 1 over all files
 */
public record Recorded(long seq, GateEvent event) {}
