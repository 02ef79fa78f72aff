package io.jenkins.plugins.approvalgate.host;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.io.File;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** Finds the builds that gates name. */
public final class Builds {

    private Builds() {}

    /** The build that asked, whoever may see it; empty if it is gone. Loads it from disk if need be. */
    public static Optional<Run<?, ?>> find(GateRequest request) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return job(request).map(job -> job.getBuildByNumber(request.build()));
        }
    }

    /**
     * Whether the build that asked is known to be gone; loads nothing. Of a job that is not there nothing is known: it may
     * only be that a plugin is missing today, so that Jenkins could not load it.
     */
    static boolean isGone(GateRequest request) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return job(request)
                    .map(job -> new File(job.getBuildDir(), Integer.toString(request.build())))
                    .filter(directory -> !directory.isDirectory())
                    .isPresent();
        }
    }

    private static Optional<Job<?, ?>> job(GateRequest request) {
        return Optional.ofNullable(Jenkins.get().getItemByFullName(request.job(), Job.class));
    }

    /** Whether the current user may read the job with this full name; {@code false} if there is none. */
    public static boolean mayRead(String job) {
        try {
            return Jenkins.get().getItemByFullName(job, Job.class) != null;
        } catch (AccessDeniedException onlyDiscoverable) {
            return false;
        }
    }
}
