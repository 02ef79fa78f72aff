package io.jenkins.plugins.approvalgate.engine.rest;

import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.util.Optional;
import java.util.Set;

/** A caller who may read the jobs below the folders given, and view the audit where that is said. */
record FakeCaller(Optional<String> user, boolean mayEnter, Set<String> folders, boolean mayViewAudit) implements Caller {

    /** Somebody signed in who reads the jobs of {@code team}. */
    static FakeCaller of(String user) {
        return new FakeCaller(Optional.of(user), true, Set.of("team"), false);
    }

    /** Somebody signed in who may enter and sees no job. */
    static FakeCaller outsider(String user) {
        return new FakeCaller(Optional.of(user), true, Set.of(), false);
    }

    static FakeCaller auditor() {
        return new FakeCaller(Optional.of("auditor"), true, Set.of("team", "secret"), true);
    }

    static FakeCaller anonymous(boolean mayEnter) {
        return new FakeCaller(Optional.empty(), mayEnter, Set.of("team"), false);
    }

    @Override
    public boolean mayRead(GateRequest request) {
        return folders.contains(request.job().split("/")[0]);
    }

    @Override
    public boolean mayBypass() {
        return mayConfigure();
    }

    @Override
    public boolean mayConfigure() {
        return user.filter("gate-admin"::equals).isPresent();
    }
}
