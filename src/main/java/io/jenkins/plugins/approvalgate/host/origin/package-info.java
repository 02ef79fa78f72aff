/**
 * Where a build's pipeline comes from, taken down before its script runs. The plugins that know (git, Pipeline, its shared
 * libraries) are optional: each is asked by a class of its own, which is there only where the plugin is.
 */
package io.jenkins.plugins.approvalgate.host.origin;
