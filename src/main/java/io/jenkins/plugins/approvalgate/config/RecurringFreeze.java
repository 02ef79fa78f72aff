package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A freeze of changes that happens again and again. */
public final class RecurringFreeze extends AbstractDescribableImpl<RecurringFreeze> {

    private String start;
    private String duration;
    private String rule;
    private String reason;

    @DataBoundConstructor
    public RecurringFreeze() {
        // all by setters
    }

    /** The local time of the first: {@code 2026-01-30T18:00}. */
    public String getStart() {
        return start;
    }

    @DataBoundSetter
    public void setStart(String start) {
        this.start = Util.fixEmptyAndTrim(start);
    }

    public String getDuration() {
        return duration;
    }

    @DataBoundSetter
    public void setDuration(String duration) {
        this.duration = Util.fixEmptyAndTrim(duration);
    }

    /** An RRULE of iCalendar (RFC 5545): {@code FREQ=MONTHLY;BYDAY=-1FR}. */
    public String getRule() {
        return rule;
    }

    @DataBoundSetter
    public void setRule(String rule) {
        this.rule = Util.fixEmptyAndTrim(rule);
    }

    /** Shown to those who wait. */
    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    /** As the engine reads it. */
    Map<String, Object> settings() {
        return SpecBuilder.of(ChangeFreezeCheck.KIND)
                .with("start", start)
                .with("duration", duration)
                .with("rule", rule)
                .with("reason", reason)
                .settings();
    }

    /** The form's side. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<RecurringFreeze> {

        @Override
        public String getDisplayName() {
            return Messages.RecurringFreeze_DisplayName();
        }

        @POST
        public FormValidation doCheckStart(@QueryParameter String value) {
            return check("start", value);
        }

        @POST
        public FormValidation doCheckDuration(@QueryParameter String value) {
            return check("duration", value);
        }

        @POST
        public FormValidation doCheckRule(@QueryParameter String value) {
            return check("rule", value);
        }

        private static FormValidation check(String setting, String value) {
            RecurringFreeze freeze = new RecurringFreeze();
            freeze.setStart("2026-01-02T18:00");
            freeze.setDuration("1d");
            freeze.setRule("FREQ=WEEKLY");
            Map<String, Object> settings = freeze.settings();
            settings.put(setting, value);
            return ChangeFreezeCheck.descriptor().checkPart("recurring", settings, setting);
        }
    }
}
