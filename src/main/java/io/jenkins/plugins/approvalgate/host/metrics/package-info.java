/** Figures of the gates for the plugin Metrics, where it is installed; Prometheus and others take them from there. */
package io.jenkins.plugins.approvalgate.host.metrics;
