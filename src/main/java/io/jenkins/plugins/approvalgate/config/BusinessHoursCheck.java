package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Only at certain hours of certain days. */
public final class BusinessHoursCheck extends ApprovalCheck {

    private static final String KIND = "businessHours";

    private String days;
    private String from;
    private String to;
    private String timeZone;
    private Texts holidays;
    private Texts closedDates;
    private String outside;

    @DataBoundConstructor
    public BusinessHoursCheck() {
        // all by setters
    }

    public String getDays() {
        return days;
    }

    @DataBoundSetter
    public void setDays(String days) {
        this.days = Util.fixEmptyAndTrim(days);
    }

    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixEmptyAndTrim(from);
    }

    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = Util.fixEmptyAndTrim(to);
    }

    public String getTimeZone() {
        return timeZone;
    }

    @DataBoundSetter
    public void setTimeZone(String timeZone) {
        this.timeZone = Util.fixEmptyAndTrim(timeZone);
    }

    /** Countries and regions of ISO 3166: {@code US}, {@code DE-BY}. */
    public Texts getHolidays() {
        return holidays;
    }

    @DataBoundSetter
    public void setHolidays(Texts holidays) {
        this.holidays = holidays;
    }

    public Texts getClosedDates() {
        return closedDates;
    }

    @DataBoundSetter
    public void setClosedDates(Texts closedDates) {
        this.closedDates = closedDates;
    }

    /** {@code refuse}; {@code null} for {@code defer}. */
    public String getOutside() {
        return outside;
    }

    @DataBoundSetter
    public void setOutside(String outside) {
        this.outside = Words.unless("defer", outside);
    }

    @Override
    public CheckSpec toSpec() {
        return SpecBuilder.of(KIND)
                .with("days", days)
                .with("from", from)
                .with("to", to)
                .with("timeZone", timeZone)
                .with("holidays", holidays)
                .with("closedDates", closedDates)
                .with("outside", outside)
                .build();
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends ApprovalCheckDescriptor {

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND).with("from", "09:00").with("to", "17:00").with("timeZone", "UTC").build());
        }

        @Override
        public String getDisplayName() {
            return Messages.BusinessHoursCheck_DisplayName();
        }

        public AutoCompletionCandidates doAutoCompleteTimeZone(@QueryParameter String value) {
            return Words.timeZones(value);
        }

        public ListBoxModel doFillOutsideItems() {
            return Words.list(
                    Words.option(Messages.BusinessHoursCheck_defer(), "defer"),
                    Words.option(Messages.BusinessHoursCheck_refuse(), "refuse"));
        }

        @POST
        public FormValidation doCheckDays(@QueryParameter String value) {
            return check("days", value);
        }

        @POST
        public FormValidation doCheckFrom(@QueryParameter String value) {
            return check("from", value);
        }

        @POST
        public FormValidation doCheckTo(@QueryParameter String value) {
            return check("to", value);
        }

        @POST
        public FormValidation doCheckTimeZone(@QueryParameter String value) {
            return check("timeZone", value);
        }

        @POST
        public FormValidation doCheckHolidays(@QueryParameter String value) {
            return check("holidays", Texts.parse(value));
        }

        @POST
        public FormValidation doCheckClosedDates(@QueryParameter String value) {
            return check("closedDates", Texts.parse(value));
        }
    }
}
