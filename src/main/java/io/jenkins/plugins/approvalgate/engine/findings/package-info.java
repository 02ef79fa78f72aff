/**
 * Suspicious patterns in what people decide: found from the journal, put on record there with the lines that show them, and
 * listed. Nobody is stopped by a finding.
 */
package io.jenkins.plugins.approvalgate.engine.findings;
