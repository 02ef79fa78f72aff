package io.jenkins.plugins.approvalgate.preview;

/** A request to the preview's own addresses that is answered with an error object. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refused(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Refused invalid(String message) {
        return new Refused(400, "invalid", message);
    }

    Reply reply() {
        return Reply.error(status, code, getMessage());
    }
}
