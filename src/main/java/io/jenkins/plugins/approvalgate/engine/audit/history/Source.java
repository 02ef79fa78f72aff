package io.jenkins.plugins.approvalgate.engine.audit.history;

/** Where a change of the settings came from, as far as it can be known. */
public enum Source {
    /** The page of those who may configure environments. */
    PAGE("page"),
    /** The page of an environment's own administrators. */
    ENVIRONMENT_PAGE("environmentPage"),
    /** Configuration as code. */
    CODE("code"),
    /** A script, or another plugin. */
    SCRIPT("script"),
    /** The file was read again while everything was running. */
    FILE("file"),
    /** Found when the controller started: the file was changed while it was down, or there was no history yet. */
    START("start");

    private final String word;

    Source(String word) {
        this.word = word;
    }

    /** As it stands in the journal. */
    public String word() {
        return word;
    }
}
