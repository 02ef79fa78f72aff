package io.jenkins.plugins.approvalgate.host;

import hudson.model.Run;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import io.jenkins.plugins.approvalgate.host.origin.Origins;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** What Jenkins itself knows of a build that asks to pass: nothing in here can be set by the pipeline's script. */
public record BuildFacts(
        String job,
        String jobId,
        int build,
        String buildUrl,
        Optional<String> stage,
        Origin origin,
        String requestedBy,
        Set<String> requesters) {

    /**
     * The facts of {@code run} at {@code node}. Waits for the disk.
     *
     * @throws IOException if who started the build cannot be found out, or the job cannot be given an id
     */
    public static BuildFacts of(Run<?, ?> run, FlowNode node) throws IOException {
        Set<String> requesters = Requesters.of(run);
        return new BuildFacts(
                run.getParent().getFullName(),
                Jobs.get().idFor(run.getParent()),
                run.getNumber(),
                run.getUrl(),
                stage(node),
                Origins.of(run),
                Requesters.shown(run, requesters),
                requesters);
    }

    /**
     * Names what is asked for at {@code node} of {@code run}. The name and number of a deleted build may be given again, and
     * must not inherit its approval: its time is its own.
     */
    public static String key(Run<?, ?> run, FlowNode node) {
        return keys(run) + node.getId();
    }

    /** Whether {@code run} has the number and the time of the build that made the request. */
    public static boolean isBy(Run<?, ?> run, GateRequest request) {
        return request.build() == run.getNumber() && request.key().startsWith(keys(run));
    }

    private static String keys(Run<?, ?> run) {
        return run.getTimeInMillis() + "/";
    }

    /** The name of the innermost stage around the step; a branch of {@code parallel} is none. */
    private static Optional<String> stage(FlowNode node) {
        for (BlockStartNode block : node.iterateEnclosingBlocks()) {
            LabelAction label = block.getPersistentAction(LabelAction.class);
            if (label != null && block.getPersistentAction(ThreadNameAction.class) == null) {
                return Optional.ofNullable(label.getDisplayName());
            }
        }
        return Optional.empty();
    }

    /**
     * The request that these facts make with what the script says.
     *
     * @throws IllegalArgumentException if the script says what cannot be meant
     */
    public GateRequest request(
            String key,
            String environment,
            String message,
            Map<String, String> metrics,
            List<Link> links,
            List<InputField> inputs) {
        return new GateRequest(
                key, environment, job, Optional.of(jobId), build, buildUrl, stage, origin, requestedBy, requesters, message, metrics, links,
                inputs);
    }
}
