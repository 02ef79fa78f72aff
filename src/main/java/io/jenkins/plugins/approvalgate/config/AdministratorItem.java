package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Descriptor.FormException;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.Administrator;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** An environment's administrator as it is written: {@code user: "ds-lead"}, or {@code group: "platform-team"}. */
public final class AdministratorItem extends AbstractDescribableImpl<AdministratorItem> {

    private String user;
    private String group;

    @DataBoundConstructor
    public AdministratorItem() {
        // all by setters, because either user or group is given
    }

    /** The user's id; {@code null} for a group. */
    public String getUser() {
        return user;
    }

    @DataBoundSetter
    public void setUser(String user) {
        this.user = Util.fixEmptyAndTrim(user);
    }

    /** The group's name, of our own or the realm's; {@code null} for a user. */
    public String getGroup() {
        return group;
    }

    @DataBoundSetter
    public void setGroup(String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    /** For the form, which has one field for the name. */
    public String getKind() {
        return group == null ? "user" : "group";
    }

    /** For the form, which has one field for the name. */
    public String getName() {
        return group == null ? user : group;
    }

    /** @throws IllegalArgumentException if neither or both are given */
    Administrator toEngine() {
        if ((user == null) == (group == null)) {
            throw new IllegalArgumentException("administrators: an administrator needs either user or group");
        }
        return user != null ? Administrator.user(user) : Administrator.group(group);
    }

    /** Those that an environment's form sends. */
    static List<AdministratorItem> sent(JSONObject form) throws FormException {
        List<AdministratorItem> items = new ArrayList<>();
        for (JSONObject sent : Lines.objects(form, "administrators")) {
            items.add(item(sent));
        }
        return items;
    }

    /** The form says {@code kind} and {@code name}; what is kept says {@code user} or {@code group}, as in the YAML. */
    private static AdministratorItem item(JSONObject form) {
        AdministratorItem item = new AdministratorItem();
        if (form.optString("kind").equals("group")) {
            item.setGroup(form.optString("name"));
        } else {
            item.setUser(form.optString("name"));
        }
        return item;
    }

    /** The form's side of an administrator. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<AdministratorItem> {

        @Override
        public String getDisplayName() {
            return Messages.AdministratorItem_DisplayName();
        }

        @Override
        public AdministratorItem newInstance(StaplerRequest2 request, JSONObject form) {
            return item(form);
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
    }
}
