package io.jenkins.plugins.approvalgate.host;

import hudson.Util;
import hudson.model.User;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.rest.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * The user of the current web request, or of the current CLI command. Remembers what it was told of jobs, so make one for
 * each request.
 */
public final class JenkinsCaller implements Caller {

    private final Map<String, Boolean> readable = new HashMap<>();

    @Override
    public Optional<String> user() {
        return Optional.ofNullable(User.current()).map(User::getId);
    }

    @Override
    public boolean mayEnter() {
        return Jenkins.get().hasPermission(Jenkins.READ);
    }

    @Override
    public boolean mayRead(GateRequest request) {
        return readable.computeIfAbsent(request.jobIdentity(), job -> Builds.mayRead(request));
    }

    @Override
    public boolean mayViewAudit() {
        return Jenkins.get().hasPermission(ApprovalPermissions.VIEW_AUDIT);
    }

    @Override
    public boolean mayBypass() {
        return Jenkins.get().hasPermission(ApprovalPermissions.BYPASS);
    }

    @Override
    public boolean mayConfigure() {
        return Jenkins.get().hasPermission(ApprovalPermissions.CONFIGURE);
    }

    @Override
    public Optional<String> configureUrl(Environment environment) {
        if (mayConfigure()) {
            return Optional.of("manage/approval-gate/");
        }
        return EnvironmentAdministrators.includeCurrentUser(environment)
                ? Optional.of(EnvironmentAdministrators.PAGES + "/" + Util.rawEncode(environment.name()) + "/")
                : Optional.empty();
    }
}
