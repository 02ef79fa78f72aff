package io.jenkins.plugins.approvalgate.preview;

/** Why the preview cannot start. The message is one line, for the person who started it, and says what to do. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(oneLine(message));
    }

    StartFailure(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
