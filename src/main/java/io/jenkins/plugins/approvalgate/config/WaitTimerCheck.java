package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Not before some time after the request. */
public final class WaitTimerCheck extends ApprovalCheck {

    private static final String KIND = "waitTimer";

    private String duration;

    @DataBoundConstructor
    public WaitTimerCheck() {
        // all by setters
    }

    public String getDuration() {
        return duration;
    }

    @DataBoundSetter
    public void setDuration(String duration) {
        this.duration = Util.fixEmptyAndTrim(duration);
    }

    @Override
    public CheckSpec toSpec() {
        return SpecBuilder.of(KIND).with("duration", duration).build();
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends ApprovalCheckDescriptor {

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND).with("duration", "10m").build());
        }

        @Override
        public String getDisplayName() {
            return Messages.WaitTimerCheck_DisplayName();
        }

        @POST
        public FormValidation doCheckDuration(@QueryParameter String value) {
            return check("duration", value);
        }
    }
}
