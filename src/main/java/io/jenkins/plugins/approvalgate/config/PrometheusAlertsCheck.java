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

/** Waits until none of certain alerts fires. */
public final class PrometheusAlertsCheck extends AskingCheck {

    private static final String KIND = "prometheusAlerts";

    private String selector;
    private String quietFor;
    private String credentialsHeader;

    @DataBoundConstructor
    public PrometheusAlertsCheck() {
        // all by setters
    }

    /** As PromQL writes it, without braces: {@code env="prod"}. */
    public String getSelector() {
        return selector;
    }

    @DataBoundSetter
    public void setSelector(String selector) {
        this.selector = Util.fixEmptyAndTrim(selector);
    }

    public String getQuietFor() {
        return quietFor;
    }

    @DataBoundSetter
    public void setQuietFor(String quietFor) {
        this.quietFor = Util.fixEmptyAndTrim(quietFor);
    }

    /** The header that takes the secret text as it is; {@code null} for {@code Authorization}. */
    public String getCredentialsHeader() {
        return credentialsHeader;
    }

    @DataBoundSetter
    public void setCredentialsHeader(String credentialsHeader) {
        this.credentialsHeader = Util.fixEmptyAndTrim(credentialsHeader);
    }

    @Override
    public CheckSpec toSpec() {
        return asking(KIND)
                .with("selector", selector)
                .with("quietFor", quietFor)
                .with("credentialsHeader", credentialsHeader)
                .build();
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends AskingCheckDescriptor {

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND).with("url", "https://example.org/").with("credentials", "id").build());
        }

        @Override
        public String getDisplayName() {
            return Messages.PrometheusAlertsCheck_DisplayName();
        }

        @Override
        public String getUsualInterval() {
            return "1m";
        }

        @POST
        public FormValidation doCheckSelector(@QueryParameter String value) {
            return check("selector", value);
        }

        @POST
        public FormValidation doCheckQuietFor(@QueryParameter String value) {
            return check("quietFor", value);
        }

        @POST
        public FormValidation doCheckCredentialsHeader(@QueryParameter String value) {
            return check("credentialsHeader", value);
        }
    }
}
