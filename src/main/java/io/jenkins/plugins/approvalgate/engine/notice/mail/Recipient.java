package io.jenkins.plugins.approvalgate.engine.notice.mail;

/** Who is told. Nothing in here comes from a pipeline's script or from a commit. */
public sealed interface Recipient {

    /** A user, whose address is looked up when the mail is sent. */
    record Person(String id) implements Recipient {}

    /** An address that an administrator configured. */
    record Address(String mail) implements Recipient {}

    /** Tells recipients apart; the same for the same one, whatever is running. */
    default String key() {
        if (this instanceof Person person) {
            return "user " + person.id();
        }
        return "address " + ((Address) this).mail();
    }
}
