package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.List;
import java.util.Optional;

/** What mail asks of the host about people. Called by one thread; may be slow. */
public interface MailPeople {

    /**
     * The mail address of a user whom the host knows, given by themselves or by an administrator; never one that was taken
     * from a commit. Empty if there is none.
     */
    Optional<String> addressOf(String user);

    /**
     * The users of the host whose changes the gate's build has. Never anybody for a build of what others may propose, like a
     * pull request: its author chooses the names in it.
     */
    List<String> culprits(Gate gate);
}
