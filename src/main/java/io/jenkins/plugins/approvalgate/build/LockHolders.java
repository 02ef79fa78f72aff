package io.jenkins.plugins.approvalgate.build;

import hudson.Extension;
import hudson.model.PeriodicWork;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.BuildFacts;
import io.jenkins.plugins.approvalgate.host.Builds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/**
 * Gives back the locks of builds that are gone, or have ended without anybody being told: because Jenkins was killed at
 * that very moment, or the build's folder was removed while it was down. Looks when Jenkins has started and every minute.
 */
@Extension
public final class LockHolders extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(LockHolders.class.getName());

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    public long getInitialDelay() {
        return 0;
    }

    @Override
    protected void doRun() {
        ApprovalGates.get().releaseLost(LockHolders::isLost, "Its build had ended without giving the lock back.");
    }

    /** A build that has yet to resume after a restart is under way. */
    private static boolean isLost(Gate holder) {
        boolean found = Builds.find(holder.request())
                .filter(Run::isBuilding)
                .isPresent();
        return !found && underWay().stream().noneMatch(run -> isOf(run, holder));
    }

    /** All builds of pipelines that have not ended, under whatever name their jobs are known today. */
    private static List<Run<?, ?>> underWay() {
        List<Run<?, ?>> runs = new ArrayList<>();
        for (FlowExecution execution : FlowExecutionList.get()) {
            try {
                Queue.Executable executable = execution.getOwner().getExecutable();
                if (executable instanceof Run<?, ?> run) {
                    runs.add(run);
                }
            } catch (IOException gone) {
                LOGGER.log(Level.FINE, gone, () -> execution + " has no build any more");
            }
        }
        return runs;
    }

    /** Whether {@code run} asked for the gate, told by the build's own record. */
    static boolean isOf(Run<?, ?> run, Gate gate) {
        return BuildFacts.isBy(run, gate.request()) && GateRecords.has(run, gate.id());
    }

    /** The gates that hold locks for {@code run}. */
    static List<Gate> of(Run<?, ?> run) {
        return ApprovalGates.get().keeper().stream()
                .flatMap(keeper -> keeper.lockHolders().stream())
                .filter(gate -> isOf(run, gate))
                .toList();
    }
}
