/** The pipeline step {@code approvalGate}: what a script says, waiting without a thread, and what a script gets back. */
package io.jenkins.plugins.approvalgate.step;
