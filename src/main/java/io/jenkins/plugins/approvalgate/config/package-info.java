/**
 * What administrators configure, in <em>Manage Jenkins</em> and as code: describables that hold the words as they were
 * written and build the engine's values from them.
 */
package io.jenkins.plugins.approvalgate.config;
