/** Commands for Jenkins' CLI: another way to the JSON API, so that a gate says the same there as on its page. */
package io.jenkins.plugins.approvalgate.cli;
