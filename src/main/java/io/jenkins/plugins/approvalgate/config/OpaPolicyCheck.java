package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Asks an Open Policy Agent for its decision. */
public final class OpaPolicyCheck extends AskingCheck {

    private static final String KIND = "opaPolicy";

    private String path;
    private String credentialsHeader;
    private String whenDenied;

    @DataBoundConstructor
    public OpaPolicyCheck() {
        // all by setters
    }

    /** Below {@code /v1/data/}: {@code deploy/production}. */
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    /** The header that takes the secret text as it is; {@code null} for {@code Authorization}. */
    public String getCredentialsHeader() {
        return credentialsHeader;
    }

    @DataBoundSetter
    public void setCredentialsHeader(String credentialsHeader) {
        this.credentialsHeader = Util.fixEmptyAndTrim(credentialsHeader);
    }

    /** {@code wait}; {@code null} for {@code fail}. */
    public String getWhenDenied() {
        return whenDenied;
    }

    @DataBoundSetter
    public void setWhenDenied(String whenDenied) {
        this.whenDenied = Words.unless("fail", whenDenied);
    }

    @Override
    public CheckSpec toSpec() {
        return asking(KIND)
                .with("path", path)
                .with("credentialsHeader", credentialsHeader)
                .with("whenDenied", whenDenied)
                .build();
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends AskingCheckDescriptor {

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND)
                    .with("url", "https://example.org/")
                    .with("path", "deploy")
                    .with("credentials", "id")
                    .build());
        }

        @Override
        public String getDisplayName() {
            return Messages.OpaPolicyCheck_DisplayName();
        }

        public ListBoxModel doFillWhenDeniedItems() {
            return Words.list(
                    Words.option(Messages.OpaPolicyCheck_fail(), "fail"),
                    Words.option(Messages.OpaPolicyCheck_wait(), "wait"));
        }

        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            return check("path", value);
        }

        @POST
        public FormValidation doCheckCredentialsHeader(@QueryParameter String value) {
            return check("credentialsHeader", value);
        }
    }
}
