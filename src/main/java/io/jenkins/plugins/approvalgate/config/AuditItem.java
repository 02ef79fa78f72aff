package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What is configured of the audit, as it is written; every part may be missing. */
public final class AuditItem extends AbstractDescribableImpl<AuditItem> {

    private AuditDatabaseItem database;
    private String retention;
    private AuditAnchorItem anchor;
    private FindingRulesItem findings;

    @DataBoundConstructor
    public AuditItem() {
        // all by setters
    }

    /** {@code null} for the embedded one. */
    public AuditDatabaseItem getDatabase() {
        return database;
    }

    @DataBoundSetter
    public void setDatabase(AuditDatabaseItem database) {
        this.database = database;
    }

    /** How long the journal is kept, as {@link TimeSpan} reads it; {@code null} for ever. */
    public String getRetention() {
        return retention;
    }

    @DataBoundSetter
    public void setRetention(String retention) {
        this.retention = Util.fixEmptyAndTrim(retention);
    }

    /** {@code null} for none. */
    public AuditAnchorItem getAnchor() {
        return anchor;
    }

    @DataBoundSetter
    public void setAnchor(AuditAnchorItem anchor) {
        this.anchor = anchor;
    }

    /** {@code null} for the usual ones. */
    public FindingRulesItem getFindings() {
        return findings;
    }

    @DataBoundSetter
    public void setFindings(FindingRulesItem findings) {
        this.findings = findings;
    }

    /** Whether it says nothing but what is usual anyway. */
    boolean isEmpty() {
        return database == null && retention == null && anchor == null && (findings == null || findings.isEmpty());
    }

    /** @throws IllegalArgumentException if it cannot be meant; the message names the place */
    AuditSettings toEngine() {
        return within("audit.", () -> new AuditSettings(
                Optional.ofNullable(database).map(item -> within("database.", item::toEngine)),
                Optional.ofNullable(retention).map(text -> EnvironmentItem.span("retention", text)),
                Optional.ofNullable(anchor).map(item -> within("anchor.", item::toEngine)),
                findings == null ? FindingRules.USUAL : within("findings.", findings::toEngine)));
    }

    private static <T> T within(String path, Supplier<T> meaning) {
        try {
            return meaning.get();
        } catch (IllegalArgumentException impossible) {
            throw new IllegalArgumentException(path + impossible.getMessage(), impossible);
        }
    }

    /** The form's side of the audit. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<AuditItem> {

        @Override
        public String getDisplayName() {
            return Messages.AuditItem_DisplayName();
        }

        @POST
        public FormValidation doCheckRetention(@QueryParameter String value) {
            return Fields.check(() -> {
                Optional<Duration> span = Optional.of(value).filter(text -> !text.isBlank()).map(TimeSpan::parse);
                return Fields.of("retention", () -> new AuditSettings(
                        Optional.empty(), span, Optional.empty(), FindingRules.USUAL));
            });
        }
    }
}
