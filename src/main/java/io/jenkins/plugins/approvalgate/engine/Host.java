package io.jenkins.plugins.approvalgate.engine;

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
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import java.util.List;
import java.util.Optional;

/** What the engine asks of what it runs in. Every method may be called by any thread, at the same time. */
public interface Host {

    /** The configured environments, in the administrator's order; their names differ. */
    List<Environment> environments();

    /**
     * The environment of that name, as it is configured now.
     *
     * @throws UnknownEnvironmentException if there is none, naming those that there are
     */
    default Environment environment(String name) throws UnknownEnvironmentException {
        List<Environment> environments = environments();
        return environments.stream()
                .filter(environment -> environment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownEnvironmentException(
                        name, environments.stream().map(Environment::name).toList()));
    }

    /** Who else is told of a gate, and when, as its environment is configured now; as usual where that is gone. */
    default Notifications notifications(Gate gate) {
        return environments().stream()
                .filter(environment -> environment.name().equals(gate.request().environment()))
                .map(Environment::notifications)
                .findFirst()
                .orElse(Notifications.USUAL);
    }

    /** The approver groups of our own configuration; their names differ. */
    List<ApproverGroup> approverGroups();

    /** What is configured of the audit, now. */
    AuditSettings audit();

    /** What tells this controller from others that share a search index; stays the same, from 1 to 64 letters and digits. */
    String controller();

    /** The controller's own signature. */
    Signer signer();

    Realm realm();

    /** What the checks that ask others need. */
    Surroundings surroundings();

    /** The kinds of checks that others add to ours. */
    List<CheckType> checkTypes();

    /** Whether what is known of the build of {@code gate} can be told at once: else asking for it may wait, as for a disk. */
    default boolean isAtHand(Gate gate) {
        return true;
    }

    /** What the build of {@code gate} has archived, as far as it is there to be seen. May be slow. */
    List<Link> artifacts(Gate gate);

    /** What went into the gate's build since the one before it, the newest first, as far as the host knows. May be slow. */
    List<Change> changes(Gate gate);

    /**
     * An environment's instructions as the host shows such texts.
     *
     * @return HTML that the host made safe; empty to show the text as it is
     */
    Optional<String> rendered(String instructions);

    /** Whether there is a user with this id. May be slow. */
    boolean knows(String user);

    /** Whether the user with this id may read the job that asked; {@code false} where either is unknown. May be slow. */
    boolean mayRead(String user, GateRequest request);

    /** The request as it is to be shown: with what its job is called today, and where its build is found. */
    default GateRequest today(GateRequest request) {
        return request;
    }

    /** Where the log of the gate's build can be read, relative to the host's root; empty if nowhere. */
    Optional<String> logUrl(Gate gate);

    /**
     * Something happened to a gate, and is on disk. Called by one thread, in the order in which it happened to each gate.
     * What happened just before a crash may never be told: after a start, ask {@link GateKeeper#find}. Must return soon
     * and not throw.
     *
     * @param gate as it is after the events
     * @param news the events, at least one
     */
    void changed(Gate gate, List<GateEvent> news);
}
