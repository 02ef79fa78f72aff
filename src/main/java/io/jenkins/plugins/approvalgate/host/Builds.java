package io.jenkins.plugins.approvalgate.host;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.io.File;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.model.lazy.LazyBuildMixIn;
import org.springframework.security.access.AccessDeniedException;

/** Finds the builds that gates name, by what they are called today; a build that only got the name of another is none. */
public final class Builds {

    private Builds() {}

    /** The build that asked, whoever may see it; empty if it is gone. Loads it from disk if need be. */
    public static Optional<Run<?, ?>> find(GateRequest request) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return job(request)
                    .<Run<?, ?>>map(job -> job.getBuildByNumber(request.build()))
                    .filter(run -> BuildFacts.isBy(run, request));
        }
    }

    /** Whether {@link #find} would load nothing from disk. */
    static boolean isLoaded(GateRequest request) {
        return job(request)
                .filter(job -> !(job instanceof LazyBuildMixIn.LazyLoadingJob<?, ?> lazy)
                        || lazy.getLazyBuildMixIn().getRunMap().getLoadedBuilds().containsKey(request.build()))
                .isPresent();
    }

    /** Whether {@code run} is the build that asked, also when it, or its job, has just been deleted. */
    public static boolean isOf(Run<?, ?> run, GateRequest request) {
        return BuildFacts.isBy(run, request) && Jobs.get().isOf(run.getParent(), request);
    }

    /** Whether {@code job}, which may just have been deleted, is the one that asked. */
    public static boolean isOf(Job<?, ?> job, GateRequest request) {
        return Jobs.get().isOf(job, request);
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
        return Jobs.get().find(request);
    }

    /** The request with what its job is called today, and where its build is found. */
    static GateRequest today(GateRequest request) {
        return job(request)
                .filter(job -> !job.getFullName().equals(request.job()))
                .map(job -> request.of(job.getFullName(), job.getUrl() + request.build() + "/"))
                .orElse(request);
    }

    /** Whether the current user may read the job that asked; {@code false} if it is gone. */
    public static boolean mayRead(GateRequest request) {
        return job(request).filter(Builds::isVisible).isPresent();
    }

    private static boolean isVisible(Job<?, ?> job) {
        try {
            return Jenkins.get().getItemByFullName(job.getFullName(), Job.class) == job;
        } catch (AccessDeniedException onlyDiscoverable) {
            return false;
        }
    }
}
