package io.jenkins.plugins.approvalgate.engine.findings;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What can be asked of the past, of this controller's journal alone. All lists are in the journal's order and without what
 * comes after the line {@code upTo}. People are the same whatever the case of the letters. May be slow.
 */
public interface Evidence {

    /**
     * The last line that is known here.
     *
     * @throws IOException if it cannot be asked now; so with all others
     */
    long reached() throws IOException;

    /** The refused attempts of one person that came after the line {@code after}, and no earlier than {@code from}. */
    List<Deed> refusedTo(String person, Instant from, long after, long upTo) throws IOException;

    /** The refused attempts of one person at one gate. */
    List<Deed> refusedAt(String gate, String person, long upTo) throws IOException;

    /** The bypasses by one person. */
    List<Deed> bypassesBy(String person, Instant from, long after, long upTo) throws IOException;

    /** The bypasses of one environment. */
    List<Deed> bypassesOf(String environment, Instant from, long after, long upTo) throws IOException;

    /**
     * The approvals by one person with which gates opened that another had asked for, each in effect then.
     */
    List<Deed> approvalsFor(String approver, String requester, Instant from, long after, long upTo) throws IOException;

    /** What was found that is no older than {@code from}. */
    List<Finding> findings(Instant from) throws IOException;
}
