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

/** Calls a function, which says whether the gate opens: at once, or later on an address of its own. */
public final class FunctionCheck extends AskingCheck {

    private static final String KIND = "functionCheck";

    private String keyHeader;
    private Headers headers;
    private String body;
    private boolean callback;
    private String callbackWithin;

    @DataBoundConstructor
    public FunctionCheck() {
        // all by setters
    }

    /** The header that takes the key; {@code null} for {@code x-functions-key}. */
    public String getKeyHeader() {
        return keyHeader;
    }

    @DataBoundSetter
    public void setKeyHeader(String keyHeader) {
        this.keyHeader = Util.fixEmptyAndTrim(keyHeader);
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

    /** Whether the function answers later. */
    public boolean isCallback() {
        return callback;
    }

    @DataBoundSetter
    public void setCallback(boolean callback) {
        this.callback = callback;
    }

    public String getCallbackWithin() {
        return callbackWithin;
    }

    @DataBoundSetter
    public void setCallbackWithin(String callbackWithin) {
        this.callbackWithin = Util.fixEmptyAndTrim(callbackWithin);
    }

    @Override
    public CheckSpec toSpec() {
        return asking(KIND)
                .with("keyHeader", keyHeader)
                .with("headers", headers)
                .with("body", body)
                .with("callback", callback)
                .with("callbackWithin", callbackWithin)
                .build();
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends AskingCheckDescriptor {

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND)
                    .with("url", "https://example.org/")
                    .with("credentials", "id")
                    .with("callback", true)
                    .build());
        }

        @Override
        public String getDisplayName() {
            return Messages.FunctionCheck_DisplayName();
        }

        @POST
        public FormValidation doCheckKeyHeader(@QueryParameter String value) {
            return check("keyHeader", value);
        }

        @POST
        public FormValidation doCheckHeaders(@QueryParameter String value) {
            return check("headers", Headers.parse(value));
        }

        @POST
        public FormValidation doCheckBody(
                @QueryParameter String value, @QueryParameter String headers, @QueryParameter boolean callback) {
            return check(
                    () -> SpecBuilder.of(KIND)
                            .with("url", "https://example.org/")
                            .with("headers", Headers.parse(headers))
                            .with("callback", callback),
                    "body",
                    value);
        }

        @POST
        public FormValidation doCheckCallbackWithin(@QueryParameter String value) {
            return check("callbackWithin", value);
        }
    }
}
