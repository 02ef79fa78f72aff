package io.jenkins.plugins.approvalgate.config;

import hudson.Util;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import io.jenkins.plugins.approvalgate.host.JenkinsRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * All that is configured, as it is written.
 *
 * @param audit {@code null} for as usual
 */
record Parts(
        List<ApproverGroupItem> groups, List<EnvironmentItem> environments, List<WebhookItem> webhooks, AuditItem audit) {

    private static final Logger LOGGER = Logger.getLogger(Parts.class.getName());

    Parts {
        groups = List.copyOf(Util.fixNull(groups));
        environments = List.copyOf(Util.fixNull(environments));
        webhooks = List.copyOf(Util.fixNull(webhooks));
    }

    Parts withGroups(List<ApproverGroupItem> others) {
        return new Parts(others, environments, webhooks, audit);
    }

    Parts withEnvironments(List<EnvironmentItem> others) {
        return new Parts(groups, others, webhooks, audit);
    }

    Parts withWebhooks(List<WebhookItem> others) {
        return new Parts(groups, environments, others, audit);
    }

    Parts withAudit(AuditItem other) {
        return new Parts(groups, environments, webhooks, other);
    }

    /**
     * What they mean. What does not fit together, although each part is well formed, is told in the log only: it may be mended
     * by what is set next, as code sets environments and groups one after the other.
     *
     * @throws IllegalArgumentException if the parts cannot be meant, or carry one name twice
     */
    Settings toEngine() {
        List<ApproverGroup> engineGroups =
                groups.stream().map(ApproverGroupItem::toEngine).toList();
        List<Environment> engineEnvironments =
                environments.stream().map(EnvironmentItem::toEngine).toList();
        AuditSettings engineAudit = audit == null ? AuditSettings.USUAL : audit.toEngine();
        Settings settings = new Settings(engineEnvironments, engineGroups, engineWebhooks(), engineAudit);
        for (Settings.Problem problem : problems(settings)) {
            if (problem.path().endsWith(".name")) {
                throw new IllegalArgumentException(problem.path() + ": " + problem.message());
            }
            LOGGER.warning(() -> problem.path() + ": " + problem.message());
        }
        return settings;
    }

    /** @throws IllegalArgumentException if anything does not fit together */
    void requireConsistent() {
        for (Settings.Problem problem : problems(toEngine())) {
            throw new IllegalArgumentException(problem.path() + ": " + problem.message());
        }
    }

    private static List<Settings.Problem> problems(Settings settings) {
        return settings.problems(new JenkinsRealm()::same);
    }

    private List<Webhook> engineWebhooks() {
        List<Webhook> engine = new ArrayList<>();
        for (WebhookItem webhook : webhooks) {
            try {
                engine.add(webhook.toEngine());
            } catch (IllegalArgumentException impossible) {
                throw new IllegalArgumentException("webhooks[" + engine.size() + "]." + impossible.getMessage(), impossible);
            }
        }
        return engine;
    }
}
