package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Only builds of certain jobs, by patterns over their full names. */
public final class AllowedJobsCheck extends PatternsCheck {

    private static final String KIND = "allowedJobs";

    @DataBoundConstructor
    public AllowedJobsCheck() {
        // all by setters
    }

    @Override
    public CheckSpec toSpec() {
        return patterns(KIND);
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends PatternsCheckDescriptor {

        public DescriptorImpl() {
            super(KIND, "team/app");
        }

        @Override
        public String getDisplayName() {
            return Messages.AllowedJobsCheck_DisplayName();
        }
    }
}
