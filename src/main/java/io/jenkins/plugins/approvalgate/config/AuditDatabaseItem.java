package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.Database;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A PostgreSQL database for the search index, as it is written. */
public final class AuditDatabaseItem extends AbstractDescribableImpl<AuditDatabaseItem> {

    private static final String SAMPLE = "jdbc:postgresql:audit";

    private String url;
    private String credentials;
    private WholeNumber poolSize;

    @DataBoundConstructor
    public AuditDatabaseItem() {
        // all by setters
    }

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

    /** {@code null} for the usual one. */
    public WholeNumber getPoolSize() {
        return poolSize;
    }

    @DataBoundSetter
    public void setPoolSize(WholeNumber poolSize) {
        this.poolSize = poolSize;
    }

    /** @throws IllegalArgumentException if it cannot be meant; the message names the field first */
    Database toEngine() {
        return new Database(
                Util.fixNull(url),
                Optional.ofNullable(credentials),
                WholeNumber.orUsual("poolSize", poolSize, Database.USUAL_POOL));
    }

    /** The form's side of the database. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<AuditDatabaseItem> {

        @Override
        public String getDisplayName() {
            return Messages.AuditDatabaseItem_DisplayName();
        }

        public int getUsualPool() {
            return Database.USUAL_POOL;
        }

        @POST
        public ListBoxModel doFillCredentialsItems(@QueryParameter String credentials) {
            return CredentialsField.items(credentials);
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return Fields.check(() ->
                    Fields.of("url", () -> new Database(value.strip(), Optional.empty(), Database.USUAL_POOL)));
        }

        @POST
        public FormValidation doCheckCredentials(@QueryParameter String value) {
            return CredentialsField.check(value);
        }

        @POST
        public FormValidation doCheckPoolSize(@QueryParameter String value) {
            return Fields.check(() -> Fields.of("poolSize", () -> new Database(
                    SAMPLE, Optional.empty(), WholeNumber.orUsual("poolSize", WholeNumber.parse(value), Database.USUAL_POOL))));
        }
    }
}
