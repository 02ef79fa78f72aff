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

/** A freeze of changes that happens once. */
public final class FreezeWindow extends AbstractDescribableImpl<FreezeWindow> {

    private String from;
    private String to;
    private String reason;

    @DataBoundConstructor
    public FreezeWindow() {
        // all by setters
    }

    /** A local time {@code 2026-12-20T18:00}, or a day from its begin. */
    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixEmptyAndTrim(from);
    }

    /** A local time, or a day to its end. */
    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = Util.fixEmptyAndTrim(to);
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
                .with("from", from)
                .with("to", to)
                .with("reason", reason)
                .settings();
    }

    /** The form's side. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<FreezeWindow> {

        @Override
        public String getDisplayName() {
            return Messages.FreezeWindow_DisplayName();
        }

        @POST
        public FormValidation doCheckFrom(@QueryParameter String value) {
            // Without an end it says that the end is missing, if the begin can be meant.
            return check(value, "", "from");
        }

        @POST
        public FormValidation doCheckTo(@QueryParameter String value, @QueryParameter String from) {
            return check(from, value, "to");
        }

        private static FormValidation check(String from, String to, String setting) {
            FreezeWindow window = new FreezeWindow();
            window.setFrom(from);
            window.setTo(to);
            return ChangeFreezeCheck.descriptor().checkPart("windows", window.settings(), setting);
        }
    }
}
