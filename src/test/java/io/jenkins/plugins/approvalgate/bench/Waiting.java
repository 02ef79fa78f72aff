package io.jenkins.plugins.approvalgate.bench;

import java.io.Serializable;

/**
 * A build that waits for {@code alice}.
 *
 * @param build as Jenkins names builds from outside: {@code gates/deploy-1#2}
 * @param click where a POST lets it go on, below Jenkins' root
 */
record Waiting(Kind kind, String build, String click) implements Serializable {}
