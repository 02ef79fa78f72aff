package io.jenkins.plugins.approvalgate.config;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.approvalgate.engine.audit.history.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** What the page of those who may configure environments sends. */
final class ConfigurationForm {

    private final ApprovalGateConfiguration configuration;

    ConfigurationForm(ApprovalGateConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Takes it as the current user's, if everything is still as the form shows it; a script that sends no revision does not care.
     *
     * @throws FormException if it cannot be meant or recorded; nothing is changed then
     */
    void submit(StaplerRequest2 request, JSONObject form) throws FormException {
        List<ApproverGroupItem> groups = items(ApproverGroupItem.class, request, form, "approverGroups");
        List<EnvironmentItem> environments = items(EnvironmentItem.class, request, form, "environments");
        List<WebhookItem> webhooks = items(WebhookItem.class, request, form, "webhooks");
        List<AuditItem> audit = items(AuditItem.class, request, form, "audit");
        if (!audit.isEmpty() && !Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            throw new FormException(Messages.ConfigurationForm_auditForAdministrators(), "audit");
        }
        String shown = form.optString("revision");
        try {
            configuration.replace(
                    now -> {
                        if (!shown.isEmpty() && !shown.equals(Revision.of(now))) {
                            throw new IllegalArgumentException(Messages.ConfigurationForm_changedMeanwhile());
                        }
                        Parts next = new Parts(groups, environments, webhooks, audit.isEmpty() ? now.audit() : usual(audit.get(0)));
                        next.requireConsistent();
                        return next;
                    },
                    Source.PAGE);
        } catch (IllegalArgumentException | IOException impossible) {
            throw new FormException(impossible.getMessage(), impossible, "environments");
        }
    }

    /** What says nothing is not kept, and so not exported. */
    private static AuditItem usual(AuditItem sent) {
        return sent.isEmpty() ? null : sent;
    }

    private static <T extends Describable<T>> List<T> items(
            Class<T> type, StaplerRequest2 request, JSONObject form, String field) throws FormException {
        List<T> items = new ArrayList<>();
        for (JSONObject item : Lines.objects(form, field)) {
            @SuppressWarnings("unchecked")
            Descriptor<T> descriptor = (Descriptor<T>) Jenkins.get().getDescriptorOrDie(type);
            items.add(descriptor.newInstance(request, item));
        }
        return items;
    }
}
