package io.jenkins.plugins.approvalgate.engine;

import java.util.List;
import java.util.Optional;

/** The host's own directory of users and groups. */
public interface Realm {

    /** Whether two ids mean the same person, under the realm's rule for the case of letters. Fast, no I/O. */
    boolean same(String userId, String otherUserId);

    /** Whether the person is in the realm's group now; {@code false} where either is unknown. May be slow. */
    boolean inGroup(String userId, String group);

    /** Who is in the group; empty where the realm cannot say, as most cannot. May be slow. */
    Optional<List<String>> members(String group);
}
