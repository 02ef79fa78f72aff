package io.jenkins.plugins.approvalgate.build;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.Builds;
import io.jenkins.plugins.approvalgate.host.GateListener;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes what happened to a gate into its build. The journal has it already; this is the copy. */
@Extension(ordinal = 100)
public final class RecordKeeper implements GateListener {

    private static final Logger LOGGER = Logger.getLogger(RecordKeeper.class.getName());

    @Override
    public void onChanged(Gate gate, List<GateEvent> news) {
        ApprovalGates.get().later(() -> keep(gate));
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
