package io.jenkins.plugins.approvalgate.host;

import hudson.ExtensionList;
import hudson.Functions;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Realm;
import io.jenkins.plugins.approvalgate.engine.check.CheckType;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Change;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** What the engine runs in: this Jenkins. */
final class JenkinsHost implements Host {

    private static final Logger LOGGER = Logger.getLogger(JenkinsHost.class.getName());
    private static final int MOST_ARTIFACTS = 100;

    private final Realm realm = new JenkinsRealm();
    private final Surroundings surroundings = new JenkinsSurroundings();

    @Override
    public List<Environment> environments() {
        return SettingsSource.current().environments();
    }

    @Override
    public List<ApproverGroup> approverGroups() {
        return SettingsSource.current().approverGroups();
    }

    @Override
    public Realm realm() {
        return realm;
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public List<CheckType> checkTypes() {
        return CheckTypeExtension.all();
    }

    @Override
    public List<Link> artifacts(Gate gate) {
        return Builds.find(gate.request()).map(JenkinsHost::artifacts).orElse(List.of());
    }

    /** As far as the current user may see them; {@link Run#ARTIFACTS} counts only where Jenkins is told to check it. */
    private static List<Link> artifacts(Run<?, ?> run) {
        if (Functions.isArtifactsPermissionEnabled() && !run.hasPermission(Run.ARTIFACTS)) {
            return List.of();
        }
        return run.getArtifactsUpTo(MOST_ARTIFACTS).stream()
                .map(artifact -> new Link(artifact.relativePath, run.getUrl() + "artifact/" + artifact.getHref()))
                .toList();
    }

    @Override
    public List<Change> changes(Gate gate) {
        return List.of();
    }

    @Override
    public Optional<String> rendered(String instructions) {
        return Optional.empty();
    }

    @Override
    public boolean knows(String user) {
        return User.getById(user, false) != null || JenkinsRealm.knowsUser(user).orElse(false);
    }

    @Override
    public boolean mayRead(String user, String job) {
        User known = User.getById(user, false);
        if (known == null) {
            return false;
        }
        try (ACLContext as = ACL.as2(known.impersonate2())) {
            return Builds.mayRead(job);
        } catch (UsernameNotFoundException unknown) {
            return false;
        }
    }

    @Override
    public Optional<String> logUrl(Gate gate) {
        return Optional.of(gate.request().buildUrl() + "console");
    }

    @Override
    public void changed(Gate gate, List<GateEvent> news) {
        for (GateListener listener : ExtensionList.lookup(GateListener.class)) {
            try {
                listener.onChanged(gate, news);
            } catch (RuntimeException bug) {
                LOGGER.log(Level.SEVERE, bug, () -> "Gate " + gate.id() + ": " + listener.getClass() + " failed");
            }
        }
    }
}
