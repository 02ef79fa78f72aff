package io.jenkins.plugins.approvalgate.pages;

import hudson.Extension;
import hudson.model.RootAction;
import hudson.model.User;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.Builds;
import io.jenkins.plugins.approvalgate.host.JenkinsCaller;
import io.jenkins.plugins.approvalgate.host.SettingsSource;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import jenkins.security.stapler.StaplerDispatchable;
import jenkins.security.stapler.StaplerNotDispatchable;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** {@code /approvals/}: the inbox, the review pages, the matrix of environments, and the JSON API below {@code rest/}. */
@Extension
public final class ApprovalsRoot implements RootAction {

    private final WaitingCounts waiting = new WaitingCounts();

    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(Jenkins.READ) ? "symbol-approval-gate plugin-approval-gate" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ApprovalsRoot_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "approvals";
    }

    @Override
    public boolean isPrimaryAction() {
        return true;
    }

    /** How many gates wait for the current user; none at all for whom none does. */
    @Override
    public Badge getBadge() {
        long waiting = waiting();
        return waiting == 0
                ? null
                : new Badge(Long.toString(waiting), Messages.ApprovalsRoot_waiting(waiting), Badge.Severity.WARNING);
    }

    /** The number in the header, for {@code action.jelly}; {@code null} for those for whom nothing can ever wait. */
    @StaplerNotDispatchable
    public HeaderBadge getHeaderBadge() {
        return User.current() == null ? null : new HeaderBadge(waiting());
    }

    private long waiting() {
        return User.current() == null ? 0 : waiting.of(new JenkinsCaller());
    }

    /**
     * The inbox. Not by a view of this class: Stapler would read that, and all of Jenkins' layout with it, before it passes
     * the first request on to the API, and right after a start somebody waits for just that.
     */
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        Shell inbox = new Shell("inbox", "", "", userId(), getDisplayName());
        request.getView(inbox, "index.jelly").forward(request, response);
    }

    /** The id of the current user; empty for the anonymous one. */
    private static String userId() {
        return Optional.ofNullable(User.current()).map(User::getId).orElse("");
    }

    /** {@code /approvals/environments/…} Jenkins takes only what it knows to be a page, or is told to be one, for one. */
    @StaplerDispatchable
    public EnvironmentPages getEnvironments() {
        return new EnvironmentPages();
    }

    /** The matrix, and below it a page for each environment. */
    public static final class EnvironmentPages {
        private EnvironmentPages() {}

        public Shell getShell() {
            return new Shell("environments", "", "", userId(), Messages.Shell_environments());
        }

        /** @return {@code null} for an environment that is not configured */
        public Shell getDynamic(String name) {
            boolean known = SettingsSource.current().environments().stream()
                    .anyMatch(environment -> environment.name().equals(name));
            return known ? new Shell("environment", "", name, userId(), name) : null;
        }
    }

    /** {@code /approvals/audit/} Whoever may not see the audit learns so from the API. */
    @StaplerDispatchable
    public AuditPage getAudit() {
        return new AuditPage();
    }

    /** What is on record, to be searched. */
    public static final class AuditPage {
        private AuditPage() {}

        public Shell getShell() {
            return new Shell("audit", "", "", userId(), Messages.Shell_audit());
        }
    }

    /** {@code /approvals/findings/} As with the audit. */
    @StaplerDispatchable
    public FindingsPage getFindings() {
        return new FindingsPage();
    }

    /** What was found suspicious. */
    public static final class FindingsPage {
        private FindingsPage() {}

        public Shell getShell() {
            return new Shell("findings", "", "", userId(), Messages.Shell_findings());
        }
    }

    /** {@code /approvals/charts/} As with the audit. */
    @StaplerDispatchable
    public ChartsPage getCharts() {
        return new ChartsPage();
    }

    /** The figures over all environments. */
    public static final class ChartsPage {
        private ChartsPage() {}

        public Shell getShell() {
            return new Shell("charts", "", "", userId(), Messages.Shell_charts());
        }
    }

    /** {@code /approvals/gates/…} Has nothing but what is below it, so Jenkins would not take it for something to route to. */
    @StaplerDispatchable
    public GatePages getGates() {
        return new GatePages();
    }

    /** Review pages, a gate each; whoever may not see the gate is told the same as if there were none. */
    public static final class GatePages {
        private GatePages() {}

        /** @return {@code null} for a gate that does not exist for the current user */
        public Shell getDynamic(String id) throws IOException, Refusal {
            GateKeeper keeper = ApprovalGates.get().keeperOrExplain();
            Optional<Gate> gate = keeper.find(id).filter(found -> Builds.mayRead(found.request()));
            return gate.map(found -> new Shell("gate", id, "", userId(), found.request().environment()))
                    .orElse(null);
        }
    }

    /** The JSON API. For anything but reading, Jenkins' crumb filter has seen the request before it comes here. */
    public void doRest(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        RestEndpoint.serve(request, response);
    }
}
