/**
 * What was configured when: each change of the settings is a line of the journal that says who, from where, and what differs,
 * with everything masked that could be a secret.
 */
package io.jenkins.plugins.approvalgate.engine.audit.history;
