package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.time.Duration;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** From when on a pattern is a finding, as it is written; what is missing is as usual. Spans are as {@link TimeSpan} reads them. */
public final class FindingRulesItem extends AbstractDescribableImpl<FindingRulesItem> {

    private String rubberStamp;
    private WholeNumber refusals;
    private String refusalsWithin;
    private WholeNumber bypasses;
    private String bypassesWithin;
    private WholeNumber mutualApprovals;
    private String mutualWithin;
    private BusinessHoursCheck officeHours;

    @DataBoundConstructor
    public FindingRulesItem() {
        // all by setters
    }

    public String getRubberStamp() {
        return rubberStamp;
    }

    @DataBoundSetter
    public void setRubberStamp(String rubberStamp) {
        this.rubberStamp = Util.fixEmptyAndTrim(rubberStamp);
    }

    public WholeNumber getRefusals() {
        return refusals;
    }

    @DataBoundSetter
    public void setRefusals(WholeNumber refusals) {
        this.refusals = refusals;
    }

    public String getRefusalsWithin() {
        return refusalsWithin;
    }

    @DataBoundSetter
    public void setRefusalsWithin(String refusalsWithin) {
        this.refusalsWithin = Util.fixEmptyAndTrim(refusalsWithin);
    }

    public WholeNumber getBypasses() {
        return bypasses;
    }

    @DataBoundSetter
    public void setBypasses(WholeNumber bypasses) {
        this.bypasses = bypasses;
    }

    public String getBypassesWithin() {
        return bypassesWithin;
    }

    @DataBoundSetter
    public void setBypassesWithin(String bypassesWithin) {
        this.bypassesWithin = Util.fixEmptyAndTrim(bypassesWithin);
    }

    public WholeNumber getMutualApprovals() {
        return mutualApprovals;
    }

    @DataBoundSetter
    public void setMutualApprovals(WholeNumber mutualApprovals) {
        this.mutualApprovals = mutualApprovals;
    }

    public String getMutualWithin() {
        return mutualWithin;
    }

    @DataBoundSetter
    public void setMutualWithin(String mutualWithin) {
        this.mutualWithin = Util.fixEmptyAndTrim(mutualWithin);
    }

    /** {@code null} where no decision is out of hours. */
    public BusinessHoursCheck getOfficeHours() {
        return officeHours;
    }

    @DataBoundSetter
    public void setOfficeHours(BusinessHoursCheck officeHours) {
        this.officeHours = officeHours;
    }

    boolean isEmpty() {
        return rubberStamp == null
                && refusals == null
                && refusalsWithin == null
                && bypasses == null
                && bypassesWithin == null
                && mutualApprovals == null
                && mutualWithin == null
                && officeHours == null;
    }

    /** @throws IllegalArgumentException if it cannot be meant; the message names the field first */
    FindingRules toEngine() {
        FindingRules usual = FindingRules.USUAL;
        return new FindingRules(
                span("rubberStamp", rubberStamp, usual.rubberStamp()),
                WholeNumber.orUsual("refusals", refusals, usual.refusals()),
                span("refusalsWithin", refusalsWithin, usual.refusalsWithin()),
                WholeNumber.orUsual("bypasses", bypasses, usual.bypasses()),
                span("bypassesWithin", bypassesWithin, usual.bypassesWithin()),
                WholeNumber.orUsual("mutualApprovals", mutualApprovals, usual.mutualApprovals()),
                span("mutualWithin", mutualWithin, usual.mutualWithin()),
                Optional.ofNullable(officeHours).map(FindingRulesItem::hours));
    }

    private static Duration span(String field, String text, Duration usual) {
        return text == null ? usual : EnvironmentItem.span(field, text);
    }

    private static CheckSpec hours(BusinessHoursCheck hours) {
        CheckSpec spec = hours.toSpec();
        try {
            EngineChecks.types().create(spec);
            return spec;
        } catch (IllegalArgumentException impossible) {
            throw new IllegalArgumentException("officeHours." + impossible.getMessage(), impossible);
        }
    }

    /** The form's side of the rules. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<FindingRulesItem> {

        @Override
        public String getDisplayName() {
            return Messages.FindingRulesItem_DisplayName();
        }

        /** What counts where nothing is written, for the form. */
        public FindingRules getUsual() {
            return FindingRules.USUAL;
        }

        /** As somebody would write it. */
        public String written(Duration span) {
            return TimeSpan.format(span);
        }

        @POST
        public FormValidation doCheckRubberStamp(@QueryParameter String value) {
            return span(value);
        }

        @POST
        public FormValidation doCheckRefusals(@QueryParameter String value) {
            FindingRulesItem item = new FindingRulesItem();
            item.setRefusals(WholeNumber.parse(value));
            return Fields.check(() -> Fields.of("refusals", item::toEngine));
        }

        @POST
        public FormValidation doCheckRefusalsWithin(@QueryParameter String value) {
            return span(value);
        }

        @POST
        public FormValidation doCheckBypasses(@QueryParameter String value) {
            FindingRulesItem item = new FindingRulesItem();
            item.setBypasses(WholeNumber.parse(value));
            return Fields.check(() -> Fields.of("bypasses", item::toEngine));
        }

        @POST
        public FormValidation doCheckBypassesWithin(@QueryParameter String value) {
            return span(value);
        }

        @POST
        public FormValidation doCheckMutualApprovals(@QueryParameter String value) {
            FindingRulesItem item = new FindingRulesItem();
            item.setMutualApprovals(WholeNumber.parse(value));
            return Fields.check(() -> Fields.of("mutualApprovals", item::toEngine));
        }

        @POST
        public FormValidation doCheckMutualWithin(@QueryParameter String value) {
            return span(value);
        }

        private static FormValidation span(String text) {
            return Fields.check(() -> {
                if (!text.isBlank()) {
                    TimeSpan.parse(text);
                }
                return FormValidation.ok();
            });
        }
    }
}
