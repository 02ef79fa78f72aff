package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Not during a freeze of changes. */
public final class ChangeFreezeCheck extends ApprovalCheck {

    static final String KIND = "changeFreeze";

    private List<FreezeWindow> windows = new ArrayList<>();
    private List<RecurringFreeze> recurring = new ArrayList<>();
    private String timeZone;
    private String calendar;
    private String refresh;
    private String credentials;
    private String approvals;

    @DataBoundConstructor
    public ChangeFreezeCheck() {
        // all by setters
    }

    public List<FreezeWindow> getWindows() {
        return Util.fixNull(windows);
    }

    @DataBoundSetter
    public void setWindows(List<FreezeWindow> windows) {
        this.windows = new ArrayList<>(Util.fixNull(windows));
    }

    public List<RecurringFreeze> getRecurring() {
        return Util.fixNull(recurring);
    }

    @DataBoundSetter
    public void setRecurring(List<RecurringFreeze> recurring) {
        this.recurring = new ArrayList<>(Util.fixNull(recurring));
    }

    /** Of the windows and the recurring freezes. */
    public String getTimeZone() {
        return timeZone;
    }

    @DataBoundSetter
    public void setTimeZone(String timeZone) {
        this.timeZone = Util.fixEmptyAndTrim(timeZone);
    }

    /** The address of an {@code .ics} file. */
    public String getCalendar() {
        return calendar;
    }

    @DataBoundSetter
    public void setCalendar(String calendar) {
        this.calendar = Util.fixEmptyAndTrim(calendar);
    }

    public String getRefresh() {
        return refresh;
    }

    @DataBoundSetter
    public void setRefresh(String refresh) {
        this.refresh = Util.fixEmptyAndTrim(refresh);
    }

    public String getCredentials() {
        return credentials;
    }

    @DataBoundSetter
    public void setCredentials(String credentials) {
        this.credentials = Util.fixEmptyAndTrim(credentials);
    }

    /** {@code refuse}; {@code null} for {@code defer}. */
    public String getApprovals() {
        return approvals;
    }

    @DataBoundSetter
    public void setApprovals(String approvals) {
        this.approvals = Words.unless("defer", approvals);
    }

    @Override
    public CheckSpec toSpec() {
        return SpecBuilder.of(KIND)
                .with("windows", getWindows().stream().map(FreezeWindow::settings).toList())
                .with("recurring", getRecurring().stream().map(RecurringFreeze::settings).toList())
                .with("timeZone", timeZone)
                .with("calendar", calendar)
                .with("refresh", refresh)
                .with("credentials", credentials)
                .with("approvals", approvals)
                .build();
    }

    /** To check its parts by. */
    static DescriptorImpl descriptor() {
        return (DescriptorImpl) Jenkins.get().getDescriptorOrDie(ChangeFreezeCheck.class);
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends ApprovalCheckDescriptor {

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND)
                    .with("windows", List.of(Map.of("from", "2026-12-24", "to", "2026-12-27")))
                    .with("timeZone", "UTC")
                    .with("calendar", "https://example.org/freezes.ics")
                    .build());
        }

        @Override
        public String getDisplayName() {
            return Messages.ChangeFreezeCheck_DisplayName();
        }

        public AutoCompletionCandidates doAutoCompleteTimeZone(@QueryParameter String value) {
            return Words.timeZones(value);
        }

        public ListBoxModel doFillApprovalsItems() {
            return Words.list(
                    Words.option(Messages.ChangeFreezeCheck_defer(), "defer"),
                    Words.option(Messages.ChangeFreezeCheck_refuse(), "refuse"));
        }

        @POST
        public ListBoxModel doFillCredentialsItems(@QueryParameter String credentials) {
            return CredentialsField.items(credentials);
        }

        @POST
        public FormValidation doCheckCredentials(@QueryParameter String value) {
            return CredentialsField.check(value);
        }

        /** Whether one is needed, the form knows only when it is saved. */
        @POST
        public FormValidation doCheckTimeZone(@QueryParameter String value) {
            return value.isBlank() ? FormValidation.ok() : check("timeZone", value);
        }

        @POST
        public FormValidation doCheckCalendar(@QueryParameter String value) {
            return check("calendar", value);
        }

        @POST
        public FormValidation doCheckRefresh(@QueryParameter String value) {
            return check("refresh", value);
        }

        /** What the engine says of one setting of a part: {@code windows[0].from}. */
        FormValidation checkPart(String list, Map<String, Object> part, String setting) {
            return check(
                    () -> SpecBuilder.of(KIND).with("timeZone", "UTC"), list, List.of(part), list + "[0]." + setting);
        }
    }
}
