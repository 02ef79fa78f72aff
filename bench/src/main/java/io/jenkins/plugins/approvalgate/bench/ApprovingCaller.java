package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.rest.Caller;
import java.util.Optional;

/** Somebody who may read all jobs but the secret ones, and do nothing special. */
record ApprovingCaller(String id) implements Caller {
    @Override
    public Optional<String> user() {
        return Optional.of(id);
    }

    @Override
    public boolean mayEnter() {
        return true;
    }

    @Override
    public boolean mayRead(GateRequest request) {
        return !request.job().startsWith("secret/");
    }

    @Override
    public boolean mayViewAudit() {
        return false;
    }

    @Override
    public boolean mayBypass() {
        return false;
    }

    @Override
    public boolean mayConfigure() {
        return false;
    }
}
