package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Asks an address over HTTP, and compares what it answers. */
public final class RestCheck extends AskingCheck {

    private static final String KIND = "restCheck";

    private String method;
    private Headers headers;
    private String body;
    private String credentialsHeader;
    private Texts statuses;
    private TextLines success;
    private String otherwise;

    @DataBoundConstructor
    public RestCheck() {
        // all by setters
    }

    public String getMethod() {
        return method;
    }

    @DataBoundSetter
    public void setMethod(String method) {
        this.method = Util.fixEmptyAndTrim(method);
    }

    public Headers getHeaders() {
        return headers;
    }

    @DataBoundSetter
    public void setHeaders(Headers headers) {
        this.headers = headers;
    }

    public String getBody() {
        return body;
    }

    @DataBoundSetter
    public void setBody(String body) {
        this.body = Util.fixEmptyAndTrim(body);
    }

    /** The header that takes the secret text as it is; {@code null} for {@code Authorization}. */
    public String getCredentialsHeader() {
        return credentialsHeader;
    }

    @DataBoundSetter
    public void setCredentialsHeader(String credentialsHeader) {
        this.credentialsHeader = Util.fixEmptyAndTrim(credentialsHeader);
    }

    /** {@code 200-299}, {@code 404}. */
    public Texts getStatuses() {
        return statuses;
    }

    @DataBoundSetter
    public void setStatuses(Texts statuses) {
        this.statuses = statuses;
    }

    /** Each a JSON Pointer, an operator and a JSON literal: {@code /state == "ok"}. */
    public TextLines getSuccess() {
        return success;
    }

    @DataBoundSetter
    public void setSuccess(TextLines success) {
        this.success = success;
    }

    /** {@code fail}; {@code null} for {@code wait}. */
    public String getOtherwise() {
        return otherwise;
    }

    @DataBoundSetter
    public void setOtherwise(String otherwise) {
        this.otherwise = Words.unless("wait", otherwise);
    }

    @Override
    public CheckSpec toSpec() {
        return asking(KIND)
                .with("method", method)
                .with("headers", headers)
                .with("body", body)
                .with("credentialsHeader", credentialsHeader)
                .with("statuses", statuses)
                .with("success", success)
                .with("otherwise", otherwise)
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
            return Messages.RestCheck_DisplayName();
        }

        public ListBoxModel doFillMethodItems() {
            ListBoxModel methods = Words.list(Words.option(Messages.RestCheck_usualMethod(), ""));
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE").forEach(methods::add);
            return methods;
        }

        public ListBoxModel doFillOtherwiseItems() {
            return Words.list(
                    Words.option(Messages.RestCheck_wait(), "wait"),
                    Words.option(Messages.RestCheck_fail(), "fail"));
        }

        @POST
        public FormValidation doCheckHeaders(@QueryParameter String value) {
            return check("headers", Headers.parse(value));
        }

        @POST
        public FormValidation doCheckCredentialsHeader(@QueryParameter String value) {
            return check("credentialsHeader", value);
        }

        @POST
        public FormValidation doCheckStatuses(@QueryParameter String value) {
            return check("statuses", Texts.parse(value));
        }

        @POST
        public FormValidation doCheckSuccess(@QueryParameter String value, @QueryParameter String method) {
            return check(
                    () -> SpecBuilder.of(KIND).with("url", "https://example.org/").with("method", method),
                    "success",
                    TextLines.parse(value));
        }

        @POST
        public FormValidation doCheckBody(
                @QueryParameter String value, @QueryParameter String method, @QueryParameter String headers) {
            return check(
                    () -> SpecBuilder.of(KIND)
                            .with("url", "https://example.org/")
                            .with("method", method)
                            .with("headers", Headers.parse(headers)),
                    "body",
                    value);
        }
    }
}
