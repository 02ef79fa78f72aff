package io.jenkins.plugins.approvalgate.host;

import hudson.model.Cause;
import hudson.model.Run;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who is behind a build. A replay and a rebuild record the user who asked for them as a cause of their own; a build that
 * another build started counts as started by whoever started that one, so that going through an upstream job does not
 * wash anybody off.
 */
final class Requesters {

    private Requesters() {}

    /** The ids of all who started the build. */
    static Set<String> of(Run<?, ?> build) {
        Set<String> ids = new LinkedHashSet<>();
        Deque<Cause> causes = new ArrayDeque<>(build.getCauses());
        while (!causes.isEmpty()) {
            Cause cause = causes.remove();
            if (cause instanceof Cause.UserIdCause user) {
                Optional.ofNullable(user.getUserId()).ifPresent(ids::add);
            } else if (cause instanceof Cause.UpstreamCause upstream) {
                causes.addAll(upstream.getUpstreamCauses());
            }
        }
        return ids;
    }

    /** Who is shown as having asked: the user who did, or Jenkins' own words for what did. */
    static String shown(Run<?, ?> build) {
        return of(build).stream()
                .findFirst()
                .or(() -> build.getCauses().stream().findFirst().map(Cause::getShortDescription))
                .orElse("unknown");
    }
}
