package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.Signer;
import io.jenkins.plugins.approvalgate.engine.audit.TestKey;
import io.jenkins.plugins.approvalgate.engine.check.CheckType;
import io.jenkins.plugins.approvalgate.engine.check.FakeSurroundings;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.Change;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A host with the environments that a test gives it; remembers what it was told. */
public final class FakeHost implements Host {
    /** Whether all builds are. */
    public volatile boolean atHand = true;


    /** What {@link #changed} was told. */
    public record News(Gate gate, List<GateEvent> events) {}

    public final List<Environment> environments = new CopyOnWriteArrayList<>();
    public final List<ApproverGroup> approverGroups = new CopyOnWriteArrayList<>();
    public final List<News> news = new CopyOnWriteArrayList<>();
    public final Puppets puppets = new Puppets();
    public final List<CheckType> checkTypes = new CopyOnWriteArrayList<>(puppets.types());
    public final FakeSurroundings surroundings = new FakeSurroundings();
    public final Town town;
    public final Signer signer = new TestKey();
    public volatile AuditSettings audit = AuditSettings.USUAL;
    public volatile String controller = "test";
    /** Told each gate that changed. */
    public volatile Consumer<Gate> onNews = gate -> {};
    /** What has become of the jobs' names. */
    public volatile UnaryOperator<GateRequest> today = UnaryOperator.identity();
    /** Done whenever the settings are read. */
    public volatile Runnable onSettings = () -> {};

    public FakeHost(Town town, Environment... environments) {
        this.town = town;
        this.environments.addAll(List.of(environments));
    }

    @Override
    public List<Environment> environments() {
        onSettings.run();
        return environments;
    }

    @Override
    public List<ApproverGroup> approverGroups() {
        return approverGroups;
    }

    @Override
    public AuditSettings audit() {
        return audit;
    }

    @Override
    public String controller() {
        return controller;
    }

    @Override
    public Signer signer() {
        return signer;
    }

    @Override
    public Realm realm() {
        return town;
    }

    @Override
    public FakeSurroundings surroundings() {
        return surroundings;
    }

    @Override
    public List<CheckType> checkTypes() {
        return checkTypes;
    }

    @Override
    public boolean isAtHand(Gate gate) {
        return atHand;
    }

    @Override
    public List<Link> artifacts(Gate gate) {
        return List.of(new Link("changed_circuits.json", gate.request().buildUrl() + "artifact/changed_circuits.json"));
    }

    @Override
    public List<Change> changes(Gate gate) {
        return List.of(new Change("3f2a9c1", "Ada", "Train circuit 12", Optional.of("https://git.example/app/3f2a9c1")));
    }

    @Override
    public Optional<String> rendered(String instructions) {
        return Optional.empty();
    }

    @Override
    public boolean knows(String user) {
        return !user.startsWith("nobody");
    }

    @Override
    public boolean mayRead(String user, GateRequest request) {
        return !user.startsWith("outsider");
    }

    @Override
    public GateRequest today(GateRequest request) {
        return today.apply(request);
    }

    @Override
    public Optional<String> logUrl(Gate gate) {
        return Optional.of(gate.request().buildUrl() + "console");
    }

    @Override
    public void changed(Gate gate, List<GateEvent> events) {
        news.add(new News(gate, events));
        onNews.accept(gate);
    }
}
