package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.Anchor;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where the journal's head is told once a day, as it is written: one of the two is given. */
public final class AuditAnchorItem extends AbstractDescribableImpl<AuditAnchorItem> {

    private String file;
    private String url;
    private String credentials;

    @DataBoundConstructor
    public AuditAnchorItem() {
        // all by setters
    }

    /** An absolute path; {@code null} where an address is told. */
    public String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(String file) {
        this.file = Util.fixEmptyAndTrim(file);
    }

    /** {@code null} where a file is told. */
    public String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    /** The id of a credential for the address; {@code null} for none. */
    public String getCredentials() {
        return credentials;
    }

    @DataBoundSetter
    public void setCredentials(String credentials) {
        this.credentials = Util.fixEmptyAndTrim(credentials);
    }

    /** @throws IllegalArgumentException if it cannot be meant; the message names the field first */
    Anchor toEngine() {
        return new Anchor(Optional.ofNullable(file), Optional.ofNullable(url), Optional.ofNullable(credentials));
    }

    /** The form's side of the anchor. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<AuditAnchorItem> {

        @Override
        public String getDisplayName() {
            return Messages.AuditAnchorItem_DisplayName();
        }

        @POST
        public ListBoxModel doFillCredentialsItems(@QueryParameter String credentials) {
            return CredentialsField.items(credentials);
        }

        @POST
        public FormValidation doCheckFile(@QueryParameter String value, @QueryParameter String url) {
            AuditAnchorItem item = new AuditAnchorItem();
            item.setFile(value);
            item.setUrl(url);
            return Fields.check(() -> Fields.of("file", item::toEngine));
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            AuditAnchorItem item = new AuditAnchorItem();
            item.setUrl(value);
            return Fields.check(() -> value.isBlank() ? FormValidation.ok() : Fields.of("url", item::toEngine));
        }

        @POST
        public FormValidation doCheckCredentials(@QueryParameter String value) {
            return CredentialsField.check(value);
        }
    }
}
