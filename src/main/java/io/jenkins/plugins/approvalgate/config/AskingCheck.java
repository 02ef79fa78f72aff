package io.jenkins.plugins.approvalgate.config;

import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/** What the checks that ask somebody over HTTP have in common. */
public abstract class AskingCheck extends ApprovalCheck {

    private String url;
    private String credentials;
    private String connectTimeout;
    private String timeout;
    private WholeNumber retries;
    private String interval;

    public String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    /** The id of a credential; {@code null} for none. */
    public String getCredentials() {
        return credentials;
    }

    @DataBoundSetter
    public void setCredentials(String credentials) {
        this.credentials = Util.fixEmptyAndTrim(credentials);
    }

    public String getConnectTimeout() {
        return connectTimeout;
    }

    @DataBoundSetter
    public void setConnectTimeout(String connectTimeout) {
        this.connectTimeout = Util.fixEmptyAndTrim(connectTimeout);
    }

    /** Of one attempt. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    /** After the first attempt; {@code null} for as many as the engine sees fit. */
    public WholeNumber getRetries() {
        return retries;
    }

    @DataBoundSetter
    public void setRetries(WholeNumber retries) {
        this.retries = retries;
    }

    /** After an answer that says to wait. */
    public String getInterval() {
        return interval;
    }

    @DataBoundSetter
    public void setInterval(String interval) {
        this.interval = Util.fixEmptyAndTrim(interval);
    }

    /** A check of {@code kind} that says all of the above. */
    final SpecBuilder asking(String kind) {
        return SpecBuilder.of(kind)
                .with("url", url)
                .with("credentials", credentials)
                .with("connectTimeout", connectTimeout)
                .with("timeout", timeout)
                .with("retries", retries)
                .with("interval", interval);
    }
}
