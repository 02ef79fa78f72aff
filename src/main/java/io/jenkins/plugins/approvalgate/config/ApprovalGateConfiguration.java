package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.XmlFile;
import io.jenkins.plugins.approvalgate.engine.audit.history.Source;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.SettingsSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.GlobalConfiguration;
import jenkins.util.Timer;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * All that is configured, kept in one XML file: {@code unclassified: approvalGate:} for JCasC. Its form is a page of its
 * own, {@link ApprovalGateManagement}; in <em>System</em> it shows nothing and takes nothing.
 *
 * <p>What is set is checked as a whole first, then recorded in the journal, and counts only then; what cannot be meant or
 * recorded changes nothing.
 */
@Extension
@Symbol("approvalGate")
public final class ApprovalGateConfiguration extends GlobalConfiguration implements SettingsSource {

    private static final Logger LOGGER = Logger.getLogger(ApprovalGateConfiguration.class.getName());

    private List<ApproverGroupItem> approverGroups = new ArrayList<>();
    private List<EnvironmentItem> environments = new ArrayList<>();
    private List<WebhookItem> webhooks = new ArrayList<>();
    /** {@code null} for as usual. */
    private AuditItem audit;
    /** What the above mean to the engine; replaced as a whole. */
    private transient volatile Settings settings = Settings.EMPTY;
    /** Whether the engine has been told of what was read at the start. */
    private transient boolean found;

    public ApprovalGateConfiguration() {
        load();
    }

    @Override
    public synchronized void load() {
        XmlFile file = getConfigFile();
        super.load();
        try {
            webhooks = usable(Util.fixNull(webhooks));
            settings = parts().toEngine();
        } catch (IllegalArgumentException unusable) {
            // No environment is known then, so no gate can be asked for: shut, and the log says why.
            settings = Settings.EMPTY;
            LOGGER.severe(() -> file + " cannot be used, so there is no environment: " + unusable.getMessage());
        }
        if (found) {
            recordFound(Source.FILE);
            ApprovalGates.get().settingsChanged();
        }
    }

    /** A webhook that cannot be meant keeps nobody from deploying. */
    private static List<WebhookItem> usable(List<WebhookItem> items) {
        List<WebhookItem> usable = new ArrayList<>();
        for (WebhookItem item : items) {
            try {
                item.toEngine();
                usable.add(item);
            } catch (IllegalArgumentException unusable) {
                LOGGER.severe(() -> "A webhook is left out: " + unusable.getMessage());
            }
        }
        return usable;
    }

    @Override
    public synchronized void recordFound() {
        found = true;
        recordFound(Source.START);
    }

    /** What is in the file counts whether it can be recorded or not; so it is tried until it is. */
    private synchronized void recordFound(Source source) {
        try {
            ApprovalGates.get().record(settings, source);
        } catch (IOException notNow) {
            LOGGER.log(Level.SEVERE, "What was changed of the settings cannot be recorded now; tried again in a minute", notNow);
            Timer.get().schedule(() -> recordFound(source), 1, TimeUnit.MINUTES);
        }
    }

    @Override
    public Settings settings() {
        return settings;
    }

    private Parts parts() {
        return new Parts(approverGroups, environments, webhooks, audit);
    }

    /** Tells the state of all that is configured now from any other. */
    synchronized String revision() {
        return Revision.of(parts());
    }

    public synchronized List<ApproverGroupItem> getApproverGroups() {
        return List.copyOf(approverGroups);
    }

    /**
     * @throws IllegalArgumentException if a group cannot be meant; nothing is changed then
     * @throws IllegalStateException if the change cannot be recorded; nothing is changed then
     */
    @DataBoundSetter
    public void setApproverGroups(List<ApproverGroupItem> approverGroups) {
        set(parts -> parts.withGroups(approverGroups));
    }

    public synchronized List<EnvironmentItem> getEnvironments() {
        return List.copyOf(environments);
    }

    /**
     * @throws IllegalArgumentException if an environment cannot be meant; nothing is changed then
     * @throws IllegalStateException if the change cannot be recorded; nothing is changed then
     */
    @DataBoundSetter
    public void setEnvironments(List<EnvironmentItem> environments) {
        set(parts -> parts.withEnvironments(environments));
    }

    public synchronized List<WebhookItem> getWebhooks() {
        return List.copyOf(webhooks);
    }

    /**
     * @throws IllegalArgumentException if a webhook cannot be meant; nothing is changed then
     * @throws IllegalStateException if the change cannot be recorded; nothing is changed then
     */
    @DataBoundSetter
    public void setWebhooks(List<WebhookItem> webhooks) {
        set(parts -> parts.withWebhooks(webhooks));
    }

    /** {@code null} for as usual. */
    public synchronized AuditItem getAudit() {
        return audit;
    }

    /**
     * @throws IllegalArgumentException if it cannot be meant; nothing is changed then
     * @throws IllegalStateException if the change cannot be recorded; nothing is changed then
     */
    @DataBoundSetter
    public void setAudit(AuditItem audit) {
        set(parts -> parts.withAudit(audit));
    }

    private void set(UnaryOperator<Parts> change) {
        try {
            replace(change, ChangeSource.ofCaller());
        } catch (IOException unrecorded) {
            throw new IllegalStateException(unrecorded.getMessage(), unrecorded);
        }
    }

    /**
     * Puts what {@code change} makes of what is configured now in its place.
     *
     * @throws IllegalArgumentException if it cannot be meant; nothing is changed then
     * @throws IOException if it cannot be recorded; nothing is changed then
     */
    synchronized void replace(UnaryOperator<Parts> change, Source source) throws IOException {
        Parts parts = change.apply(parts());
        Settings next = parts.toEngine();
        next.environments().forEach(EngineChecks::require);
        try {
            ApprovalGates.get().record(next, source);
        } catch (IOException unrecorded) {
            throw new IOException(Messages.ApprovalGateConfiguration_unrecorded(unrecorded.getMessage()), unrecorded);
        }
        approverGroups = new ArrayList<>(parts.groups());
        environments = new ArrayList<>(parts.environments());
        webhooks = new ArrayList<>(parts.webhooks());
        audit = parts.audit();
        settings = next;
        save();
        ApprovalGates.get().settingsChanged();
    }

    /** The form of <em>System</em> has nothing of ours, so it changes nothing. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) {
        return true;
    }
}
