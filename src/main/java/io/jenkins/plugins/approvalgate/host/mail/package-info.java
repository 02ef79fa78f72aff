/** How this Jenkins sends mail, by the Mailer plugin's configuration, and the addresses of its users. */
package io.jenkins.plugins.approvalgate.host.mail;
