package io.jenkins.plugins.approvalgate.config;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
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
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** An environment as it is written. */
public final class EnvironmentItem extends AbstractDescribableImpl<EnvironmentItem> {

    static final String DEFAULT_TIMEOUT = TimeSpan.format(Environment.DEFAULT_TIMEOUT);

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
    private List<AdministratorItem> administrators = new ArrayList<>();

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

    /** Who may change it without the permission to configure all environments. */
    public List<AdministratorItem> getAdministrators() {
        return administrators;
    }

    @DataBoundSetter
    public void setAdministrators(List<AdministratorItem> administrators) {
        this.administrators = new ArrayList<>(Util.fixNull(administrators));
    }

    /** The same with other checks. */
    EnvironmentItem withChecks(List<ApprovalCheck> others) {
        EnvironmentItem copy = (EnvironmentItem) Jenkins.XSTREAM2.fromXML(Jenkins.XSTREAM2.toXML(this));
        copy.setChecks(others);
        return copy;
    }

    private Object readResolve() {
        setAdministrators(administrators);
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
                    NotificationFields.toEngine(this),
                    administrators.stream().map(AdministratorItem::toEngine).toList());
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
}
