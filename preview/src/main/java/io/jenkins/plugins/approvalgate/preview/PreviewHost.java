package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Realm;
import io.jenkins.plugins.approvalgate.engine.audit.Signer;
import io.jenkins.plugins.approvalgate.engine.check.CheckType;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.Change;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What the engine sees of the preview: settings that stay as they were read, and runs in Jenkins' place. */
final class PreviewHost implements Host {

    private final Settings settings;
    private final Accounts accounts;
    private final Surroundings surroundings;
    private final Signer signer;
    private final Consumer<Gate> onClosed;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    /** @param onClosed told each gate that ended, by one thread; has to return soon */
    PreviewHost(
            Settings settings, Accounts accounts, Surroundings surroundings, Signer signer, Consumer<Gate> onClosed) {
        this.settings = settings;
        this.accounts = accounts;
        this.surroundings = surroundings;
        this.signer = signer;
        this.onClosed = onClosed;
    }

    @Override
    public List<Environment> environments() {
        return settings.environments();
    }

    @Override
    public List<ApproverGroup> approverGroups() {
        return settings.approverGroups();
    }

    @Override
    public AuditSettings audit() {
        return settings.audit();
    }

    @Override
    public String controller() {
        return "preview";
    }

    @Override
    public Signer signer() {
        return signer;
    }

    @Override
    public Realm realm() {
        return accounts;
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public List<CheckType> checkTypes() {
        return List.of();
    }

    @Override
    public List<Link> artifacts(Gate gate) {
        return List.of(new Link(Pipeline.ARTIFACT, gate.request().buildUrl() + "artifact/" + Pipeline.ARTIFACT));
    }

    @Override
    public List<Change> changes(Gate gate) {
        return Pipeline.CHANGES;
    }

    /** Shown as the text that it is. */
    @Override
    public Optional<String> rendered(String instructions) {
        return Optional.empty();
    }

    @Override
    public boolean knows(String user) {
        return accounts.find(user).isPresent();
    }

    @Override
    public boolean mayRead(String user, GateRequest request) {
        return Accounts.caller(accounts.find(user)).mayRead(request);
    }

    @Override
    public Optional<String> logUrl(Gate gate) {
        return Optional.of(gate.request().buildUrl() + "console");
    }

    /** @param poke called after something happened to a gate; has to return at once */
    void follow(Runnable poke) {
        followers.add(poke);
    }

    @Override
    public void changed(Gate gate, List<GateEvent> news) {
        followers.forEach(Runnable::run);
        if (!gate.isOpen()) {
            onClosed.accept(gate);
        }
    }
}
