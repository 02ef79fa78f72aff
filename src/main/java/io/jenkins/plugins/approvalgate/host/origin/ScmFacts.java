package io.jenkins.plugins.approvalgate.host.origin;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.scm.SCM;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.io.IOException;
import java.util.Optional;
import jenkins.scm.api.SCMHead;

/** What one kind of SCM knows. Answers with nothing for any other kind, and wherever it is not sure. */
interface ScmFacts extends ExtensionPoint {

    /** Who knows {@code scm}; empty if nobody does. */
    static Optional<ScmFacts> of(SCM scm) {
        return ExtensionList.lookup(ScmFacts.class).stream()
                .filter(facts -> facts.knows(scm))
                .findFirst();
    }

    /** Whether {@code scm} is of this kind. */
    boolean knows(SCM scm);

    /** The address of the one repository that {@code scm} reads, without a password; empty if there is not exactly one. */
    Optional<String> address(SCM scm);

    /** What {@code scm} has just checked out into {@code workspace}; looks at the files there. */
    Optional<Origin.Head> checkedOut(SCM scm, Run<?, ?> run, FilePath workspace, TaskListener listener)
            throws IOException, InterruptedException;

    /** What {@code scm} names for reading a single file, without a checkout. */
    Optional<Origin.Head> named(SCM scm);

    /** Whether {@code head}, which is neither a pull request nor a tag, is something else than a branch. */
    boolean isNoBranch(SCMHead head);
}
