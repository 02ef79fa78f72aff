package io.jenkins.plugins.approvalgate.engine.rest;

import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.util.Optional;

/** Who calls the API, as the host authenticated them, and what the host lets them see. Asked by the request's thread. */
public interface Caller {

    /** The user's id; empty for the anonymous user. */
    Optional<String> user();

    /** Whether the caller may see anything of the approvals at all, environments and their approvers included. */
    boolean mayEnter();

    /** Whether the caller may read the job that asked, whatever it is called today; {@code false} if it is no more. */
    boolean mayRead(GateRequest request);

    /** Whether the caller may see the audit as a whole. */
    boolean mayViewAudit();

    /** Whether the caller may open gates past their people and checks. */
    boolean mayBypass();

    /** Whether the caller may configure environments, and so may have their checks ask others. */
    boolean mayConfigure();

    /** Where the caller can configure the environment, relative to the host's root; empty if they may not, or nowhere. */
    default Optional<String> configureUrl(Environment environment) {
        return Optional.empty();
    }
}
