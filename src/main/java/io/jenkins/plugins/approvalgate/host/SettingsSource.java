package io.jenkins.plugins.approvalgate.host;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;

/** Where the environments come from: the one implementation is our configuration page. */
public interface SettingsSource extends ExtensionPoint {

    /** What is configured now. Called by any thread, often. */
    Settings settings();

    /** The engine was opened: has it record what was changed while it was not. Waits for the disk. */
    void recordFound();

    /** What the configuration says now; nothing where there is no configuration yet. */
    static Settings current() {
        return ExtensionList.lookup(SettingsSource.class).stream()
                .findFirst()
                .map(SettingsSource::settings)
                .orElse(Settings.EMPTY);
    }
}
