package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** An entry of a policy as it is written: {@code user: "ds-lead"}, or {@code group: "security-team"} and {@code required: 1}. */
public final class ApproverItem extends AbstractDescribableImpl<ApproverItem> {

    private String user;
    private String group;
    private Integer required;
    private List<String> notify = new ArrayList<>();

    @DataBoundConstructor
    public ApproverItem() {
        // all by setters, because either user or group is given
    }

    /** The user's id; {@code null} in a group's entry. */
    public String getUser() {
        return user;
    }

    @DataBoundSetter
    public void setUser(String user) {
        this.user = Util.fixEmptyAndTrim(user);
    }

    /** The group's name; {@code null} in a user's entry. */
    public String getGroup() {
        return group;
    }

    @DataBoundSetter
    public void setGroup(String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    /** How many members the group has to bring; {@code null} for one. */
    public Integer getRequired() {
        return required;
    }

    @DataBoundSetter
    public void setRequired(Integer required) {
        this.required = required;
    }

    /** The mail addresses that are told where the entry's people cannot be listed. */
    public List<String> getNotify() {
        return notify;
    }

    @DataBoundSetter
    public void setNotify(List<String> notify) {
        this.notify = Lines.of(notify);
    }

    /** For the form, a line each. */
    public String getNotifyLines() {
        return String.join("\n", notify);
    }

    private Object readResolve() {
        setNotify(notify);
        return this;
    }

    /** For the form, which has one field for the name. */
    public String getKind() {
        return group == null ? "user" : "group";
    }

    /** For the form, which has one field for the name. */
    public String getName() {
        return group == null ? user : group;
    }

    /** @throws IllegalArgumentException if neither or both are given, or if it cannot be meant */
    Approver toEngine() {
        if ((user == null) == (group == null)) {
            throw new IllegalArgumentException("an approver needs either user or group");
        }
        if (user != null) {
            if (required != null && required != 1) {
                throw new IllegalArgumentException("required counts only for a group: " + user + " is one person");
            }
            return Approver.user(user);
        }
        return Approver.group(group, required == null ? 1 : required);
    }

    /** The form's side of an entry. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ApproverItem> {

        @Override
        public String getDisplayName() {
            return Messages.ApproverItem_DisplayName();
        }

        /** The form says {@code kind} and {@code name}; what is kept says {@code user} or {@code group}, as in the YAML. */
        @Override
        public ApproverItem newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            ApproverItem item = new ApproverItem();
            if (form.optString("kind").equals("group")) {
                item.setGroup(form.optString("name"));
                item.setRequired(required(form.optString("required")));
            } else {
                item.setUser(form.optString("name"));
            }
            item.setNotify(Lines.of(form.optString("notifyLines")));
            return item;
        }

        private static Integer required(String text) throws FormException {
            try {
                return text.isBlank() ? null : Integer.valueOf(text.strip());
            } catch (NumberFormatException notANumber) {
                throw new FormException(Messages.Fields_wholeNumber(), "required");
            }
        }

        public ListBoxModel doFillKindItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ApproverItem_user(), "user"),
                    new ListBoxModel.Option(Messages.ApproverItem_group(), "group"));
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value, @QueryParameter String kind) {
            return Fields.check(() -> kind.equals("group") ? Fields.group(value) : Fields.user(value));
        }

        @POST
        public FormValidation doCheckRequired(@QueryParameter String value) {
            return Fields.check(() -> value.isBlank() ? FormValidation.ok() : FormValidation.validatePositiveInteger(value));
        }

        @POST
        public FormValidation doCheckNotifyLines(@QueryParameter String value) {
            return Fields.check(() -> NotificationFields.checkAddresses(value));
        }
    }
}
