package io.jenkins.plugins.approvalgate.engine.findings;

/** The patterns. The names stand in the journal and in the API. */
public enum Kind {
    /** Approved sooner than anybody reads, or without having had the review open. */
    RUBBER_STAMP,
    /** Somebody wanted to approve a build that they had started themselves. */
    SELF_APPROVAL_REFUSED,
    /** Somebody was refused again and again. */
    REFUSED_ATTEMPTS,
    /** One person bypasses again and again, or one environment is bypassed by several. */
    REPEATED_BYPASS,
    /** Two people approve for each other. */
    MUTUAL_APPROVAL,
    /** Decided outside office hours. */
    OFF_HOURS,
    /** Somebody counted for a group when the gate opened, and is not in it. */
    LEFT_GROUP
}
