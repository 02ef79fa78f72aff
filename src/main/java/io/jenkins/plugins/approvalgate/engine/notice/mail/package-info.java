/**
 * E-mail: who is told what of a gate, in which words, and that nobody is told twice. Follows the journal, never the clock: a
 * mail always stands for a line.
 */
package io.jenkins.plugins.approvalgate.engine.notice.mail;
