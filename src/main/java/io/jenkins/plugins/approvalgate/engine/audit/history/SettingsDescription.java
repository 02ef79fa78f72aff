package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.Anchor;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * All settings as JSON, in the words of the YAML, with secrets masked: two settings have the same description if and only if
 * they mean the same. Environments and groups stand under their names, their order beside them.
 */
final class SettingsDescription {

    static final String ENVIRONMENTS = "environments";
    static final String ENVIRONMENT_ORDER = "environmentOrder";
    static final String GROUP_ORDER = "approverGroupOrder";

    private final SecretMask mask;
    private final EnvironmentDescription environments;
    private final CheckDescription checks;

    private SettingsDescription(SecretMask mask) {
        this.mask = mask;
        environments = new EnvironmentDescription(mask);
        checks = new CheckDescription(mask);
    }

    /** @throws IOException if a text is not valid Unicode, so that no file could keep it */
    static ObjectNode of(Settings settings, SecretMask mask) throws IOException {
        ObjectNode node = new SettingsDescription(mask).of(settings);
        if (!Json.isUnicode(node)) {
            throw new IOException("It has a text that is not valid Unicode.");
        }
        // As it will be read: a number is of another class then.
        return (ObjectNode) Json.read(Json.write(node));
    }

    private ObjectNode of(Settings settings) {
        ObjectNode node = Json.object();
        ObjectNode byName = node.putObject(ENVIRONMENTS);
        settings.environments().forEach(environment -> byName.set(environment.name(), environments.of(environment)));
        texts(node, ENVIRONMENT_ORDER, settings.environments().stream().map(Environment::name).toList());
        ObjectNode groups = Json.object();
        settings.approverGroups().forEach(group -> groups.set(group.name(), of(group)));
        if (!groups.isEmpty()) {
            node.set("approverGroups", groups);
        }
        texts(node, GROUP_ORDER, settings.approverGroups().stream().map(ApproverGroup::name).toList());
        if (!settings.webhooks().isEmpty()) {
            ArrayNode array = node.putArray("webhooks");
            settings.webhooks().forEach(webhook -> array.add(of(webhook)));
        }
        node.set("audit", of(settings.audit()));
        return node;
    }

    private static ObjectNode of(ApproverGroup group) {
        ObjectNode node = Json.object();
        texts(node, "members", group.members());
        texts(node, "includes", group.includes());
        return node;
    }

    private ObjectNode of(Webhook webhook) {
        ObjectNode node = Json.object();
        webhook.url().ifPresent(url -> node.set("url", mask.address(url)));
        webhook.urlCredentials().ifPresent(id -> node.put("urlCredentials", id));
        webhook.credentials().ifPresent(id -> node.put("credentials", id));
        texts(node, "environments", webhook.environments());
        texts(node, "events", webhook.events());
        webhook.template().ifPresent(template -> node.set("template", mask.hidden(template)));
        webhook.contentType().ifPresent(type -> node.put("contentType", type));
        return node;
    }

    private ObjectNode of(AuditSettings audit) {
        ObjectNode node = Json.object();
        audit.database().ifPresent(database -> {
            ObjectNode below = node.putObject("database");
            below.set("url", mask.database(database.url()));
            database.credentials().ifPresent(id -> below.put("credentials", id));
            below.put("poolSize", database.poolSize());
        });
        audit.retention().ifPresent(span -> span(node, "retention", span));
        audit.anchor().ifPresent(anchor -> node.set("anchor", of(anchor)));
        node.set("findings", of(audit.findings()));
        return node;
    }

    private ObjectNode of(Anchor anchor) {
        ObjectNode node = Json.object();
        anchor.file().ifPresent(file -> node.put("file", file));
        anchor.url().ifPresent(url -> node.set("url", mask.address(url)));
        anchor.credentials().ifPresent(id -> node.put("credentials", id));
        return node;
    }

    private ObjectNode of(FindingRules rules) {
        ObjectNode node = Json.object();
        span(node, "rubberStamp", rules.rubberStamp());
        node.put("refusals", rules.refusals());
        span(node, "refusalsWithin", rules.refusalsWithin());
        node.put("bypasses", rules.bypasses());
        span(node, "bypassesWithin", rules.bypassesWithin());
        node.put("mutualApprovals", rules.mutualApprovals());
        span(node, "mutualWithin", rules.mutualWithin());
        rules.officeHours().ifPresent(hours -> node.set("officeHours", checks.settings(hours)));
        return node;
    }

    private static void span(ObjectNode node, String field, Duration span) {
        node.put(field, TimeSpan.format(span));
    }

    static void text(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }

    static void texts(ObjectNode node, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = node.putArray(field);
            texts.forEach(array::add);
        }
    }
}
