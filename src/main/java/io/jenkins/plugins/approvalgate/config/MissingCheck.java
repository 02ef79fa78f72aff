package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * Stands where the file has a check that Jenkins could not read, because the plugin that brings it is gone: without it the
 * gate would open without the check, and nobody would notice. No such check is offered, and none can be saved.
 */
public final class MissingCheck extends ApprovalCheck {

    private final String kind;

    @DataBoundConstructor
    public MissingCheck(String kind) {
        this.kind = Util.fixNull(kind);
    }

    public String getKind() {
        return kind;
    }

    /** A check that nobody can make, whatever plugins there are, so that the gate stays shut. */
    @Override
    public CheckSpec toSpec() {
        return new CheckSpec(kind, Map.of("missing", true));
    }

    /** The form's side. */
    @Extension
    public static final class DescriptorImpl extends ApprovalCheckDescriptor {

        public DescriptorImpl() {
            super(new CheckSpec("missing", Map.of()));
        }

        @Override
        public String getDisplayName() {
            return Messages.MissingCheck_DisplayName();
        }
    }
}
