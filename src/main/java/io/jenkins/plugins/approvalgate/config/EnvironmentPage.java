package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Descriptor.FormException;
import hudson.model.DescriptorVisibilityFilter;
import hudson.model.ModelObject;
import io.jenkins.plugins.approvalgate.engine.check.OwnChange;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import io.jenkins.plugins.approvalgate.host.EnvironmentAdministrators;
import jakarta.servlet.ServletException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;
import org.springframework.security.access.AccessDeniedException;

/**
 * An environment as its own administrators see and change it. Checks that ask others are named, and their addresses, headers
 * and bodies not shown.
 */
public final class EnvironmentPage implements ModelObject, StaplerProxy {

    private final ApprovalGateConfiguration configuration;
    private final EnvironmentItem item;

    EnvironmentPage(ApprovalGateConfiguration configuration, EnvironmentItem item) {
        this.configuration = configuration;
        this.item = item;
    }

    /** For nobody but its administrators, and those who may configure all environments. */
    @Override
    public Object getTarget() {
        requireAdministrator(item);
        return this;
    }

    /** @throws AccessDeniedException if the current user is none */
    static void requireAdministrator(EnvironmentItem item) {
        if (!Jenkins.get().hasPermission(ApprovalPermissions.CONFIGURE)
                && !EnvironmentAdministrators.includeCurrentUser(item.toEngine())) {
            throw new AccessDeniedException(Messages.EnvironmentPage_denied(item.getName()));
        }
    }

    @Override
    public String getDisplayName() {
        return Messages.EnvironmentPage_DisplayName(item.getName());
    }

    /** What the form shows in its fields. */
    public EnvironmentItem getItem() {
        return item.withChecks(OwnChecks.plain(item.getChecks()));
    }

    /** For the form: what can only stay as it is or be taken out. */
    public List<OwnChecks.Fixed> getFixedChecks() {
        return OwnChecks.fixed(item.getChecks());
    }

    /** Tells what the form was made of, and nothing of what it is. */
    public String getRevision() {
        return Revision.of(item);
    }

    /** Where its gates are, relative to Jenkins' root. */
    public String getOverview() {
        return "approvals/environments/" + Util.rawEncode(item.getName());
    }

    /** Takes the form. */
    @POST
    public HttpResponse doSubmit(StaplerRequest2 request) throws ServletException, FormException {
        requireAdministrator(item);
        new EnvironmentForm(configuration, item.getName()).submit(request, request.getSubmittedForm());
        return HttpResponses.redirectTo(request.getContextPath() + "/" + getOverview());
    }

    /** Kinds of checks that always ask others are not offered here. */
    @Extension
    public static final class Offered extends DescriptorVisibilityFilter {

        @Override
        @SuppressWarnings("rawtypes")
        public boolean filter(Object context, Descriptor descriptor) {
            return !(context instanceof EnvironmentPage)
                    || !(descriptor instanceof ApprovalCheckDescriptor check)
                    || !asks(check.getSample());
        }

        private static boolean asks(CheckSpec sample) {
            return OwnChange.asksOthers(EngineChecks.types(), sample);
        }
    }
}
