package io.jenkins.plugins.approvalgate.engine.audit.index;

/** The index cannot be asked now; the message says why, in words for an administrator. */
public final class IndexUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    IndexUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
