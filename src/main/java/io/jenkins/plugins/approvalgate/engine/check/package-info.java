/**
 * What decides without a person. A {@link io.jenkins.plugins.approvalgate.engine.check.CheckType} reads the configured
 * settings and makes a {@link io.jenkins.plugins.approvalgate.engine.check.Check}, which is asked about a
 * {@link io.jenkins.plugins.approvalgate.engine.check.Subject}. When it is asked, and what follows, others decide.
 */
package io.jenkins.plugins.approvalgate.engine.check;
