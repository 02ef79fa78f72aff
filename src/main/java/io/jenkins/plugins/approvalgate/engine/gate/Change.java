package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.Optional;

/**
 * A change that went into a build.
 *
 * @param id in the version control, such as a commit's hash
 * @param author as a name to show
 * @param message its first line
 * @param url where it can be read; only http and https, empty if nowhere
 */
public record Change(String id, String author, String message, Optional<String> url) {}
