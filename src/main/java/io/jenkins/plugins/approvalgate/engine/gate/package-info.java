/**
 * What a gate is and what may happen to it: immutable values and pure functions, no I/O, no clock, no Jenkins.
 *
 * <p>Read in this order: {@link io.jenkins.plugins.approvalgate.engine.gate.Environment} (the rules an administrator
 * wrote), {@link io.jenkins.plugins.approvalgate.engine.gate.Gate} (one build waiting under a copy of those rules),
 * {@link io.jenkins.plugins.approvalgate.engine.gate.Command} (what somebody wants),
 * {@link io.jenkins.plugins.approvalgate.engine.gate.GateRules} (whether they may, and what is recorded if so),
 * {@link io.jenkins.plugins.approvalgate.engine.gate.GateEvent} (what was recorded).
 */
package io.jenkins.plugins.approvalgate.engine.gate;
