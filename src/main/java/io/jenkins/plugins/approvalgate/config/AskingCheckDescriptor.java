package io.jenkins.plugins.approvalgate.config;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form's side of what the checks that ask somebody over HTTP have in common. */
public abstract class AskingCheckDescriptor extends ApprovalCheckDescriptor {

    AskingCheckDescriptor(CheckSpec sample) {
        super(sample);
    }

    /** What the engine takes where nothing stands, to be shown in the empty field. */
    public String getUsualInterval() {
        return "5m";
    }

    @POST
    public ListBoxModel doFillCredentialsItems(@QueryParameter String credentials) {
        return CredentialsField.items(credentials);
    }

    @POST
    public FormValidation doCheckCredentials(@QueryParameter String value) {
        return CredentialsField.check(value);
    }

    @POST
    public FormValidation doCheckUrl(@QueryParameter String value) {
        return check("url", value);
    }

    @POST
    public FormValidation doCheckConnectTimeout(@QueryParameter String value) {
        return check("connectTimeout", value);
    }

    @POST
    public FormValidation doCheckTimeout(@QueryParameter String value) {
        return check("timeout", value);
    }

    @POST
    public FormValidation doCheckRetries(@QueryParameter String value) {
        return check("retries", WholeNumber.parse(value));
    }

    @POST
    public FormValidation doCheckInterval(@QueryParameter String value) {
        return check("interval", value);
    }
}
