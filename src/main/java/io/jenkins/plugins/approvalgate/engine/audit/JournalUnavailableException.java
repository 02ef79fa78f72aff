package io.jenkins.plugins.approvalgate.engine.audit;

/** The journal could not be written. Nothing of what was to be recorded counts, now or after a restart. */
public class JournalUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public JournalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
