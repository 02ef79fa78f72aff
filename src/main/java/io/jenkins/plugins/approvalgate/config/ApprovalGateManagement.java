package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.model.Descriptor.FormException;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import jakarta.servlet.ServletException;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The page <em>Manage Jenkins</em>, <em>Approval Gate</em>: for those with the permission to configure environments. */
@Extension
@Symbol("approvalGateManagement")
public final class ApprovalGateManagement extends ManagementLink implements StaplerProxy {

    @Override
    public String getDisplayName() {
        return Messages.ApprovalGateManagement_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.ApprovalGateManagement_Description();
    }

    @Override
    public String getIconFileName() {
        return "symbol-approval-gate plugin-approval-gate";
    }

    @Override
    public String getUrlName() {
        return "approval-gate";
    }

    @Override
    public Category getCategory() {
        return Category.SECURITY;
    }

    @Override
    public Permission getRequiredPermission() {
        return ApprovalPermissions.CONFIGURE;
    }

    /** Nothing below this page exists for anybody else. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(ApprovalPermissions.CONFIGURE);
        return this;
    }

    public ApprovalGateConfiguration getConfiguration() {
        return GlobalConfiguration.all().getInstance(ApprovalGateConfiguration.class);
    }

    /** Tells what the form was made of, and nothing of what it is. */
    public String getRevision() {
        return getConfiguration().revision();
    }

    /** Takes the form. */
    @POST
    public HttpResponse doSubmit(StaplerRequest2 request) throws ServletException, FormException {
        Jenkins.get().checkPermission(ApprovalPermissions.CONFIGURE);
        new ConfigurationForm(getConfiguration()).submit(request, request.getSubmittedForm());
        return HttpResponses.redirectTo(request.getContextPath() + "/manage/" + getUrlName() + "/");
    }
}
