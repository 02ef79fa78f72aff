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

/** Comparisons over the metrics that the step passed. */
public final class MetricThresholdCheck extends ApprovalCheck {

    private static final String KIND = "metricThreshold";

    private String condition;
    private String whenTrue;
    private String whenFalse;

    @DataBoundConstructor
    public MetricThresholdCheck() {
        // all by setters
    }

    public String getCondition() {
        return condition;
    }

    @DataBoundSetter
    public void setCondition(String condition) {
        this.condition = Util.fixEmptyAndTrim(condition);
    }

    /** {@code fail} or {@code approve}; {@code null} for {@code pass}. */
    public String getWhenTrue() {
        return whenTrue;
    }

    @DataBoundSetter
    public void setWhenTrue(String whenTrue) {
        this.whenTrue = Words.unless("pass", whenTrue);
    }

    /** {@code pass} or {@code approve}; {@code null} for {@code fail}. */
    public String getWhenFalse() {
        return whenFalse;
    }

    @DataBoundSetter
    public void setWhenFalse(String whenFalse) {
        this.whenFalse = Words.unless("fail", whenFalse);
    }

    @Override
    public CheckSpec toSpec() {
        return SpecBuilder.of(KIND)
                .with("condition", condition)
                .with("whenTrue", whenTrue)
                .with("whenFalse", whenFalse)
                .build();
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends ApprovalCheckDescriptor {

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND).with("condition", "accuracy > 0").build());
        }

        @Override
        public String getDisplayName() {
            return Messages.MetricThresholdCheck_DisplayName();
        }

        public ListBoxModel doFillWhenTrueItems() {
            return Words.list(
                    Words.option(Messages.Words_pass(), "pass"),
                    Words.option(Messages.Words_fail(), "fail"),
                    Words.option(Messages.Words_approve(), "approve"));
        }

        public ListBoxModel doFillWhenFalseItems() {
            return Words.list(
                    Words.option(Messages.Words_fail(), "fail"),
                    Words.option(Messages.Words_pass(), "pass"),
                    Words.option(Messages.Words_approve(), "approve"));
        }

        @POST
        public FormValidation doCheckCondition(@QueryParameter String value) {
            return check("condition", value);
        }
    }
}
