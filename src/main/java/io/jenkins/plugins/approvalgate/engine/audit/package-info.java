/**
 * The journal: what was decided, in order, forced to disk before anybody is told, each line bound to the one before it
 * by a hash, so that ordinary tools can prove that nothing was changed.
 */
package io.jenkins.plugins.approvalgate.engine.audit;
