package io.jenkins.plugins.approvalgate.host;

import hudson.model.Cause;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is behind a build. A replay, a rebuild and a restart from a stage record the user who asked for them as a cause of their
 * own; a build that another build started counts as started by whoever started that one, so that going through upstream jobs
 * does not wash anybody off.
 *
 * <p>A cause tells at most ten builds behind each other, and some 25 in all ({@link Cause.UpstreamCause}); whatever is behind
 * those is read from the builds themselves. For one build, once.
 */
final class Requesters {

    /** A cause, and the time before which whatever is named in it has begun, in milliseconds as Jenkins counts them. */
    private record Step(Cause cause, long before) {}

    private final Set<String> ids = new LinkedHashSet<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    /** Upstream builds, by address and number, whose own causes are known. */
    private final Set<String> told = new HashSet<>();
    /** Those whose causes were left out where they were met. */
    private final Map<String, Step> cut = new LinkedHashMap<>();

    private Requesters(Run<?, ?> build) {
        add(build.getCauses(), build.getTimeInMillis());
    }

    private void add(List<Cause> causes, long before) {
        causes.forEach(cause -> steps.add(new Step(cause, before)));
    }

    /**
     * The ids of all who started the build.
     *
     * @throws IOException if that cannot be found out, because a build on the way is gone
     */
    static Set<String> of(Run<?, ?> build) throws IOException {
        return new Requesters(build).all();
    }

    private Set<String> all() throws IOException {
        while (!steps.isEmpty() || !cut.isEmpty()) {
            if (steps.isEmpty()) {
                follow(cut.remove(cut.keySet().iterator().next()));
            } else {
                take(steps.remove());
            }
        }
        return ids;
    }

    private void take(Step step) {
        if (step.cause() instanceof Cause.UserIdCause user) {
            Optional.ofNullable(user.getUserId()).ifPresent(ids::add);
        } else if (step.cause() instanceof Cause.UpstreamCause upstream) {
            List<Cause> behind = upstream.getUpstreamCauses();
            add(behind, run(step).map(Run::getTimeInMillis).orElse(step.before()));
            boolean whole = !behind.isEmpty()
                    && behind.stream().noneMatch(Cause.UpstreamCause.DeeplyNestedUpstreamCause.class::isInstance);
            if (whole) {
                told.add(key(upstream));
                cut.remove(key(upstream));
            } else if (!told.contains(key(upstream))) {
                cut.put(key(upstream), step);
            }
        }
    }

    private static String key(Cause.UpstreamCause upstream) {
        return upstream.getUpstreamUrl() + " " + upstream.getUpstreamBuild();
    }

    /** The build that an upstream cause names; one that is younger than what it started only has that one's name. */
    private static Optional<Run<?, ?>> run(Step step) {
        return Optional.<Run<?, ?>>ofNullable(((Cause.UpstreamCause) step.cause()).getUpstreamRun())
                .filter(run -> run.getTimeInMillis() <= step.before());
    }

    private void follow(Step step) throws IOException {
        Cause.UpstreamCause upstream = (Cause.UpstreamCause) step.cause();
        told.add(key(upstream));
        Run<?, ?> run = run(step)
                .orElseThrow(() -> new IOException("it cannot be found out who started this build: "
                        + upstream.getUpstreamProject() + " #" + upstream.getUpstreamBuild()
                        + ", through which it was started, is gone"));
        add(run.getCauses(), run.getTimeInMillis());
    }

    /** Who is shown as having asked: the first of those who did, or Jenkins' own words for what did. */
    static String shown(Run<?, ?> build, Set<String> requesters) {
        return requesters.stream()
                .findFirst()
                .or(() -> build.getCauses().stream().findFirst().map(Cause::getShortDescription))
                .orElse("unknown");
    }
}
