/**
 * The engine: everything that decides, without Jenkins. {@link io.jenkins.plugins.approvalgate.engine.GateKeeper} is its
 * one door for commands, {@link io.jenkins.plugins.approvalgate.engine.Host} what it asks of what it runs in.
 */
package io.jenkins.plugins.approvalgate.engine;
