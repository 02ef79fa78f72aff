package io.jenkins.plugins.approvalgate.host.origin;

import hudson.FilePath;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SCMListener;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionListener;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * Takes down where a build's script comes from, in the one span of time in which nobody but Jenkins has had a say: from the
 * moment when the build begins, over the checkout that brings the script, to the moment before its first line runs. What
 * the script checks out afterwards, and what becomes of the job's configuration, is not looked at any more.
 */
public final class OriginTaker {

    private static final Logger LOGGER = Logger.getLogger(OriginTaker.class.getName());

    /** The builds within that span; one that ends within it is forgotten with its {@link Run}. */
    private static final Map<Run<?, ?>, Beginning> BEGUN = Collections.synchronizedMap(new WeakHashMap<>());

    private OriginTaker() {}

    /** Nothing of the job's definition has been used yet. */
    @OptionalExtension(requirePlugins = {"workflow-job", "workflow-cps"})
    public static final class Start extends RunListener<WorkflowRun> {

        @Override
        public void onStarted(WorkflowRun run, TaskListener listener) {
            BEGUN.put(run, Beginning.of(run.getParent()));
        }
    }

    /** The checkout that brings the script, if there is one: told apart from any other by the very object that did it. */
    @OptionalExtension(requirePlugins = {"workflow-job", "workflow-cps"})
    public static final class Checkout extends SCMListener {

        @Override
        public void onCheckout(
                Run<?, ?> run,
                SCM scm,
                FilePath workspace,
                TaskListener listener,
                File changelogFile,
                SCMRevisionState pollingBaseline)
                throws IOException, InterruptedException {
            Beginning beginning = BEGUN.get(run);
            if (beginning != null
                    && beginning.definition() instanceof CpsScmFlowDefinition fromScm
                    && fromScm.getScm() == scm) {
                Optional<ScmFacts> known = ScmFacts.of(scm);
                BEGUN.put(
                        run,
                        beginning.checkedOut(
                                known.isPresent()
                                        ? known.get().checkedOut(scm, run, workspace, listener)
                                        : Optional.empty()));
            }
        }
    }

    /** The script is there, and has not begun. */
    @OptionalExtension(requirePlugins = {"workflow-job", "workflow-cps"})
    public static final class Created extends FlowExecutionListener {

        @Override
        public void onCreated(FlowExecution execution) {
            try {
                Queue.Executable executable = execution.getOwner().getExecutable();
                if (executable instanceof WorkflowRun run) {
                    keep(run);
                }
            } catch (IOException unknown) {
                LOGGER.log(Level.WARNING, unknown, () -> execution + ": where it comes from could not be kept");
            }
        }

        private static void keep(WorkflowRun run) throws IOException {
            Beginning beginning = BEGUN.remove(run);
            WorkflowJob job = run.getParent();
            if (beginning != null) {
                OriginRecord.keep(run, beginning.end(run, Beginning.of(job)));
                run.save();
            }
        }
    }
}
