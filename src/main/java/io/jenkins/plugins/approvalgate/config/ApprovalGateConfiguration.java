package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import io.jenkins.plugins.approvalgate.host.JenkinsRealm;
import io.jenkins.plugins.approvalgate.host.SettingsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * All that is configured, kept in one XML file: {@code unclassified: approvalGate:} for JCasC. Its form is a page of its
 * own, {@link ApprovalGateManagement}; in <em>System</em> it shows nothing and takes nothing.
 *
 * <p>What is set is checked as a whole first; what cannot be meant changes nothing.
 */
@Extension
@Symbol("approvalGate")
public final class ApprovalGateConfiguration extends GlobalConfiguration implements SettingsSource {

    private static final Logger LOGGER = Logger.getLogger(ApprovalGateConfiguration.class.getName());

    private List<ApproverGroupItem> approverGroups = new ArrayList<>();
    private List<EnvironmentItem> environments = new ArrayList<>();
    private List<WebhookItem> webhooks = new ArrayList<>();
    /** What the above mean to the engine; replaced as a whole. */
    private transient volatile Settings settings = Settings.EMPTY;

    public ApprovalGateConfiguration() {
        load();
    }

    @Override
    public synchronized void load() {
        XmlFile file = getConfigFile();
        super.load();
        try {
            webhooks = usable(Util.fixNull(webhooks));
            settings = toEngine(Util.fixNull(approverGroups), Util.fixNull(environments), webhooks);
        } catch (IllegalArgumentException unusable) {
            // No environment is known then, so no gate can be asked for: shut, and the log says why.
            settings = Settings.EMPTY;
            LOGGER.severe(() -> file + " cannot be used, so there is no environment: " + unusable.getMessage());
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
    public Settings settings() {
        return settings;
    }

    public synchronized List<ApproverGroupItem> getApproverGroups() {
        return List.copyOf(approverGroups);
    }

    /** @throws IllegalArgumentException if a group cannot be meant; nothing is changed then */
    @DataBoundSetter
    public void setApproverGroups(List<ApproverGroupItem> approverGroups) {
        replace(Util.fixNull(approverGroups), getEnvironments(), getWebhooks());
    }

    public synchronized List<EnvironmentItem> getEnvironments() {
        return List.copyOf(environments);
    }

    /** @throws IllegalArgumentException if an environment cannot be meant; nothing is changed then */
    @DataBoundSetter
    public void setEnvironments(List<EnvironmentItem> environments) {
        replace(getApproverGroups(), Util.fixNull(environments), getWebhooks());
    }

    public synchronized List<WebhookItem> getWebhooks() {
        return List.copyOf(webhooks);
    }

    /** @throws IllegalArgumentException if a webhook cannot be meant; nothing is changed then */
    @DataBoundSetter
    public void setWebhooks(List<WebhookItem> webhooks) {
        replace(getApproverGroups(), getEnvironments(), Util.fixNull(webhooks));
    }

    private synchronized void replace(
            List<ApproverGroupItem> groups, List<EnvironmentItem> items, List<WebhookItem> hooks) {
        Settings next = toEngine(groups, items, hooks);
        next.environments().forEach(EngineChecks::require);
        approverGroups = new ArrayList<>(groups);
        environments = new ArrayList<>(items);
        webhooks = new ArrayList<>(hooks);
        settings = next;
        save();
        ApprovalGates.get().settingsChanged();
    }

    /** @throws IllegalArgumentException if the parts cannot be meant, or carry one name twice */
    private static Settings toEngine(
            List<ApproverGroupItem> groups, List<EnvironmentItem> items, List<WebhookItem> hooks) {
        List<ApproverGroup> engineGroups =
                groups.stream().map(ApproverGroupItem::toEngine).toList();
        List<Environment> engineEnvironments =
                items.stream().map(EnvironmentItem::toEngine).toList();
        Settings settings = new Settings(engineEnvironments, engineGroups, toEngine(hooks));
        for (Settings.Problem problem : settings.problems(new JenkinsRealm()::same)) {
            if (problem.path().endsWith(".name")) {
                throw new IllegalArgumentException(problem.path() + ": " + problem.message());
            }
            // May be mended by what is set next: JCasC sets environments and groups one after the other.
            LOGGER.warning(() -> problem.path() + ": " + problem.message());
        }
        return settings;
    }

    private static List<Webhook> toEngine(List<WebhookItem> hooks) {
        List<Webhook> webhooks = new ArrayList<>();
        for (WebhookItem hook : hooks) {
            try {
                webhooks.add(hook.toEngine());
            } catch (IllegalArgumentException impossible) {
                throw new IllegalArgumentException(
                        "webhooks[" + webhooks.size() + "]." + impossible.getMessage(), impossible);
            }
        }
        return webhooks;
    }

    /** The form of <em>System</em> has nothing of ours, so it changes nothing. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) {
        return true;
    }

    /**
     * Takes what our own page sends.
     *
     * @throws FormException if it cannot be meant; nothing is changed then
     */
    void submit(StaplerRequest2 request, JSONObject form) throws FormException {
        Jenkins.get().checkPermission(ApprovalPermissions.CONFIGURE);
        List<ApproverGroupItem> groups = new ArrayList<>();
        for (JSONObject group : Lines.objects(form, "approverGroups")) {
            groups.add((ApproverGroupItem) descriptor(ApproverGroupItem.class).newInstance(request, group));
        }
        List<EnvironmentItem> items = new ArrayList<>();
        for (JSONObject item : Lines.objects(form, "environments")) {
            items.add((EnvironmentItem) descriptor(EnvironmentItem.class).newInstance(request, item));
        }
        List<WebhookItem> hooks = new ArrayList<>();
        for (JSONObject hook : Lines.objects(form, "webhooks")) {
            hooks.add((WebhookItem) descriptor(WebhookItem.class).newInstance(request, hook));
        }
        try {
            for (Settings.Problem problem : toEngine(groups, items, hooks).problems(new JenkinsRealm()::same)) {
                throw new IllegalArgumentException(problem.path() + ": " + problem.message());
            }
            replace(groups, items, hooks);
        } catch (IllegalArgumentException impossible) {
            throw new FormException(impossible.getMessage(), "environments");
        }
    }

    private static Descriptor<?> descriptor(Class<? extends Describable<?>> type) {
        return Jenkins.get().getDescriptorOrDie(type);
    }
}
