package io.jenkins.plugins.approvalgate.build;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.TermMilestone;
import hudson.init.Terminator;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.Builds;
import io.jenkins.plugins.approvalgate.host.GateListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Writes what happened to a gate into its build. The journal has it already; this is the copy. So the end of a gate is
 * written a moment later: until then the disk belongs to the pipeline, which goes on. Comes after all others who are told.
 */
@Extension(ordinal = -100)
public final class RecordKeeper implements GateListener {

    private static final Logger LOGGER = Logger.getLogger(RecordKeeper.class.getName());
    private static final int MOMENT_MILLIS = 250;

    /** The latest state of each gate that has yet to be written, by its id. */
    private final Map<String, Gate> due = new ConcurrentHashMap<>();

    @Override
    public void onChanged(Gate gate, List<GateEvent> news) {
        due.put(gate.id(), gate);
        if (gate.isOpen()) {
            writeLater(gate.id());
        } else {
            Timer.get().schedule(() -> writeLater(gate.id()), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void writeLater(String gateId) {
        ApprovalGates.get().later(() -> write(gateId));
    }

    private void write(String gateId) {
        Gate gate = due.remove(gateId);
        if (gate != null) {
            keep(gate);
        }
    }

    /** Writes what has yet to be written, when nothing happens to gates any more. */
    @Terminator(after = TermMilestone.STARTED, requires = ApprovalGates.STOPPED)
    public static void stop() {
        RecordKeeper keeper = ExtensionList.lookupSingleton(RecordKeeper.class);
        keeper.due.keySet().forEach(keeper::write);
    }

    private static void keep(Gate gate) {
        Builds.find(gate.request()).ifPresent(run -> {
            try {
                GateRecords.keep(run, gate);
            } catch (IOException journalHasIt) {
                LOGGER.log(Level.WARNING, journalHasIt, () -> "Gate " + gate.id() + ": its build could not be written");
            }
        });
    }
}
