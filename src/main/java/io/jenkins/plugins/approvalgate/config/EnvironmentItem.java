package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.ReassignTo;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** An environment as it is written. */
public final class EnvironmentItem extends AbstractDescribableImpl<EnvironmentItem> {

    private static final String DEFAULT_TIMEOUT = TimeSpan.format(Environment.DEFAULT_TIMEOUT);

    private final String name;
    private String description = "";
    private String order = Order.ANY.word();
    private int minimumApprovals = 1;
    private List<ApproverItem> approvers = new ArrayList<>();
    private boolean requesterMayApprove;
    private String timeout = DEFAULT_TIMEOUT;
    private String sla;
    private String instructions = "";
    private List<String> checklist = new ArrayList<>();
    private List<ApprovalCheck> checks = new ArrayList<>();
    /** Tells a check that was never there from one that could not be read. */
    private List<String> checkKinds = new ArrayList<>();
    private String lock;
    private boolean commentRequired;
    private String reassignTo = ReassignTo.ANYONE.word();
    /** {@code null} for the usual ones. */
    private TimeSpans remindBefore;

    private List<String> escalateTo = new ArrayList<>();
    private String escalateAfter;

    @DataBoundConstructor
    public EnvironmentItem(String name) {
        this.name = Util.fixNull(name).strip();
    }

    public String getName() {
        return name;
    }

    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixNull(description);
    }

    /** {@code any}, {@code sequential} or {@code unanimous}. */
    public String getOrder() {
        return order;
    }

    @DataBoundSetter
    public void setOrder(String order) {
        this.order = Util.fixNull(order).isBlank() ? Order.ANY.word() : order.strip();
    }

    /** How many approvals open the gate, with the order {@code any}. */
    public int getMinimumApprovals() {
        return minimumApprovals;
    }

    @DataBoundSetter
    public void setMinimumApprovals(int minimumApprovals) {
        this.minimumApprovals = minimumApprovals;
    }

    public List<ApproverItem> getApprovers() {
        return approvers;
    }

    @DataBoundSetter
    public void setApprovers(List<ApproverItem> approvers) {
        this.approvers = new ArrayList<>(Util.fixNull(approvers));
    }

    public boolean isRequesterMayApprove() {
        return requesterMayApprove;
    }

    @DataBoundSetter
    public void setRequesterMayApprove(boolean requesterMayApprove) {
        this.requesterMayApprove = requesterMayApprove;
    }

    /** How long a gate waits at most, as {@link TimeSpan} reads it. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixNull(timeout).isBlank() ? DEFAULT_TIMEOUT : timeout.strip();
    }

    /** How soon somebody should decide, as {@link TimeSpan} reads it; {@code null} where none is expected. */
    public String getSla() {
        return sla;
    }

    @DataBoundSetter
    public void setSla(String sla) {
        this.sla = Util.fixEmptyAndTrim(sla);
    }

    public String getInstructions() {
        return instructions;
    }

    @DataBoundSetter
    public void setInstructions(String instructions) {
        this.instructions = Util.fixNull(instructions);
    }

    public List<String> getChecklist() {
        return checklist;
    }

    @DataBoundSetter
    public void setChecklist(List<String> checklist) {
        this.checklist = Lines.of(checklist);
    }

    /** For the form, a line each. */
    public String getChecklistLines() {
        return String.join("\n", checklist);
    }

    public List<ApprovalCheck> getChecks() {
        return checks;
    }

    @DataBoundSetter
    public void setChecks(List<ApprovalCheck> checks) {
        this.checks = new ArrayList<>(Util.fixNull(checks));
        checkKinds = CheckItems.kinds(this.checks);
    }

    /** {@code sequential} or {@code newestOnly}; {@code null} where builds need not take turns. */
    public String getLock() {
        return lock;
    }

    @DataBoundSetter
    public void setLock(String lock) {
        this.lock = Util.fixEmptyAndTrim(lock);
    }

    public boolean isCommentRequired() {
        return commentRequired;
    }

    @DataBoundSetter
    public void setCommentRequired(boolean commentRequired) {
        this.commentRequired = commentRequired;
    }

    /** {@code anyone}, {@code approvers} or {@code nobody}. */
    public String getReassignTo() {
        return reassignTo;
    }

    @DataBoundSetter
    public void setReassignTo(String reassignTo) {
        this.reassignTo = Util.fixNull(reassignTo).isBlank() ? ReassignTo.ANYONE.word() : reassignTo.strip();
    }

    /**
     * How long before the SLA's time approvers are reminded, as {@link TimeSpan} reads it; {@code null} for the usual, none for
     * at that time only.
     */
    public TimeSpans getRemindBefore() {
        return remindBefore;
    }

    @DataBoundSetter
    public void setRemindBefore(TimeSpans remindBefore) {
        this.remindBefore = remindBefore;
    }

    /** The mail addresses that are told when nobody has decided in time. */
    public List<String> getEscalateTo() {
        return escalateTo;
    }

    @DataBoundSetter
    public void setEscalateTo(List<String> escalateTo) {
        this.escalateTo = Lines.of(escalateTo);
    }

    /** For the form, a line each. */
    public String getEscalateToLines() {
        return String.join("\n", escalateTo);
    }

    /** How long after the SLA's time that is, as {@link TimeSpan} reads it; {@code null} for at once. */
    public String getEscalateAfter() {
        return escalateAfter;
    }

    @DataBoundSetter
    public void setEscalateAfter(String escalateAfter) {
        this.escalateAfter = Util.fixEmptyAndTrim(escalateAfter);
    }

    private Object readResolve() {
        setReassignTo(reassignTo);
        setEscalateTo(escalateTo);
        checks = CheckItems.restored(checks, checkKinds);
        checkKinds = CheckItems.kinds(checks);
        return this;
    }

    /**
     * Whether its checks can be meant, depends on the plugins that there are: {@link EngineChecks#require}.
     *
     * @throws IllegalArgumentException if it cannot be meant; the message names the environment and the field
     */
    Environment toEngine() {
        try {
            return new Environment(
                    name,
                    description,
                    new ApprovalPolicy(
                            Order.of(order),
                            minimumApprovals,
                            approvers.stream().map(ApproverItem::toEngine).toList(),
                            requesterMayApprove,
                            commentRequired,
                            reassignTo()),
                    span("timeout", timeout),
                    Optional.ofNullable(sla).map(text -> span("sla", text)),
                    instructions,
                    checklist,
                    CheckItems.specs(getChecks()),
                    Optional.ofNullable(lock).map(LockMode::of),
                    NotificationFields.toEngine(this));
        } catch (IllegalArgumentException impossible) {
            throw new IllegalArgumentException(
                    "environment \"" + name + "\": " + impossible.getMessage(), impossible);
        }
    }

    private ReassignTo reassignTo() {
        try {
            return ReassignTo.of(reassignTo);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("reassignTo: " + unknown.getMessage(), unknown);
        }
    }

    static Duration span(String field, String text) {
        try {
            return TimeSpan.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(field + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * The form's side of an environment. Without a symbol: nothing needs one, and {@code environment} is that of a condition
     * of declarative pipelines.
     */
    @Extension
    public static final class DescriptorImpl extends Descriptor<EnvironmentItem> {

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
            return DEFAULT_TIMEOUT;
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
            return Fields.check(() -> span(value.isBlank() ? DEFAULT_TIMEOUT : value));
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
}
