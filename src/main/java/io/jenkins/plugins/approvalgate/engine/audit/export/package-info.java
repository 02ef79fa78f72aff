/** Takes the audit out: the journal's lines in files for others, with what proves that they are the journal's. */
package io.jenkins.plugins.approvalgate.engine.audit.export;
