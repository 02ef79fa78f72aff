package io.jenkins.plugins.approvalgate.engine.gate;

/** Who is who, as a host's directory answers at the moment of asking. May be slow: never ask while holding a lock. */
public interface People {

    /** Whether two ids mean the same person, under the host's own rule for the case of letters. Fast, no I/O. */
    boolean same(String userId, String otherUserId);

    /** Whether the person is a member of the group now; {@code false} where either is unknown. */
    boolean inGroup(String userId, String group);
}
