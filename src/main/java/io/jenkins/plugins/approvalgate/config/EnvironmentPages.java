package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.approvalgate.host.EnvironmentAdministrators;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code /approval-environments/NAME/}: a page for each environment, for its own administrators. Nothing links here but these pages. */
@Extension
public final class EnvironmentPages implements RootAction {

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.EnvironmentPages_DisplayName();
    }

    @Override
    public String getUrlName() {
        return EnvironmentAdministrators.PAGES;
    }

    /** There is no list here: it is among the approvals. */
    public HttpResponse doIndex(StaplerRequest2 request) {
        return HttpResponses.redirectTo(request.getContextPath() + "/approvals/environments/");
    }

    /** @return {@code null} for an environment that is not configured */
    public EnvironmentPage getDynamic(String name) {
        ApprovalGateConfiguration configuration = GlobalConfiguration.all().getInstance(ApprovalGateConfiguration.class);
        Optional<EnvironmentItem> item = configuration.getEnvironments().stream()
                .filter(environment -> environment.getName().equals(name))
                .findFirst();
        return item.map(found -> new EnvironmentPage(configuration, found)).orElse(null);
    }
}
