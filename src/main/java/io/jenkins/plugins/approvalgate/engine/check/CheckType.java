package io.jenkins.plugins.approvalgate.engine.check;

/**
 * A kind of check: reads what was configured. Another plugin adds its own through the host's extension point. Thread-safe.
 */
public interface CheckType {

    /** The word in the YAML, the journal and the API: {@code branchControl}. */
    String kind();

    /**
     * The check that these settings mean. Asks nobody.
     *
     * @throws IllegalArgumentException if they cannot be meant; the message names the setting and says what is expected
     */
    Check create(Options options);
}
