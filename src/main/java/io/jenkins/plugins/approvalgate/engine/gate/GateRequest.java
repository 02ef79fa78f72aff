package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a host knows of a build that asks to pass. Everything but {@code message}, {@code metrics}, {@code links} and
 * {@code inputs} is the host's own knowledge; those four come from the pipeline's script and decide nothing by
 * themselves.
 *
 * @param key names this request among all of its build: asking again with the same key, after a crash, finds the same
 *     gate instead of opening a second one
 * @param job the job's full name at that time
 * @param jobId what tells the job from all others, also from one that has its name later; empty where the host has no such
 *     ids
 * @param build the build's number
 * @param buildUrl relative to the host's root, ending in a slash
 * @param stage the pipeline stage around the step, where there is one
 * @param origin where the build's pipeline comes from
 * @param requestedBy who is shown as having asked: a user's id, or words of the host where no user did ("timer")
 * @param requesters the ids of all who started or replayed the build, directly or through upstream builds: those whom
 *     four eyes keep out
 * @param metrics names and values; the values as the text of a number wherever they are numbers, because the journal
 *     knows no floats (RFC 8785 leaves their text to each writer's care)
 */
public record GateRequest(
        String key,
        String environment,
        String job,
        Optional<String> jobId,
        int build,
        String buildUrl,
        Optional<String> stage,
        Origin origin,
        String requestedBy,
        Set<String> requesters,
        String message,
        Map<String, String> metrics,
        List<Link> links,
        List<InputField> inputs) {

    public GateRequest {
        requesters = Ordered.copy(requesters);
        metrics = Ordered.copy(metrics);
        links = List.copyOf(links);
        inputs = List.copyOf(inputs);
        if (inputs.stream().map(InputField::name).distinct().count() < inputs.size()) {
            throw new IllegalArgumentException("parameters has the same name twice");
        }
    }

    /** The request of a host whose jobs have nothing but their names. */
    public GateRequest(
            String key,
            String environment,
            String job,
            int build,
            String buildUrl,
            Optional<String> stage,
            Origin origin,
            String requestedBy,
            Set<String> requesters,
            String message,
            Map<String, String> metrics,
            List<Link> links,
            List<InputField> inputs) {
        this(
                key, environment, job, Optional.empty(), build, buildUrl, stage, origin, requestedBy, requesters, message,
                metrics, links, inputs);
    }

    /** What tells the job from others, for comparing: its id, or where there is none its name. */
    public String jobIdentity() {
        return jobId.orElse(job);
    }

    /** What tells the build from others, for comparing, whatever its job is called meanwhile. */
    public String buildIdentity() {
        return jobIdentity() + " #" + build;
    }

    /** Whether the same build asked, whatever its job was called then. */
    public boolean isOfSameBuild(GateRequest other) {
        return build == other.build && jobIdentity().equals(other.jobIdentity());
    }

    /** The same request, of a job that is now called {@code name} and whose build is found at {@code address}. */
    public GateRequest of(String name, String address) {
        return new GateRequest(
                key, environment, name, jobId, build, address, stage, origin, requestedBy, requesters, message, metrics, links,
                inputs);
    }

    /** The build that asks, as it stands in a sentence: {@code team/app #12}. */
    public String buildName() {
        return job + " #" + build;
    }

    /** The SCM head as it is shown; empty where the host does not know it. */
    public Optional<String> branch() {
        return origin.head().map(Origin.Head::shown);
    }
}
