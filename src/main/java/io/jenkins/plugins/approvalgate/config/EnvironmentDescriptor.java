package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.ReassignTo;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The form's side of an environment. Without a symbol: nothing needs one, and {@code environment} is that of a condition
 * of declarative pipelines.
 */
@Extension
public final class EnvironmentDescriptor extends Descriptor<EnvironmentItem> {

    public EnvironmentDescriptor() {
        super(EnvironmentItem.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.EnvironmentItem_DisplayName();
    }

    /** The form has a text of lines where the YAML has a list. */
    @Override
    public EnvironmentItem newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        EnvironmentItem item = new EnvironmentItem(form.optString("name"));
        item.setDescription(form.optString("description"));
        item.setOrder(form.optString("order"));
        item.setMinimumApprovals(minimum(form.optString("minimumApprovals")));
        List<ApproverItem> approvers = new ArrayList<>();
        ApproverItem.DescriptorImpl descriptor =
                (ApproverItem.DescriptorImpl) Jenkins.get().getDescriptorOrDie(ApproverItem.class);
        for (JSONObject approver : Lines.objects(form, "approvers")) {
            approvers.add(descriptor.newInstance(request, approver));
        }
        item.setApprovers(approvers);
        item.setRequesterMayApprove(form.optBoolean("requesterMayApprove"));
        item.setTimeout(form.optString("timeout"));
        item.setSla(form.optString("sla"));
        item.setInstructions(form.optString("instructions"));
        item.setChecklist(Lines.of(form.optString("checklistLines")));
        item.setChecks(CheckItems.sent(request, form));
        item.setLock(form.optString("lock"));
        item.setCommentRequired(form.optBoolean("commentRequired"));
        item.setReassignTo(form.optString("reassignTo"));
        item.setRemindBefore(TimeSpans.parse(form.optString("remindBefore")));
        item.setEscalateTo(Lines.of(form.optString("escalateToLines")));
        item.setEscalateAfter(form.optString("escalateAfter"));
        item.setAdministrators(AdministratorItem.sent(form));
        return item;
    }

    private static int minimum(String text) throws FormException {
        try {
            return text.isBlank() ? 1 : Integer.parseInt(text.strip());
        } catch (NumberFormatException notANumber) {
            throw new FormException(Messages.Fields_wholeNumber(), "minimumApprovals");
        }
    }

    public ListBoxModel doFillOrderItems() {
        return new ListBoxModel(
                new ListBoxModel.Option(Messages.EnvironmentItem_any(), Order.ANY.word()),
                new ListBoxModel.Option(Messages.EnvironmentItem_sequential(), Order.SEQUENTIAL.word()),
                new ListBoxModel.Option(Messages.EnvironmentItem_unanimous(), Order.UNANIMOUS.word()));
    }

    public ListBoxModel doFillLockItems() {
        return new ListBoxModel(
                new ListBoxModel.Option(Messages.EnvironmentItem_noLock(), ""),
                new ListBoxModel.Option(Messages.EnvironmentItem_sequentialLock(), LockMode.SEQUENTIAL.word()),
                new ListBoxModel.Option(Messages.EnvironmentItem_newestOnly(), LockMode.NEWEST_ONLY.word()));
    }

    public ListBoxModel doFillReassignToItems() {
        return new ListBoxModel(
                new ListBoxModel.Option(Messages.EnvironmentItem_anyone(), ReassignTo.ANYONE.word()),
                new ListBoxModel.Option(Messages.EnvironmentItem_approvers(), ReassignTo.APPROVERS.word()),
                new ListBoxModel.Option(Messages.EnvironmentItem_nobody(), ReassignTo.NOBODY.word()));
    }

    /** The kinds of checks that can be added. */
    public List<ApprovalCheckDescriptor> getChecksDescriptors() {
        return CheckItems.offered();
    }

    public String getDefaultTimeout() {
        return EnvironmentItem.DEFAULT_TIMEOUT;
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        return Fields.check(() -> {
            Environment.requireUsable(value);
            return FormValidation.ok();
        });
    }

    @POST
    public FormValidation doCheckMinimumApprovals(@QueryParameter String value, @QueryParameter String order) {
        return Fields.check(() -> {
            FormValidation number = value.isBlank() ? FormValidation.ok() : FormValidation.validatePositiveInteger(value);
            boolean counts = order.isEmpty() || order.equals(Order.ANY.word());
            return number.kind != FormValidation.Kind.OK || counts || value.isBlank() || value.strip().equals("1")
                    ? number
                    : FormValidation.error(Messages.EnvironmentItem_minimumOnlyForAny());
        });
    }

    @POST
    public FormValidation doCheckTimeout(@QueryParameter String value) {
        return Fields.check(() -> span(value.isBlank() ? EnvironmentItem.DEFAULT_TIMEOUT : value));
    }

    @POST
    public FormValidation doCheckSla(@QueryParameter String value) {
        return Fields.check(() -> value.isBlank() ? FormValidation.ok() : span(value));
    }

    @POST
    public FormValidation doCheckRemindBefore(@QueryParameter String value, @QueryParameter String sla) {
        return Fields.check(() -> NotificationFields.checkReminders(value, sla));
    }

    @POST
    public FormValidation doCheckEscalateToLines(@QueryParameter String value, @QueryParameter String sla) {
        return Fields.check(() -> NotificationFields.checkEscalation(value, sla));
    }

    @POST
    public FormValidation doCheckEscalateAfter(@QueryParameter String value) {
        return Fields.check(() -> value.isBlank() ? FormValidation.ok() : span(value));
    }

    private static FormValidation span(String text) {
        TimeSpan.parse(text);
        return FormValidation.ok();
    }

    @POST
    public FormValidation doCheckChecklistLines(@QueryParameter String value) {
        return Fields.check(() -> Lines.of(value).size() == Lines.of(value).stream().distinct().count()
                ? FormValidation.ok()
                : FormValidation.error(Messages.EnvironmentItem_checklistTwice()));
    }
}
