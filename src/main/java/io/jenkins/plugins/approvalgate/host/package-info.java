/**
 * Jenkins, seen from the engine: people, groups, jobs, builds, permissions; and the engine's life within Jenkins' own.
 * The other packages of the plugin know the engine through here, and hang themselves in by the extension points
 * {@link io.jenkins.plugins.approvalgate.host.SettingsSource} and {@link io.jenkins.plugins.approvalgate.host.GateListener}.
 */
package io.jenkins.plugins.approvalgate.host;
