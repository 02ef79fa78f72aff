/** What configuration as code cannot guess, where that plugin is installed: settings that are lists or one text, and maps. */
package io.jenkins.plugins.approvalgate.config.casc;
