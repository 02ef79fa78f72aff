package io.jenkins.plugins.approvalgate.host;

import hudson.model.Run;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.Optional;
import jenkins.scm.api.SCMHead;

/** Where a build's pipeline comes from, as Jenkins recorded it. */
final class Origins {

    private Origins() {}

    static Origin of(Run<?, ?> run) {
        return Optional.ofNullable(SCMHead.HeadByItem.findHead(run.getParent()))
                .map(head -> Origin.branch(head.getName()))
                .orElse(Origin.UNKNOWN);
    }
}
