package io.jenkins.plugins.approvalgate.build;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.audit.GateText;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.JenkinsRealm;
import io.jenkins.plugins.approvalgate.host.SettingsSource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.HMACConfidentialKey;

/**
 * What a build keeps of its gates: each as the text of its events, with a code that only this controller can make, so that
 * a {@code build.xml} that was written by somebody else restores nothing.
 */
public final class GateRecords extends InvisibleAction {

    private static final Logger LOGGER = Logger.getLogger(GateRecords.class.getName());
    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(GateRecords.class, "record");

    /** One gate in {@code build.xml}; the names of the fields are its serial form. */
    private static final class Entry {
        private final String events;
        private final String code;

        private Entry(String gateId, String events) {
            this.events = events;
            this.code = KEY.mac(gateId + " " + events);
        }

        private boolean isOurs(String gateId) {
            return events != null && code != null && KEY.checkMac(gateId + " " + events, code);
        }
    }

    private final Map<String, Entry> gates = new LinkedHashMap<>();

    private GateRecords() {}

    /** Keeps the state of a gate in its build, unless a later one is kept already, and writes the build. */
    static void keep(Run<?, ?> run, Gate gate) throws IOException {
        synchronized (run) {
            GateRecords records = run.getAction(GateRecords.class);
            if (records == null) {
                records = new GateRecords();
                run.addAction(records);
            }
            Optional<Gate> kept = records.read(gate.id());
            if (kept.isEmpty() || kept.get().history().size() < gate.history().size()) {
                synchronized (records.gates) {
                    records.gates.put(gate.id(), new Entry(gate.id(), GateText.write(gate)));
                }
                run.save();
            }
        }
    }

    /**
     * The gate as the build kept it.
     *
     * @throws IOException if it kept none, or one that this controller did not write
     */
    public static Gate gate(Run<?, ?> run, String gateId) throws IOException {
        GateRecords records = run.getAction(GateRecords.class);
        if (records == null) {
            throw new IOException("neither the journal nor the build knows gate " + gateId);
        }
        return records.read(gateId)
                .orElseThrow(() -> new IOException(
                        "the journal does not know gate " + gateId + ", and the build's record of it is not sound"));
    }

    /** Whether {@code run} has a gate with this id: so it is told from a build of the same name and number. */
    static boolean has(Run<?, ?> run, String gateId) {
        GateRecords records = run.getAction(GateRecords.class);
        return records != null && records.read(gateId).isPresent();
    }

    private Optional<Gate> read(String gateId) {
        Entry entry;
        synchronized (gates) {
            entry = gates.get(gateId);
        }
        if (entry == null || !entry.isOurs(gateId)) {
            return Optional.empty();
        }
        try {
            return Optional.of(GateText.read(gateId, entry.events));
        } catch (IOException unreadable) {
            LOGGER.log(Level.WARNING, unreadable, () -> "Gate " + gateId + ": its build's record cannot be read");
            return Optional.empty();
        }
    }

    /** The build's gates in the order in which they were asked for: as the engine knows them, else as they were kept. */
    public List<GateSummary> getGates() {
        List<String> ids;
        synchronized (gates) {
            ids = new ArrayList<>(gates.keySet());
        }
        return ids.stream().map(this::latest).flatMap(Optional::stream).map(GateRecords::summary).toList();
    }

    private static GateSummary summary(Gate gate) {
        Optional<GateKeeper> keeper = ApprovalGates.get().keeper();
        return new GateSummary(
                gate,
                keeper.filter(open -> gate.isOpen()).map(open -> open.conditions(gate)).orElse(Conditions.NONE),
                new Directory(SettingsSource.current().approverGroups(), new JenkinsRealm()),
                keeper.map(GateKeeper::now).orElseGet(Instant::now));
    }

    private Optional<Gate> latest(String gateId) {
        return ApprovalGates.get().inMemory(gateId).or(() -> read(gateId));
    }

    /** Only what has the right types: a file that somebody wrote by hand can have any. */
    private Object readResolve() {
        GateRecords sound = new GateRecords();
        Map<?, ?> found = Objects.requireNonNullElse(gates, Map.of());
        found.forEach((id, entry) -> {
            if (id instanceof String gateId && entry instanceof Entry ours) {
                sound.gates.put(gateId, ours);
            }
        });
        return sound;
    }
}
