package io.jenkins.plugins.approvalgate.engine.audit;

import java.util.Set;

/**
 * Lines about a gate that change nothing of it: what somebody tried, what somebody looked at, and what was found. They are in
 * the chain and in the search like all others; whoever folds a gate from its lines passes over them.
 */
public final class Notes {

    /** Somebody wanted to decide and was refused; {@code data} has {@code command} and {@code reason}. */
    public static final String REFUSED = "refused";

    /** In {@link #REFUSED}: for how many attempts the line stands, where there were more than one. */
    public static final String ATTEMPTS = "attempts";

    /** In {@link #REFUSED}: that somebody wanted to approve a build that they had started themselves. */
    public static final String SELF_APPROVAL = "selfApproval";

    /** Somebody whom the gate asks has opened its review; once for each gate and person. */
    public static final String REVIEWED = "reviewed";

    /** A suspicious pattern, with the numbers of the lines that show it. */
    public static final String FINDING = "finding";

    private static final Set<String> TYPES = Set.of(REFUSED, REVIEWED, FINDING);

    private Notes() {}

    /** Whether a line of this type is no event of the gate that it names. */
    public static boolean isNote(String type) {
        return TYPES.contains(type);
    }
}
