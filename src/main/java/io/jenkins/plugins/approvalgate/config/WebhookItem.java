package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import io.jenkins.plugins.approvalgate.engine.notice.Webhooks;
import io.jenkins.plugins.approvalgate.host.SettingsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A webhook as it is written. */
public final class WebhookItem extends AbstractDescribableImpl<WebhookItem> {

    private String url;
    private String urlCredentials;
    private String credentials;
    private List<String> environments = new ArrayList<>();
    private List<String> events = new ArrayList<>();
    private String template;
    private String contentType;

    @DataBoundConstructor
    public WebhookItem() {
        // all by setters
    }

    /** The address; {@code null} where a credential is it. */
    public String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    /** The id of a credential that is the address; {@code null} where {@link #getUrl} is it. */
    public String getUrlCredentials() {
        return urlCredentials;
    }

    @DataBoundSetter
    public void setUrlCredentials(String urlCredentials) {
        this.urlCredentials = Util.fixEmptyAndTrim(urlCredentials);
    }

    /** The id of a credential to sign with; {@code null} for none. */
    public String getCredentials() {
        return credentials;
    }

    @DataBoundSetter
    public void setCredentials(String credentials) {
        this.credentials = Util.fixEmptyAndTrim(credentials);
    }

    /** Names; none for all. */
    public List<String> getEnvironments() {
        return environments;
    }

    @DataBoundSetter
    public void setEnvironments(List<String> environments) {
        this.environments = Lines.of(environments);
    }

    /** Types of events; none for all. */
    public List<String> getEvents() {
        return events;
    }

    @DataBoundSetter
    public void setEvents(List<String> events) {
        this.events = Lines.of(events);
    }

    /** What is sent in the place of a CloudEvent; {@code null} for that. */
    public String getTemplate() {
        return template;
    }

    @DataBoundSetter
    public void setTemplate(String template) {
        this.template = Util.fixEmptyAndTrim(template);
    }

    /** Of what the template makes; {@code null} for JSON. */
    public String getContentType() {
        return contentType;
    }

    @DataBoundSetter
    public void setContentType(String contentType) {
        this.contentType = Util.fixEmptyAndTrim(contentType);
    }

    /** For the form, a line each. */
    public String getEnvironmentLines() {
        return String.join("\n", environments);
    }

    /** For the form, a line each. */
    public String getEventLines() {
        return String.join("\n", events);
    }

    /** @throws IllegalArgumentException if it cannot be meant; the message names the field first */
    Webhook toEngine() {
        Webhook webhook = new Webhook(
                Optional.ofNullable(url),
                Optional.ofNullable(urlCredentials),
                Optional.ofNullable(credentials),
                environments,
                events,
                Optional.ofNullable(template),
                Optional.ofNullable(contentType));
        Webhooks.require(webhook);
        return webhook;
    }

    /** The form's side of a webhook. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<WebhookItem> {

        @Override
        public String getDisplayName() {
            return Messages.WebhookItem_DisplayName();
        }

        /** The form has texts of lines where the YAML has lists. */
        @Override
        public WebhookItem newInstance(StaplerRequest2 request, JSONObject form) {
            WebhookItem item = new WebhookItem();
            item.setUrl(form.optString("url"));
            item.setUrlCredentials(form.optString("urlCredentials"));
            item.setCredentials(form.optString("credentials"));
            item.setEnvironments(Lines.of(form.optString("environmentLines")));
            item.setEvents(Lines.of(form.optString("eventLines")));
            item.setTemplate(form.optString("template"));
            item.setContentType(form.optString("contentType"));
            return item;
        }

        @POST
        public ListBoxModel doFillUrlCredentialsItems(@QueryParameter String urlCredentials) {
            return CredentialsField.items(urlCredentials);
        }

        @POST
        public ListBoxModel doFillCredentialsItems(@QueryParameter String credentials) {
            return CredentialsField.items(credentials);
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value, @QueryParameter String urlCredentials) {
            WebhookItem item = new WebhookItem();
            item.setUrl(value);
            item.setUrlCredentials(urlCredentials);
            return check(item, "url");
        }

        @POST
        public FormValidation doCheckUrlCredentials(@QueryParameter String value) {
            return CredentialsField.check(value);
        }

        @POST
        public FormValidation doCheckCredentials(@QueryParameter String value) {
            return CredentialsField.check(value);
        }

        @POST
        public FormValidation doCheckEnvironmentLines(@QueryParameter String value) {
            return Fields.check(() -> Fields.each(Lines.of(value), DescriptorImpl::environment));
        }

        /** A name that stands further up in the same form and was not saved yet is none that is known. */
        private static FormValidation environment(String name) {
            return SettingsSource.current().environments().stream().anyMatch(known -> known.name().equals(name))
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.WebhookItem_unknownEnvironment(name));
        }

        @POST
        public FormValidation doCheckEventLines(@QueryParameter String value) {
            WebhookItem item = sample();
            item.setEvents(Lines.of(value));
            return check(item, "events");
        }

        @POST
        public FormValidation doCheckTemplate(@QueryParameter String value, @QueryParameter String contentType) {
            WebhookItem item = sample();
            item.setTemplate(value);
            item.setContentType(value.isBlank() ? "" : contentType);
            return check(item, "template");
        }

        @POST
        public FormValidation doCheckContentType(@QueryParameter String value, @QueryParameter String template) {
            WebhookItem item = sample();
            item.setContentType(value);
            item.setTemplate(template);
            return check(item, "contentType");
        }

        private static WebhookItem sample() {
            WebhookItem item = new WebhookItem();
            item.setUrl("https://example.com/");
            return item;
        }

        /** What the engine finds wrong with {@code field}, whatever may be wrong with others. */
        private static FormValidation check(WebhookItem item, String field) {
            return Fields.check(() -> {
                try {
                    item.toEngine();
                } catch (IllegalArgumentException wrong) {
                    if (wrong.getMessage().startsWith(field + ": ")) {
                        return FormValidation.error(wrong.getMessage().substring(field.length() + 2));
                    }
                }
                return FormValidation.ok();
            });
        }
    }
}
