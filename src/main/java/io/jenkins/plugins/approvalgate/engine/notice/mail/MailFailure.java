package io.jenkins.plugins.approvalgate.engine.notice.mail;

/** A mail was not taken by the mail server. */
public final class MailFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    public enum Kind {
        /** It concerns every mail: nothing is sent until later. */
        SERVER,
        /** It concerns this mail for now. */
        LATER,
        /** It concerns this mail for good. */
        REFUSED,
        /** The server may have it: the connection ended before it answered. */
        UNKNOWN
    }

    private final Kind kind;

    public MailFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
