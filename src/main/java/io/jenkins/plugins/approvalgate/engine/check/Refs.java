package io.jenkins.plugins.approvalgate.engine.check;

/** How git writes the full names of branches, tags and pull requests. */
public final class Refs {

    static final String BRANCHES = "refs/heads/";
    static final String TAGS = "refs/tags/";
    static final String PULL_REQUESTS = "refs/pull/";

    private Refs() {}

    /**
     * The branch that a person means who wrote {@code main} or {@code refs/heads/main}. Not for the name that an SCM gives to
     * a branch: git lets a branch be called {@code refs/heads/main}, in full {@code refs/heads/refs/heads/main}, and who can
     * push it must not be taken for one who can push to {@code main}. Therefore it takes the prefix away once only.
     */
    public static String branch(String written) {
        return written.startsWith(BRANCHES) ? written.substring(BRANCHES.length()) : written;
    }
}
