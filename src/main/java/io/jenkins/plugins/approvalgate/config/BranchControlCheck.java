package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Only builds of certain branches. */
public final class BranchControlCheck extends PatternsCheck {

    private static final String KIND = "branchControl";

    @DataBoundConstructor
    public BranchControlCheck() {
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
            super(KIND, "main");
        }

        @Override
        public String getDisplayName() {
            return Messages.BranchControlCheck_DisplayName();
        }
    }
}
