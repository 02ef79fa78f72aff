/**
 * The gates without Jenkins: the engine, its API and its pages on the JDK's HTTP server, with accounts to pick from, a
 * simulated pipeline and a clock that can be moved. No rule of the gates is in here.
 */
package io.jenkins.plugins.approvalgate.preview;
