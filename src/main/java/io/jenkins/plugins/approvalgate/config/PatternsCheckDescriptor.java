package io.jenkins.plugins.approvalgate.config;

import hudson.util.FormValidation;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form's side of the checks by patterns. */
public abstract class PatternsCheckDescriptor extends ApprovalCheckDescriptor {

    /** @param allowed a pattern that the engine takes */
    PatternsCheckDescriptor(String kind, String allowed) {
        super(SpecBuilder.of(kind).with("allowed", allowed).build());
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
