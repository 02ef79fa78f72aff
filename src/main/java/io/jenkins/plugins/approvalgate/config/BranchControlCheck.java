package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Only builds of these branches. */
public final class BranchControlCheck extends ApprovalCheck {

    private static final String KIND = "branchControl";

    private Texts allowed;
    private Texts excluded;

    @DataBoundConstructor
    public BranchControlCheck() {
        // all by setters
    }

    public Texts getAllowed() {
        return allowed;
    }

    @DataBoundSetter
    public void setAllowed(Texts allowed) {
        this.allowed = allowed;
    }

    public Texts getExcluded() {
        return excluded;
    }

    @DataBoundSetter
    public void setExcluded(Texts excluded) {
        this.excluded = excluded;
    }

    @Override
    public CheckSpec toSpec() {
        return SpecBuilder.of(KIND).with("allowed", allowed).with("excluded", excluded).build();
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends ApprovalCheckDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.BranchControlCheck_DisplayName();
        }
    }
}
