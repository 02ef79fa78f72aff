package io.jenkins.plugins.approvalgate.engine.notice.mail;

/** What a mail is about. */
public enum MailKind {
    /** It is your turn to decide. */
    APPROVAL("approval"),
    /** It still is. */
    REMINDER("reminder"),
    /** Nobody has decided in time. */
    ESCALATION("escalation"),
    /** The gate ended. */
    OUTCOME("outcome");

    private final String word;

    MailKind(String word) {
        this.word = word;
    }

    /** As it stands in the keys of the words and in files. */
    String word() {
        return word;
    }

    /** Whether it asks its reader to decide. */
    boolean asks() {
        return switch (this) {
            case APPROVAL, REMINDER -> true;
            case ESCALATION, OUTCOME -> false;
        };
    }

    /** @throws IllegalArgumentException if {@code word} is that of no kind */
    static MailKind of(String word) {
        for (MailKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is no kind of mail");
    }
}
