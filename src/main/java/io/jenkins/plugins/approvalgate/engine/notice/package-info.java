/**
 * What others are told of gates: a follower of the journal for each of them, so that nothing is lost and nobody waits for
 * them. Nothing in the engine knows of this.
 */
package io.jenkins.plugins.approvalgate.engine.notice;
