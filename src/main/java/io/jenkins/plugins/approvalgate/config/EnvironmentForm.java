package io.jenkins.plugins.approvalgate.config;

import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.approvalgate.engine.audit.history.Source;
import io.jenkins.plugins.approvalgate.engine.check.OwnChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** What the page of an environment's own administrators sends. */
final class EnvironmentForm {

    private final ApprovalGateConfiguration configuration;
    private final String name;

    EnvironmentForm(ApprovalGateConfiguration configuration, String name) {
        this.configuration = configuration;
        this.name = name;
    }

    /**
     * Takes it, if the environment is still as the form shows it: so nobody loses what somebody else has changed meanwhile, and
     * whoever is no administrator any more changes nothing.
     *
     * @throws FormException if it may not be, or cannot be meant or recorded; nothing is changed then
     */
    void submit(StaplerRequest2 request, JSONObject form) throws FormException {
        for (String fixed : List.of("name", "administrators")) {
            if (form.has(fixed)) {
                throw new FormException(Messages.EnvironmentForm_fixed(fixed), fixed);
            }
        }
        EnvironmentDescriptor descriptor =
                (EnvironmentDescriptor) Jenkins.get().getDescriptorOrDie(EnvironmentItem.class);
        form.put("name", name);
        EnvironmentItem sent = descriptor.newInstance(request, form);
        List<JSONObject> fixedChecks = Lines.objects(form, "fixedChecks");
        String revision = form.optString("revision");
        try {
            configuration.replace(now -> changed(now, sent, fixedChecks, revision), Source.ENVIRONMENT_PAGE);
        } catch (IllegalArgumentException | IOException impossible) {
            throw new FormException(impossible.getMessage(), impossible, "checks");
        }
    }

    private Parts changed(Parts now, EnvironmentItem sent, List<JSONObject> fixedChecks, String revision) {
        List<EnvironmentItem> environments = new ArrayList<>(now.environments());
        int at = 0;
        while (at < environments.size() && !environments.get(at).getName().equals(name)) {
            at++;
        }
        if (at == environments.size() || !Revision.of(environments.get(at)).equals(revision)) {
            throw new IllegalArgumentException(Messages.EnvironmentForm_changedMeanwhile(name));
        }
        EnvironmentItem before = environments.get(at);
        EnvironmentItem after =
                sent.withChecks(OwnChecks.merged(before.getChecks(), OwnChecks.removed(fixedChecks), sent.getChecks()));
        after.setAdministrators(before.getAdministrators());
        OwnChange.whyNot(EngineChecks.types(), before.toEngine(), after.toEngine()).ifPresent(refused -> {
            throw new IllegalArgumentException(refused);
        });
        environments.set(at, after);
        Parts next = now.withEnvironments(environments);
        next.requireConsistent();
        return next;
    }
}
