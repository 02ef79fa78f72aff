package io.jenkins.plugins.approvalgate.host.origin;

import hudson.ExtensionList;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.Optional;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.TagSCMHead;

/** SCM heads in the engine's words. */
final class Heads {

    static final String BRANCHES = "refs/heads/";
    static final String TAGS = "refs/tags/";

    private Heads() {}

    /** The kind counts before the name: a pull request from a fork whose branch is called {@code main} stays one. */
    static Optional<Origin.Head> of(SCMHead head) {
        if (head instanceof ChangeRequestSCMHead) {
            return Optional.of(new Origin.Head(Origin.Kind.PULL_REQUEST, head.getName()));
        }
        if (head instanceof TagSCMHead) {
            return Optional.of(tag(head.getName()));
        }
        boolean noBranch = ExtensionList.lookup(ScmFacts.class).stream().anyMatch(facts -> facts.isNoBranch(head));
        return noBranch ? Optional.empty() : Optional.of(branch(head.getName()));
    }

    /** Whether the head's files are those of another repository, whose owner is nobody in particular. */
    static boolean isOfFork(SCMHead head) {
        return !head.getOrigin().equals(SCMHeadOrigin.DEFAULT);
    }

    /** @param name as it is: git lets a branch be called {@code refs/heads/main}, which is not {@code main} */
    static Origin.Head branch(String name) {
        return new Origin.Head(Origin.Kind.BRANCH, name);
    }

    /** @param name as it is */
    static Origin.Head tag(String name) {
        return new Origin.Head(Origin.Kind.TAG, name);
    }
}
