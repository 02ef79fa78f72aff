package io.jenkins.plugins.approvalgate.host.origin;

import hudson.ExtensionPoint;
import hudson.model.Run;
import java.util.Optional;
import org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayCause;

/**
 * The build whose script another one runs again.
 *
 * @param run the earlier build
 * @param edited whether somebody could change the script in between
 */
record EarlierRun(Run<?, ?> run, boolean edited) {

    /** Knows one way of running a script again. */
    interface Finder extends ExtensionPoint {

        /** Empty where {@code run} did not begin in this way, or where the earlier build is gone. */
        Optional<EarlierRun> find(Run<?, ?> run);
    }

    /** Its script may be another, and its form says nothing of whether it is. */
    @OptionalExtension(requirePlugins = "workflow-cps")
    public static final class Replay implements Finder {

        @Override
        public Optional<EarlierRun> find(Run<?, ?> run) {
            return Optional.ofNullable(run.getCause(ReplayCause.class))
                    .filter(cause -> cause.getOriginal() != null)
                    .map(cause -> new EarlierRun(cause.getOriginal(), true));
        }
    }

    /** Restarted from a stage, a declarative pipeline has the script that it had. */
    @OptionalExtension(requirePlugins = "pipeline-model-definition")
    public static final class Restart implements Finder {

        @Override
        public Optional<EarlierRun> find(Run<?, ?> run) {
            return Optional.ofNullable(run.getCause(RestartDeclarativePipelineCause.class))
                    .filter(cause -> cause.getOriginal() != null)
                    .map(cause -> new EarlierRun(cause.getOriginal(), false));
        }
    }
}
