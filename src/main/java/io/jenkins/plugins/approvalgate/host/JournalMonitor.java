package io.jenkins.plugins.approvalgate.host;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.audit.Damage;
import io.jenkins.plugins.approvalgate.engine.audit.TornTail;
import java.util.List;
import java.util.Optional;

/** Tells administrators when the journal cannot be opened, or is not as it was written. */
@Extension
public class JournalMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.JournalMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return getWhyShut() != null || !getDamages().isEmpty();
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    /** Why every gate is shut; {@code null} if none is shut for the journal's sake. */
    public String getWhyShut() {
        return ApprovalGates.get().whyShut().map(Exception::getMessage).orElse(null);
    }

    /** The lines that were not as they were written when Jenkins started. */
    public List<Damage> getDamages() {
        return keeper().map(keeper -> keeper.journal().damages()).orElse(List.of());
    }

    /** What was cut off when Jenkins started; {@code null} if nothing was. */
    public TornTail getTornTail() {
        return keeper().flatMap(keeper -> keeper.journal().tornTail()).orElse(null);
    }

    private static Optional<GateKeeper> keeper() {
        return ApprovalGates.get().keeper();
    }
}
