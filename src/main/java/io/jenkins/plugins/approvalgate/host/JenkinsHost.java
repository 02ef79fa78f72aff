package io.jenkins.plugins.approvalgate.host;

import hudson.ExtensionList;
import hudson.Functions;
import hudson.markup.EscapedMarkupFormatter;
import hudson.markup.MarkupFormatter;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
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
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.AuthenticationException;

/** What the engine runs in: this Jenkins. */
final class JenkinsHost implements Host {

    private static final Logger LOGGER = Logger.getLogger(JenkinsHost.class.getName());
    private static final int MOST_ARTIFACTS = 100;

    private final Realm realm = new JenkinsRealm();
    private final Signer signer = new IdentitySigner();
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
    public AuditSettings audit() {
        return SettingsSource.current().audit();
    }

    @Override
    public String controller() {
        return Jenkins.get().getLegacyInstanceId();
    }

    @Override
    public Signer signer() {
        return signer;
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
    public boolean isAtHand(Gate gate) {
        return Builds.isLoaded(gate.request());
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
        return Builds.find(gate.request()).map(ChangeSets::of).orElse(List.of());
    }

    /** By the formatter that Jenkins is configured with; the one that only escapes would lose the line ends, so it is none. */
    @Override
    public Optional<String> rendered(String instructions) {
        MarkupFormatter formatter = Jenkins.get().getMarkupFormatter();
        if (instructions.isBlank() || formatter instanceof EscapedMarkupFormatter) {
            return Optional.empty();
        }
        try {
            return Optional.of(formatter.translate(instructions));
        } catch (IOException | RuntimeException unusable) {
            LOGGER.log(Level.WARNING, "Instructions are shown as text: the markup formatter failed", unusable);
            return Optional.empty();
        }
    }

    /** Where the realm cannot say, those count of whom Jenkins keeps a record: they have signed in once. */
    @Override
    public boolean knows(String user) {
        return JenkinsRealm.knowsUser(user).orElseGet(() -> {
            User remembered = User.getById(user, false);
            return remembered != null && remembered.getUserFolder() != null;
        });
    }

    @Override
    public boolean mayRead(String user, GateRequest request) {
        if (!knows(user)) {
            return false;
        }
        try (ACLContext as = ACL.as2(Objects.requireNonNull(User.getById(user, true)).impersonate2())) {
            return Builds.mayRead(request);
        } catch (AuthenticationException unreachable) {
            LOGGER.log(Level.FINE, unreachable, () -> "Nothing is known of what " + user + " may read");
            return false;
        }
    }

    @Override
    public Optional<String> logUrl(Gate gate) {
        return Optional.of(today(gate.request()).buildUrl() + "console");
    }

    @Override
    public GateRequest today(GateRequest request) {
        return Builds.today(request);
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
