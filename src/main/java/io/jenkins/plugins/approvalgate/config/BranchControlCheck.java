package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Only builds of certain branches. */
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

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND).with("allowed", "main").build());
        }

        @Override
        public String getDisplayName() {
            return Messages.BranchControlCheck_DisplayName();
        }

        @POST
        public FormValidation doCheckAllowed(@QueryParameter String value) {
            return check("allowed", Texts.parse(value));
        }

        @POST
        public FormValidation doCheckExcluded(@QueryParameter String value) {
            return check("excluded", Texts.parse(value));
        }
    }
}
