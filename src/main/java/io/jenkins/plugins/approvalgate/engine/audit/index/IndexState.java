package io.jenkins.plugins.approvalgate.engine.audit.index;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the index is.
 *
 * @param seq the last line of this controller's journal that can be searched for; 0 if none can, or that is not known yet
 * @param journalSeq the last line of the journal
 * @param since when it ceased to be level with the journal, or to be reachable; empty while it is level
 * @param problem why it does not come nearer now, in words for an administrator; empty if nothing is wrong
 */
public record IndexState(long seq, long journalSeq, Optional<Instant> since, Optional<String> problem) {

    /** How many lines are missing. */
    public long behind() {
        return Math.max(0, journalSeq - seq);
    }
}
